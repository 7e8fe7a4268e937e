"""The words of the interface."""

import re

import pytest

from kiosk.phrases import Phrases
from kiosk.services import Services
from kiosk.settings import PROJECT

# phrases("key"), self._phrases("key"), phrases.items("key"), phrases.count("key", n)
ASKED = re.compile(r"""\bphrases(?:\.(items|count))?\(\s*(["'])([a-z0-9-]+)\2\s*([~,)])""")


@pytest.fixture
def phrases() -> Phrases:
    return Phrases(
        "en-GB",
        {
            "plain": "Touch Home.",
            "site": "Call {advice_line} now.",
            "given": "Wait {seconds} seconds at {clinic}.",
            "sides-1": "One side.",
            "sides-n": "{n} sides.",
            "list": ["At {clinic}.", "Ask {who}."],
        },
        {"advice_line": "the advice line", "clinic": "the surgery"},
    )


def test_a_phrase_is_found_by_its_key(phrases: Phrases) -> None:
    assert phrases("plain") == "Touch Home."
    assert "plain" in phrases
    assert "other" not in phrases


def test_what_belongs_to_the_site_is_filled_in(phrases: Phrases) -> None:
    assert phrases("site") == "Call the advice line now."
    assert phrases("given", seconds=5) == "Wait 5 seconds at the surgery."


def test_a_given_value_wins_over_the_site_s(phrases: Phrases) -> None:
    assert phrases("given", seconds=5, clinic="home") == "Wait 5 seconds at home."


def test_a_value_with_braces_is_left_as_it_is(phrases: Phrases) -> None:
    assert phrases("given", seconds="{clinic}") == "Wait {clinic} seconds at the surgery."


def test_a_list_is_asked_for_by_its_items(phrases: Phrases) -> None:
    assert phrases.items("list", who="us") == ["At the surgery.", "Ask us."]
    with pytest.raises(KeyError, match="list is a list"):
        phrases("list")


@pytest.mark.parametrize("key", ["other", "given"])
def test_a_missing_key_or_value_is_named(phrases: Phrases, key: str) -> None:
    with pytest.raises(KeyError, match=r"other|seconds"):
        phrases(key)


def test_a_number_picks_its_own_form(phrases: Phrases) -> None:
    assert [phrases.count("sides", number) for number in (1, 2)] == ["One side.", "2 sides."]


def test_places_without_a_value_are_told(phrases: Phrases) -> None:
    assert phrases.unknown_places("{clinic} and {nobody} and {nothing}") == ["nobody", "nothing"]


def test_every_phrase_of_the_real_kiosk_is_a_sentence_or_a_list_of_them(
    services: Services,
) -> None:
    wrong = [
        key
        for key, text in services.catalogue.phrases.texts.items()
        if not (isinstance(text, str) or all(isinstance(item, str) for item in text))
    ]
    assert wrong == []


def sources() -> str:
    """All code and templates, one after another."""
    places = [*(PROJECT / "kiosk").rglob("*.py"), *(PROJECT / "templates").rglob("*.html")]
    return "\n".join(path.read_text("utf-8") for path in places)


def test_every_phrase_that_code_and_templates_ask_for_is_there(services: Services) -> None:
    phrases = services.catalogue.phrases
    asked = {(way, key, after == "~") for way, _, key, after in ASKED.findall(sources())}
    assert len(asked) > 50
    missing = [
        key
        for way, key, begins in asked
        if not (
            any(name.startswith(key) for name in phrases.texts)
            if begins
            else (f"{key}-n" if way == "count" else key) in phrases
        )
    ]
    assert missing == []


def test_every_phrase_that_is_asked_for_uses_only_values_that_somebody_gives(
    services: Services,
) -> None:
    """A misspelt {name} would be found only by the visitor who meets it."""
    phrases, code = services.catalogue.phrases, sources()
    asked = {key for _, _, key, _ in ASKED.findall(code)} & set(phrases.texts)
    unknown = [
        f"{key}: {name}"
        for key in asked
        for name in phrases.unknown_places(str(phrases.texts[key]))
        if not re.search(rf"\b{name}=", code)
    ]
    assert unknown == []
