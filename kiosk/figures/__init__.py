"""People drawn from poses: still, as a pair, moving, or as a tile."""
