"""Exercises and figures fit together, and both are told in plain words."""

import re

from kiosk.datafiles import read_entries
from kiosk.figures import Figures
from kiosk.models import Exercise, Term
from kiosk.settings import PROJECT

EXERCISES = PROJECT / "content" / "leg-cramps" / "exercises.yaml"
GLOSSARY = EXERCISES.parent / "en-GB" / "glossary.yaml"
LONGEST = 15  # words in a sentence


def exercises() -> list[Exercise]:
    found, problems = read_entries(EXERCISES, Exercise)
    assert problems == []
    return found


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:;])\s+", text) if part]


def test_there_are_fourteen_exercises() -> None:
    assert len({one.id for one in exercises()}) == 14


def test_every_exercise_has_its_figure_and_every_step_its_pose(figures: Figures) -> None:
    for exercise in exercises():
        poses = figures.figure(exercise.figure).data.poses
        assert {"start", "end"} <= set(poses), exercise.id
        for step in exercise.steps:
            assert step.pose in poses, f"{exercise.id}: {step.text}"


def test_the_drawn_muscle_is_the_exercise_s(figures: Figures) -> None:
    for exercise in exercises():
        data = figures.figure(exercise.figure).data
        marks = [*data.muscle, *(m for pose in data.poses.values() for m in pose.muscle or ())]
        drawn = {mark.partition(".")[2] for mark in marks}
        # Ankle pumps move the ankle with the calf, so either is right.
        wanted = {exercise.muscle, "calf"} if exercise.muscle == "ankle" else {exercise.muscle}
        assert drawn & wanted, exercise.id


def test_a_seated_version_is_an_exercise() -> None:
    known = {one.id for one in exercises()}
    assert {one.seated for one in exercises()} - {""} <= known


def test_exercises_are_short_and_have_a_caution() -> None:
    for exercise in exercises():
        assert 4 <= len(exercise.steps) <= 6, exercise.id
        assert exercise.caution, exercise.id
        words = [step.text for step in exercise.steps]
        for text in (*words, exercise.caution, exercise.easier):
            for sentence in sentences(text):
                assert len(sentence.split()) <= LONGEST, f"{exercise.id}: {sentence}"


def test_a_hard_word_s_figure_is_there(figures: Figures) -> None:
    terms, problems = read_entries(GLOSSARY, Term)
    assert problems == []
    drawn = {term.term: term.figure for term in terms if term.figure}
    assert {"calf", "thigh"} <= drawn.keys()
    assert set(drawn.values()) <= set(figures.names())


def test_every_figure_of_the_content_can_be_drawn(figures: Figures) -> None:
    assert figures.problems == []


def test_every_figure_is_told_in_plain_sentences(figures: Figures) -> None:
    for name in figures.names():
        alt = figures.alt(name)
        assert alt.endswith("."), name
        assert alt[:1].isupper(), name
        for sentence in sentences(alt):
            assert len(sentence.split()) <= LONGEST + 3, f"{name}: {sentence}"
