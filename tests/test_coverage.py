"""Every claim, sign and exercise of the pack is used, and the table says where."""

from kiosk.coverage import page, unused
from kiosk.loader import load_catalogue
from kiosk.settings import PROJECT

CONTENT = PROJECT / "content"


def test_every_claim_sign_and_exercise_is_used_somewhere() -> None:
    for pack in load_catalogue(CONTENT).packs.values():
        assert unused(pack) == []


def test_the_table_of_coverage_is_true() -> None:
    made = PROJECT / "docs" / "coverage.md"
    assert made.read_text("utf-8") == page(CONTENT), "python -m kiosk.coverage > docs/coverage.md"
