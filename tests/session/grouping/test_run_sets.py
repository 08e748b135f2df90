"""Several runs as one set: strokes sort all of them, and the sum stays the recording."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.session.grouping.run_sets import RunSet
from isnmf_gui.session.runs.separation import separate, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Resynthesis
from tests.session.strokes import HIGH, LOW, stroke_of

LABELS = [0, 0, 1, 1]


@pytest.fixture(scope="module")
def runs(short: Recording) -> list[Run]:
    """Return three runs that differ by their seeds, each grouped into two sources."""
    chosen = Settings(n_bases=4, n_iterations=8, window_samples=256, hop_samples=64)
    made = [separate(short, replace(chosen, seed=seed), n_threads=1) for seed in (1, 2, 3)]
    return [source_edits.group_as(make_run(Document(), it), LABELS) for it in made]


def painted(run: Run) -> Run:
    return add_stroke(add_stroke(run, 1, stroke_of(LOW)), 2, stroke_of(HIGH))


def all_masks(run_set: RunSet) -> np.ndarray:
    separation = run_set.run.separation
    power = stft_of(separation.settings).power(separation.recording.samples)
    return np.array(list(run_set.masks()(0, len(power), power)))


def test_without_strokes_the_masks_are_the_mean_of_those_of_the_runs(runs: list[Run]) -> None:
    run_set = RunSet.of(runs)
    made = all_masks(run_set)
    expected = []
    for place, run in enumerate(runs):
        power = stft_of(run.separation.settings).power(run.separation.recording.samples)
        masks = stem_masks(parts_of(run, "wiener"), source_stems(run)[:2])
        its = np.array([mask.copy() for mask in masks(0, len(power), power)])
        same = np.argmax(run_set.groups[4 * place], axis=0) == 0
        expected.append(its if same else its[::-1])
    np.testing.assert_allclose(made, np.mean(expected, axis=0), atol=1e-5)


def test_groups_of_the_others_are_those_of_the_first_that_they_overlap(runs: list[Run]) -> None:
    first = runs[0]
    turned = source_edits.group_as(first, [1 - it for it in LABELS])
    turned = source_edits.move_source(turned, 2, 0)
    both = RunSet.of([first, turned])
    np.testing.assert_array_equal(both.groups[:4], both.groups[4:])
    np.testing.assert_allclose(both.energies.sum(), 1, rtol=1e-6)


def test_the_same_run_twice_is_as_good_as_once(runs: list[Run]) -> None:
    once, twice = (all_masks(RunSet.of([painted(runs[0])] * n)) for n in (1, 2))
    np.testing.assert_allclose(twice, once, atol=2e-3)


def test_a_stroke_moves_the_components_of_every_run(runs: list[Run]) -> None:
    before = all_masks(RunSet.of(runs))[1]
    run = runs[0]
    for _ in range(6):
        run = add_stroke(run, 2, stroke_of(LOW))
    after = all_masks(RunSet.of([run, *runs[1:]]))[1]
    assert after.mean() > before.mean() + 0.1


def test_open_names_are_shared_among_the_groups_of_all_runs(runs: list[Run]) -> None:
    run = add_stroke(runs[0], 2, stroke_of(Box(0.0, 2.0, 0.0, 8000.0)))
    settled = all_masks(RunSet.of([run, *runs[1:]]))
    opened = all_masks(RunSet.of([replace(run, has_open_names=True), *runs[1:]]))
    assert np.abs(settled - opened).max() > 0.1


BOXES = st.builds(
    lambda start_s, length_s, low_hz, octaves: Box(
        start_s, start_s + length_s, low_hz, low_hz * 2**octaves
    ),
    st.floats(-0.1, 1.1),
    st.floats(0, 0.5),
    st.floats(0, 3000),
    st.floats(0.1, 4),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(strokes=st.lists(st.tuples(st.sampled_from([1, 2]), BOXES), max_size=8))
def test_sources_add_up_to_the_recording_whatever_is_painted(
    runs: list[Run], strokes: list[tuple[int, Box]]
) -> None:
    """Below −120 dB, in double precision."""
    run_set, separation = RunSet.of(runs), runs[0].separation
    run_set = replace(run_set, factors=tuple(it.astype("float64") for it in run_set.factors))
    samples, stft = separation.recording.samples, stft_of(separation.settings)
    resynthesis = Resynthesis(samples, stft, np.float64)
    given = [Stroke(n, source_id, box) for n, (source_id, box) in enumerate(strokes)]
    sounds = resynthesis.render_each(0, len(samples), run_set.masks(given))
    assert all(np.isfinite(sound).all() for sound in sounds)
    left = np.sum(sounds, axis=0) - samples
    assert np.sum(left**2) < 1e-12 * np.sum(samples.astype(np.float64) ** 2)
