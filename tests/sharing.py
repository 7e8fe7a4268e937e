"""Which tests go to one worker when they are shared out among the cores (`pytest -n auto`).

A file's tests stay together, for what they share is made once. What is slow to make and shared by
several files keeps these together too; the scenes of the matrix take minutes and share nothing.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "test_leaflet": "every leaflet",
    "test_leaflet_paper": "every leaflet",
    "test_leaflet_says": "every leaflet",
    "test_pdf_validity": "every leaflet",
    "test_voiced": "the natural voice",
    "test_kokoro": "the natural voice",
}
ALONE = "test_matrix"


class Sharing(LoadScopeScheduling):
    """Hands out groups of tests, the largest first: no worker is left with one at the end."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        name = file.rpartition("/")[2].removesuffix(".py")
        return nodeid if name == ALONE else TOGETHER.get(name, file)
