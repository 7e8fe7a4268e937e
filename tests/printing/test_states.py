"""What a printer says of itself, and what it comes to."""

import pytest

from kiosk.printing.states import Cause, Condition, condition_of


@pytest.mark.parametrize(
    ("state", "reasons", "accepting", "cause"),
    [
        (3, ["none"], True, None),
        (3, [], True, None),
        (None, [], True, None),
        (4, ["media-empty-report"], True, Cause.NO_PAPER),
        (3, ["media-needed-warning"], True, Cause.NO_PAPER),
        (3, ["media-empty", "media-jam-error"], True, Cause.JAM),
        (3, ["cover-open"], True, Cause.COVER_OPEN),
        (3, ["door-open-error"], True, Cause.COVER_OPEN),
        (3, ["input-tray-missing"], True, Cause.NO_TRAY),
        (3, ["toner-empty"], True, Cause.NO_INK),
        (3, ["marker-supply-empty-warning"], True, Cause.NO_INK),
        (3, ["spool-area-full"], True, Cause.FULL),
        (3, ["paused"], True, Cause.PAUSED),
        (5, ["none"], True, Cause.PAUSED),
        (3, ["none"], False, Cause.REJECTING),
        (3, ["media-low-report", "something-new-error"], True, None),
    ],
)
def test_reasons_block_whatever_their_severity_and_the_unknown_may_work(
    state: int | None, reasons: list[str], accepting: bool, cause: Cause | None
) -> None:
    assert condition_of(state, reasons, accepting).cause is cause


def test_a_low_tray_is_a_warning_for_staff() -> None:
    assert condition_of(3, ["media-low-warning"]) == Condition(None, ("media-low",))
