"""Guided sessions: who is offered what, what comes first, and what the browser plays."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.build import jobs
from kiosk.dose import dose_in_words
from kiosk.models import Exercise, ExerciseCard, Pack
from kiosk.phrases import Phrases
from kiosk.services import Services
from kiosk.sessions import CAREFUL, TOO_LONG, audiences, find_session, playable, playable_steps
from kiosk.speech.script import Utterance
from tests.small_pack import FIRST, SmallPack

Visit = Callable[..., html.HtmlElement]
UPRIGHT = {"standing", "seated", "side-lying"}
IN_BED = "bed"  # sitting up in bed: no exercise, but what to do in a cramp
# What must be heard before anything is stretched.
STOP_WORDS = ("sharp", "dizz", "swollen", "hot", "colour")


@pytest.fixture(scope="module")
def pack(services: Services) -> Pack:
    return services.catalogue.packs["leg-cramps"]


@pytest.fixture(scope="module")
def phrases(services: Services) -> Phrases:
    return services.catalogue.phrases


def offered(pack: Pack, audience: str) -> list[Exercise]:
    """The exercises a page or an address can begin for an audience."""
    return [
        one
        for one in pack.exercises.values()
        if find_session(pack, one.id, audience, _plain) is not None
    ]


def _plain(key: str, **values: object) -> str:
    return key


def test_every_set_and_every_exercise_says_first_when_to_stop(pack: Pack, phrases: Phrases) -> None:
    for audience in audiences(pack):
        for name in [*pack.about.sessions, *(one.id for one in offered(pack, audience))]:
            session = find_session(pack, name, audience, phrases)
            assert session is not None
            assert session.before is not None
            said = " ".join(line.text for line in session.before.lines).lower()
            missing = [word for word in STOP_WORDS if word not in said]
            assert not missing, (name, audience, missing)


def test_in_pregnancy_nothing_is_offered_that_is_done_lying_flat(pack: Pack) -> None:
    found = offered(pack, "pregnancy")
    assert found
    assert {one.position for one in found} <= UPRIGHT | {IN_BED}
    assert "ex-athlete-cool-down" not in {one.id for one in found}


@pytest.mark.parametrize("audience", sorted(CAREFUL))
def test_who_must_be_careful_is_offered_only_what_names_them(pack: Pack, audience: str) -> None:
    assert all(audience in one.audiences for one in offered(pack, audience))
    sets = [one for one in pack.about.sessions.values() if one.audience == audience]
    assert sets
    for one in sets:
        assert all(audience in pack.exercises[name].audiences for name in one.exercises)


def test_each_set_and_each_exercise_is_made_ahead_for_all_who_may_have_it(
    services: Services, pack: Pack
) -> None:
    made = {what for what, _ in jobs(services)}
    assert "steps leg-cramps/cramp-now" in made
    for name, chosen in pack.about.sessions.items():
        assert f"session leg-cramps/{name} {chosen.audience}" in made
    for audience in audiences(pack):
        for one in pack.exercises.values():
            fits = one in offered(pack, audience)
            assert (f"session leg-cramps/{one.id} {audience}" in made) == fits


def test_everybody_else_is_offered_every_exercise(pack: Pack) -> None:
    assert len(offered(pack, "everyone")) == len(pack.exercises)


def test_an_exercise_that_does_not_fit_its_audience_is_not_found(client: FlaskClient) -> None:
    address = "/leg-cramps/session/ex-athlete-cool-down"
    assert client.get(f"{address}?for=athletes").status_code == 200
    assert client.get(f"{address}?for=pregnancy").status_code == 404
    assert client.get(f"{address}/session.json?for=pregnancy").status_code == 404


@pytest.mark.parametrize("audience", ["", "nobody", "<b>", "pregnancy "])
def test_an_audience_that_does_not_exist_is_refused(client: FlaskClient, audience: str) -> None:
    for tail in ("", "/session.json"):
        address = f"/leg-cramps/session/ex-ankle-pumps{tail}"
        assert client.get(address, query_string={"for": audience}).status_code == 400


def test_the_steps_of_a_cramp_have_no_second_page(client: FlaskClient) -> None:
    answer = client.get("/leg-cramps/session/cramp-now")
    assert answer.status_code == 302
    assert answer.location.endswith("/leg-cramps/cramp-now")


def test_the_plan_of_a_cramp_follows_its_page(pack: Pack, phrases: Phrases) -> None:
    topic = pack.topics["cramp-now"]
    plan = playable_steps(topic, pack, phrases, None)
    assert [step["id"] for step in plan["steps"]] == [section.id for section in topic.sections]
    kinds = {step["id"]: [phase["kind"] for phase in step["phases"]] for step in plan["steps"]}
    assert all(found[0] == "words" for found in kinds.values())
    held = {name for name, found in kinds.items() if "hold" in found}
    assert held == set(topic.about.holds)
    (end,) = {line.text for line in topic.lines if TOO_LONG in line.evidence and "?" in line.text}
    for name in held:
        assert kinds[name][-1] == "too-long"
        last = next(step for step in plan["steps"] if step["id"] == name)["phases"][-1]
        assert last["shown"] == end


def test_a_slow_voice_makes_a_session_longer_and_a_hold_no_shorter(
    pack: Pack, phrases: Phrases
) -> None:
    session = find_session(pack, "everyone", "", phrases)
    assert session is not None

    def voice(utterance: Utterance) -> tuple[str, float]:
        return "/speech/x.wav", len(utterance.text.split()) * 0.4

    def lengths(rate: float) -> dict[str, float]:
        plan = playable(session, phrases, voice, lambda _: [], rate)
        found: dict[str, float] = {}
        for phase in plan["exercises"][0]["phases"]:
            found[phase["kind"]] = found.get(phase["kind"], 0) + phase["seconds"]
        return {**found, "warning": plan["warning"]["seconds"]}

    slow, plain, fast = lengths(0.5), lengths(1), lengths(2)
    assert slow["warning"] > plain["warning"] > fast["warning"]
    assert slow["move"] > plain["move"]
    assert fast["hold"] >= plain["hold"] == 2 * 3 * session.exercises[0].doses[0].hold_s[0]


@pytest.mark.usefixtures("voice")
def test_the_plan_is_made_for_the_speed_the_visitor_chose(client: FlaskClient) -> None:
    address = "/leg-cramps/session/older-people/session.json"

    def seconds() -> float:
        plan = client.get(address).get_json()
        assert plan is not None
        return float(plan["warning"]["seconds"])

    plain = seconds()
    client.set_cookie("preferences", "rate=0.5")
    assert seconds() > plain


# Sitting instead


def test_a_card_says_what_to_do_sitting_instead(pack: Pack, phrases: Phrases) -> None:
    cards = [
        block
        for topic in pack.topics.values()
        for block in topic.blocks
        if isinstance(block, ExerciseCard) and pack.exercises[block.exercise].seated
    ]
    assert cards
    for card in cards:
        other = pack.exercises[pack.exercises[card.exercise].seated]
        assert card.seated is not None
        assert card.seated.text == phrases("exercise-seated", name=other.name)
        assert card.seated in card.lines
        assert card.seated_exercise == other.id
        assert other.position == "seated"


def test_the_card_leads_to_the_seated_session(visit: Visit, pack: Pack) -> None:
    page = visit("/leg-cramps/stretches")
    line = page.xpath("//p[contains(@class, 'k-exercise__seated')]/span")[0]
    assert line.text_content().endswith("Seated calf stretch with a towel.")
    links = page.xpath("//a[contains(@href, '/session/ex-seated-towel-stretch')]/@href")
    assert links
    for link in links:
        assert "Seated calf stretch" in visit(link).findtext(".//h1")


def test_every_session_link_of_every_topic_leads_somewhere(
    visit: Visit, client: FlaskClient, pack: Pack
) -> None:
    links = {
        link
        for name in pack.topics
        for link in visit(f"/leg-cramps/{name}").xpath("//a[contains(@href, '/session/')]/@href")
    }
    assert len(links) > len(pack.about.sessions)
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("seated", ["ex-nobody", "ex-towel-standing"])
def test_a_seated_form_that_is_none_is_reported(small: SmallPack, seated: str) -> None:
    text = small.path("exercises.yaml").read_text("utf-8")
    name = "id: ex-towel"
    second = text[text.index("- id") :].replace("position: seated", "position: standing")
    second = second.replace(name, "id: ex-towel-standing")
    small.write("exercises.yaml", text + second)
    small.change("exercises.yaml", "  evidence:", f"  seated: {seated}\n  evidence:")
    problems = [str(problem) for problem in small.load().problems]
    assert [problem for problem in problems if f"`{seated}`, which is no seated" in problem]


@pytest.mark.parametrize(
    ("holds", "problem"),
    [
        ("{nowhere: ex-towel}", "`nowhere` is held, but is not a section"),
        ("{what-to-do: ex-nobody}", "is held like `ex-nobody`"),
    ],
)
def test_a_hold_that_cannot_be_is_reported(small: SmallPack, holds: str, problem: str) -> None:
    topic = small.pack().topics[FIRST]
    holds = holds.replace("what-to-do", topic.sections[0].id)
    small.change_topic("summary:", f"holds: {holds}\nsummary:")
    assert any(problem in str(one) for one in small.load().problems)


def test_a_session_shows_the_dose_of_its_own_audience(
    visit: Visit, pack: Pack, phrases: Phrases
) -> None:
    page = visit("/leg-cramps/session/pregnancy")
    shown = [one.strip() for one in page.xpath("//p[@class='k-exercise__dose']/text()")]
    names = pack.about.sessions["pregnancy"].exercises
    doses = [pack.exercises[name].dose_for("pregnancy") for name in names]
    assert shown == [dose_in_words(dose, phrases) for dose in doses]
