"""Notices that a printer was switched off and on: it has then forgotten its jobs.

Takes its `printer-up-time` (RFC 8011 section 5.4.29). That it grew less is not the sole sign:
while the printer was silent it may have grown past its old value.
"""

from collections.abc import Callable


class Power:
    """One device, on the given clock (in seconds); `restarts` counts."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.restarts = 0
        self._last: tuple[float, int] | None = None

    def note(self, up_s: int | None, asked_at: float) -> None:
        """What it said to a question of that moment; None: it does not tell."""
        if up_s is None:
            return
        if self._last is not None:
            answered_at, before = self._last
            # Whole seconds: of a printer that has been on for less than two nothing can be said.
            since = before > 1 and up_s <= asked_at - answered_at
            self.restarts += up_s < before or since
        self._last = self.clock(), up_s
