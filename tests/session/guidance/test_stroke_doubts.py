"""Strokes that a person should hear of: on places that are mixed, and against one another."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke, switch_strokes
from isnmf_gui.session.guidance.stroke_doubts import (
    LEAST_SHARED,
    contradictions,
    doubtful_strokes,
)
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.session.strokes import stroke_of

RATE = 8000
LOW_HZ, HIGH_HZ = 500.0, 1500.0
#: The low tone alone, the high one alone, both of them.
FIRST, SECOND, BOTH = (0.1, 0.9), (1.1, 1.9), (2.1, 2.9)


@pytest.fixture(scope="module")
def tones() -> Run:
    """Return a run of two components, a tone each, that sound one by one and then together."""
    time_s = np.arange(3 * RATE) / RATE
    low = np.sin(2 * np.pi * LOW_HZ * time_s) * ((time_s < 1) | (time_s >= 2))
    high = np.sin(2 * np.pi * HIGH_HZ * time_s) * (time_s >= 1)
    samples = (0.3 * (low + high)).astype(np.float32)[:, None]
    recording = Recording(samples, RATE, Path("tones.wav"))
    settings = Settings(n_bases=2, n_iterations=60, window_samples=256, hop_samples=64)
    run = make_run(Document(), separate(recording, settings, n_threads=1))
    peaks = run.separation.factorization.basis.argmax(axis=0) * RATE / 256
    assert sorted(peaks.tolist()) == pytest.approx([LOW_HZ, HIGH_HZ], abs=40)
    return source_edits.group_as(run, np.argsort(np.argsort(peaks)).tolist())


def painted(run: Run, strokes: Sequence[tuple[int, tuple[float, float], float, float]]) -> Run:
    for source_id, span, low_hz, high_hz in strokes:
        run = add_stroke(run, source_id, stroke_of(Box(*span, low_hz, high_hz)))
    return run


def test_a_stroke_over_two_sounds_is_doubtful_and_one_over_a_single_sound_is_not(tones) -> None:
    low, high = (1, FIRST, 300, 700), (2, SECOND, 1200, 1800)
    run = painted(tones, [low, high])
    assert doubtful_strokes(run) == []
    mixed = painted(run, [(1, BOTH, 300, 1800)])
    assert doubtful_strokes(mixed) == [mixed.strokes[-1]]
    assert doubtful_strokes(painted(mixed, [(1, BOTH, 300, 700)])) == [mixed.strokes[-1]]


def test_what_is_silent_or_off_is_not_called_doubtful(tones) -> None:
    run = painted(tones, [(1, BOTH, 300, 1800), (2, (50.0, 51.0), 300, 700)])
    assert doubtful_strokes(run) == [run.strokes[0]]
    assert doubtful_strokes(switch_strokes(run, [1], False)) == []
    assert doubtful_strokes(tones) == contradictions(tones) == []


def test_strokes_that_claim_the_same_place_contradict_each_other(tones) -> None:
    run = painted(tones, [(1, FIRST, 300, 700), (2, SECOND, 1200, 1800), (2, FIRST, 300, 700)])
    (found,) = contradictions(run)
    assert (found.stroke, found.other) == (run.strokes[0], run.strokes[2])
    assert found.shared == pytest.approx(1.0)
    assert contradictions(switch_strokes(run, [3], False)) == []
    same = painted(tones, [(1, FIRST, 300, 700), (1, FIRST, 300, 700)])
    assert contradictions(same) == []


def test_a_place_that_is_shared_a_little_is_no_contradiction(tones) -> None:
    nearly = FIRST[0] + (1 - 0.8 * LEAST_SHARED) * (FIRST[1] - FIRST[0])
    run = painted(tones, [(1, FIRST, 300, 700), (2, (nearly, SECOND[1]), 300, 1800)])
    assert [it.shared for it in contradictions(run)] == []


def test_a_stroke_outvoted_by_others_of_the_same_sound_is_told_with_one_of_them(tones) -> None:
    spans = [(0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9)]
    run = painted(tones, [(1, span, 300, 700) for span in spans])
    run = painted(run, [(2, SECOND, 1200, 1800), (2, BOTH, 300, 700)])
    (found,) = contradictions(run)
    assert found.other == run.strokes[-1]
    assert found.stroke in run.strokes[:4]
    assert found.shared == 0.0


def test_thousands_of_strokes_on_one_place_are_looked_through(tones) -> None:
    run = painted(tones, [(n % 2 + 1, (0.1, 0.2), 300, 700) for n in range(600)])
    found = contradictions(run)
    marked = {stroke for it in found for stroke in (it.stroke, it.other)}
    assert marked == set(run.strokes)
    assert len(found) <= 600 * 9
