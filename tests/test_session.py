"""The phases of a guided session, without a clock: what is said, when, and for how long."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.loader import load_catalogue
from kiosk.models import Exercise, Pack
from kiosk.phrases import Phrases
from kiosk.session import MOST_HOLD_S, READY_S, Phase, cramp_hold, repeats_of, timeline
from kiosk.sessions import WARNING, find_session, playable
from kiosk.settings import Settings
from kiosk.speech.script import Utterance

SECONDS_A_WORD = 0.4


def duration(text: str) -> float:
    """How long a steady reader takes."""
    return SECONDS_A_WORD * len(text.split())


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_catalogue(Settings().content).packs["leg-cramps"]


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return load_catalogue(Settings().content).phrases


@pytest.fixture(scope="module")
def phases(pack: Pack, phrases: Phrases) -> Callable[..., tuple[Phase, ...]]:
    def of(name: str, audience: str = "everyone") -> tuple[Phase, ...]:
        return timeline(pack.exercises[name], audience, phrases, duration)

    return of


def test_every_exercise_begins_by_counting_down_and_ends_by_saying_so(
    pack: Pack, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    for name in pack.exercises:
        first, *_, last = phases(name)
        assert first.kind == "ready"
        assert [cue.text for cue in first.cues[1:]] == [str(n) for n in range(READY_S, 0, -1)]
        assert last.kind == "end"
        assert pack.exercises[name].name in last.shown


@pytest.mark.parametrize("slower", [0.5, 1, 2], ids=["twice as fast", "as it is", "half as fast"])
def test_no_cue_is_said_before_the_one_before_it_has_ended_or_after_its_phase(
    pack: Pack, phrases: Phrases, slower: float
) -> None:
    """With the voice at any speed: a count takes its second at every one of them."""

    def length(text: str) -> float:
        return slower * duration(text)

    held = cramp_hold(15, "Stop, and get help today.", phrases, length)
    exercises = [timeline(one, "everyone", phrases, length) for one in pack.exercises.values()]
    for phase in (phase for found in (*exercises, held) for phase in found):
        ends = 0.0
        for cue in phase.cues:
            assert cue.at_s >= ends - 1e-9, (phase, cue)
            ends = cue.at_s + (1 if cue.count else length(cue.text))
        assert ends <= phase.seconds + 1e-9, phase


def test_a_stretch_is_held_as_long_and_as_often_as_its_dose_says_on_both_sides(
    pack: Pack, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    exercise = pack.exercises["ex-calf-stretch-wall"]
    dose = exercise.dose_for("everyone")
    holds = [phase for phase in phases(exercise.id) if phase.kind == "hold"]
    assert len(holds) == 2 * dose.repeats[0]
    assert all(phase.seconds >= dose.hold_s[0] for phase in holds)
    assert [phase.side for phase in holds] == [1] * dose.repeats[0] + [2] * dose.repeats[0]
    rests = [phase for phase in phases(exercise.id) if phase.kind == "rest"]
    assert all(phase.seconds >= dose.rest_s for phase in rests)


def test_a_hold_says_half_way_and_three_two_one(
    phrases: Phrases, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    hold = next(phase for phase in phases("ex-cramp-stop-in-bed") if phase.kind == "hold")
    said = [cue.text for cue in hold.cues]
    assert said[-3:] == ["3", "2", "1"]
    assert [hold.seconds - cue.at_s for cue in hold.cues[-3:]] == [3, 2, 1]
    assert phrases("session-half") in said


def test_between_the_sides_it_says_so(
    phrases: Phrases, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    swaps = [phase for phase in phases("ex-calf-stretch-wall") if phase.kind == "swap"]
    (swap,) = swaps
    assert swap.shown.endswith(phrases("session-other-leg"))
    assert swap.shown.startswith(phrases("session-ease")), "who holds a stretch lets it go first"


def test_a_movement_without_a_hold_goes_on_for_all_its_repeats(
    pack: Pack, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    dose = pack.exercises["ex-ankle-pumps"].dose_for("pregnancy")
    going = [p for p in phases("ex-ankle-pumps", "pregnancy") if p.kind == "keep-moving"]
    assert [phase.seconds for phase in going] == [dose.repeats[0] * dose.seconds_each] * 2


def test_up_to_ten_times_is_done_half_as_often(pack: Pack) -> None:
    dose = pack.exercises["ex-heel-raises"].dose_for("everyone")
    assert dose.repeats == (0, 10)
    assert repeats_of(dose) == 5


def test_each_phase_begins_in_the_pose_in_which_the_one_before_it_ended(
    pack: Pack, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    for name in pack.exercises:
        found = phases(name)
        for before, after in pairwise(found):
            assert after.pose_from == before.pose_to, (name, after)


def test_every_session_begins_with_its_warnings(pack: Pack, phrases: Phrases) -> None:
    for name in [*pack.about.sessions, *pack.exercises]:
        session = find_session(pack, name, "everyone", phrases)
        assert session is not None, name
        assert session.before is not None
        assert any(WARNING in line.evidence for line in session.before.lines)


def test_older_people_begin_sitting(pack: Pack, phrases: Phrases) -> None:
    session = find_session(pack, "older-people", "", phrases)
    assert session is not None
    assert session.exercises[0].position == "seated"


def test_pregnancy_offers_only_what_is_upright_seated_or_on_the_side(
    pack: Pack, phrases: Phrases
) -> None:
    session = find_session(pack, "pregnancy", "", phrases)
    assert session is not None
    positions = {exercise.position for exercise in session.exercises}
    assert positions <= {"standing", "seated", "side-lying"}
    assert all("pregnancy" in exercise.audiences for exercise in session.exercises)


def test_there_is_no_session_of_another_name(pack: Pack, phrases: Phrases) -> None:
    assert find_session(pack, "ex-handstand", "everyone", phrases) is None


def test_without_a_voice_a_session_still_has_its_times(pack: Pack, phrases: Phrases) -> None:
    session = find_session(pack, "older-people", "", phrases)
    assert session is not None
    plan = playable(session, phrases, None, lambda _: ["start", "end"])
    cues = [cue for one in plan["exercises"] for p in one["phases"] for cue in p["cues"]]
    assert {cue["audio"] for cue in cues} == {""}
    assert all(p["seconds"] > 0 for one in plan["exercises"] for p in one["phases"])


def test_a_sentence_said_often_is_voiced_once(pack: Pack, phrases: Phrases) -> None:
    session = find_session(pack, "older-people", "", phrases)
    assert session is not None
    voiced: list[str] = []

    def voice(utterance: Utterance) -> tuple[str, float]:
        voiced.append(utterance.text)
        return "/speech/x.wav", duration(utterance.text)

    playable(session, phrases, voice, lambda _: [])
    assert len(voiced) == len(set(voiced))


def test_every_pose_of_a_session_is_drawn(
    pack: Pack, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    from kiosk.figures import Figures

    figures = Figures.load(Path(Settings().content) / "leg-cramps" / "figures.yaml")

    def drawn(exercise: Exercise) -> set[str]:
        return set(figures.figure(exercise.figure).data.poses)

    for name, exercise in pack.exercises.items():
        asked = {phase.pose_to for phase in phases(name)}
        assert asked <= drawn(exercise), name


def test_with_the_voice_a_session_first_says_when_to_stop(pack: Pack, phrases: Phrases) -> None:
    session = find_session(pack, "older-people", "", phrases)
    assert session is not None
    assert session.before is not None
    plan = playable(session, phrases, None, lambda _: [])
    said = [cue["text"] for cue in plan["warning"]["cues"]]
    assert " ".join(said) == " ".join(line.text for line in session.before.lines)
    assert plan["warning"]["seconds"] >= sum(map(duration, said))


def test_only_counts_are_counts(phases: Callable[..., tuple[Phase, ...]]) -> None:
    cues = [cue for phase in phases("ex-calf-stretch-wall") for cue in phase.cues]
    assert {cue.text for cue in cues if cue.count} == {"5", "4", "3", "2", "1"}
    assert not any(cue.text.isdigit() for cue in cues if not cue.count)


def test_get_ready_shows_five_to_one_and_a_hold_shows_all_its_seconds(
    phases: Callable[..., tuple[Phase, ...]],
) -> None:
    ready, *rest = phases("ex-calf-stretch-wall")
    assert ready.count_s == READY_S
    assert all(phase.count_s == phase.seconds for phase in rest if phase.kind == "hold")
    assert all(phase.count_s == 0 for phase in rest if phase.kind in ("move", "swap", "end"))


def test_a_rest_says_how_many_are_done(
    phrases: Phrases, phases: Callable[..., tuple[Phase, ...]]
) -> None:
    rests = [phase for phase in phases("ex-calf-stretch-wall") if phase.kind == "rest"]
    first, second = rests[:2]
    assert first.shown == phrases("session-rest", repeat=1, repeats=3)
    assert second.shown == phrases("session-rest", repeat=2, repeats=3)


def test_nobody_is_told_to_change_legs_while_holding_still(
    phases: Callable[..., tuple[Phase, ...]], pack: Pack
) -> None:
    for name in pack.exercises:
        held = [phase.shown for phase in phases(name) if phase.kind == "hold"]
        assert not [words for words in held if "Change" in words or "Turn" in words], name


def test_where_several_stretches_follow_each_other_the_move_is_said_before_its_hold(
    phrases: Phrases, phases: Callable[..., tuple[Phase, ...]], pack: Pack
) -> None:
    found = phases("ex-athlete-cool-down")
    dose = pack.exercises["ex-athlete-cool-down"].dose_for("athletes")
    holds = [phase for phase in found if phase.kind == "hold"]
    assert [phase.shown for phase in holds] == [phrases("session-hold")] * 6
    assert all(phase.seconds >= dose.hold_s[0] for phase in holds)
    moves = [step.text for step in pack.exercises["ex-athlete-cool-down"].steps]
    assert [phase.shown for phase in found if phase.kind == "move"] == moves


def test_a_cramp_is_held_and_counted_and_after_ten_minutes_it_says_to_get_help(
    phrases: Phrases,
) -> None:
    end = "Not eased after 10 minutes? Get help today."
    *holds, last = cramp_hold(15, end, phrases, duration)
    assert {phase.kind for phase in holds} == {"hold"}
    assert sum(phase.seconds for phase in holds) == pytest.approx(MOST_HOLD_S)
    assert [cue.text for cue in holds[0].cues] == [
        phrases("session-hold"),
        phrases("session-half"),
        *"321",
    ]
    assert {phase.shown for phase in holds[1:]} == {phrases("cramp-hold-on")}
    assert (last.kind, last.shown, last.cues[0].text) == ("too-long", end, end)


def test_a_pack_that_knows_no_end_to_a_cramp_only_counts(phrases: Phrases) -> None:
    assert {phase.kind for phase in cramp_hold(15, "", phrases, duration)} == {"hold"}
