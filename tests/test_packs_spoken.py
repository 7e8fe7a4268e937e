"""A subject says how its own words are said; the kiosk's decisions stand."""

from pathlib import Path

import pytest

from kiosk.loader import LANG
from kiosk.speech.spoken import Decision, Lexicon, SpokenForms, pack_words, with_words
from tests.pack_maker import PackMaker


def write(folder: Path, text: str) -> Path:
    path = folder / LANG / "spoken.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def decision(written: str, say: str) -> Decision:
    return Decision(written=written, say=say)


def test_a_subject_without_words_of_its_own_decides_nothing(tmp_path: Path) -> None:
    assert pack_words(tmp_path, LANG) == ([], [])


def test_the_kiosks_decisions_stand(tmp_path: Path) -> None:
    own = SpokenForms(words=(decision("GP", "G P"),))
    forms = with_words(own, [decision("GP", "grand prix"), decision("norovirus", "nora-virus")])
    said = Lexicon(forms).say("Ask a GP about norovirus.").spoken
    assert said == "Ask a G P about nora-virus."


def test_of_two_subjects_the_first_decides(tmp_path: Path) -> None:
    forms = with_words(SpokenForms(), [decision("gel", "jel"), decision("gel", "ghel")])
    assert Lexicon(forms).say("gel").spoken == "jel"


@pytest.mark.parametrize("written", ["999", "111", "call 999", "", " ", "+", "do not"])
def test_numbers_and_phrases_are_the_kiosks_to_decide(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, f'- {{written: "{written}", say: nothing}}\n')
    words, (problem,) = pack_words(tmp_path, LANG)
    assert words == []
    assert str(problem).startswith(f"{path}:1: “{written}” is not one word")


@pytest.mark.parametrize("text", ["{", "- {written: a, colour: b}", "a: b", "\t- x"])
def test_a_list_that_cannot_be_read_is_told_and_the_subject_stands(
    tmp_path: Path, text: str
) -> None:
    maker = PackMaker(tmp_path)
    (maker.source / LANG / "spoken.yaml").write_text(text)
    assert pack_words(maker.source, LANG)[0] == []
    problems = pack_words(maker.source, LANG)[1]
    assert problems
    assert all("spoken.yaml" in str(problem) for problem in problems)
