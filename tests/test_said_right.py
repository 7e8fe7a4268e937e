"""Every word whose saying was decided is still said so, by both engines.

After a change, listen, then `python -m tests.phonemes` keeps what is said now.
"""

import importlib.util
import re

import pytest

from kiosk.checks.sounds import read_spoken_forms
from kiosk.loader import LANG
from kiosk.services import Services
from kiosk.speech.spoken import Lexicon
from kiosk.voicing import everything_said
from tests.phonemes import ESPEAK, KOKORO, espeak_version, pinned, said_by, sounds_by, written
from tests.tools import missing
from tests.topics import CONTENT


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """An engine that is on this machine, in the version that was listened to."""
    name: str = request.param
    if name == ESPEAK and espeak_version() != pinned()["version"][ESPEAK]:
        missing(f"the pins are of eSpeak NG {pinned()['version'][ESPEAK]}, not {espeak_version()}")
    if name == KOKORO and not importlib.util.find_spec("hibari"):
        missing("hibari is not installed: `make voice`")
    return name


both_engines = pytest.mark.parametrize("engine", [ESPEAK, KOKORO], indirect=True)


@pytest.mark.parametrize("name", [ESPEAK, KOKORO])
def test_every_decided_word_is_pinned(name: str) -> None:
    assert set(pinned()[name]) == set(written())


def test_every_pattern_is_pinned_by_an_example() -> None:
    """One that decides a place of it, not one that an earlier pattern takes away."""
    forms = read_spoken_forms(CONTENT, LANG)
    whole = Lexicon(forms)
    for number, rule in enumerate(forms.patterns):
        rest = (*forms.patterns[:number], *forms.patterns[number + 1 :])
        without = Lexicon(forms.model_copy(update={"patterns": rest}))
        assert any(whole.say(text).spoken != without.say(text).spoken for text in written()), rule


@both_engines
def test_every_decided_word_is_said_as_it_was_heard(engine: str) -> None:
    said = said_by(engine)
    changed = {
        text: (was, said[text]) for text, was in pinned()[engine].items() if said[text] != was
    }
    assert changed == {}


@both_engines
def test_a_decided_word_is_said_in_every_sentence_as_it_is_alone(
    engine: str, services: Services
) -> None:
    """Kokoro once made the article of a letter between other words, and "Andy" of A&E."""
    lexicon, sounds = Lexicon.load(CONTENT, LANG), sounds_by(engine)
    alone = {
        word.written: _letters(pinned()[engine][word.written])
        for word in read_spoken_forms(CONTENT, LANG).words
    }
    sentences, otherwise = 0, []
    for utterance in everything_said(services):
        here = [
            word
            for word in alone
            if re.search(rf"(?<![\w&]){re.escape(word)}(?![\w&])", utterance.text)
        ]
        if here:
            sentences += 1
            said = _letters(sounds(lexicon.say(utterance.text, engine).spoken))
            otherwise += [(word, utterance.text) for word in here if alone[word] not in said]
    assert sentences > 100
    assert otherwise == []


def _letters(phonemes: str) -> str:
    """Without stress, pauses and the ends of words, which a sentence changes."""
    return re.sub(r"[^\w@]|[ˈˌ_]", "", phonemes)


@both_engines
def test_phonemes_that_are_given_are_what_is_said(engine: str) -> None:
    said = said_by(engine)
    for word in read_spoken_forms(CONTENT, LANG).words:
        for name, phonemes in word.phonemes.items():
            if name == engine:
                assert said[word.written] == phonemes


@pytest.mark.parametrize(
    ("engine", "text", "phonemes"),
    [
        (ESPEAK, "paracetamol", "p,ar@s'i:t@m,0l"),
        (ESPEAK, "GPs.", "dZ,i:p'i:z"),
        (ESPEAK, "NHS 111", ",En,eItS'Es w'0n w'0n w,0n"),
        (KOKORO, "NHS 111", "ˌɛnˌAʧˈɛs wˈʌn wˈʌn wˈʌn"),
        (KOKORO, "quinine", "kwˈɪniːn"),
        (KOKORO, "250mg", "tˈuː hˈʌndɹəd fˈɪfti mˈɪlɪɡɹamz"),
    ],
)
def test_these_are_right(engine: str, text: str, phonemes: str) -> None:
    """Judged by ear and by the dictionary, so that renewing the pins cannot lose them."""
    assert pinned()[engine][text] == phonemes
