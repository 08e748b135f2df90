"""Splitting: two notes that share a component come apart, and nothing else changes its bases."""

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.playback import Mix, MixSource, render
from isnmf_gui.session.document.component_factors import factors_of, model_of, shape_of, terms_of
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.mix_edits import alone
from isnmf_gui.session.edits.splitting import put_in, split
from isnmf_gui.session.runs.separation import separate, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE = 8_000


def tone(hertz: float, on: np.ndarray) -> np.ndarray:
    time_s = np.arange(len(on)) / RATE
    return 0.2 * np.sin(2 * np.pi * hertz * time_s) * on


@pytest.fixture(scope="module")
def notes() -> tuple[np.ndarray, np.ndarray]:
    """Two notes in turns, and now and then both."""
    beat = np.arange(3 * RATE) * 8 // RATE
    return tone(440, beat % 3 != 0), tone(1320, beat % 3 != 1)


@pytest.fixture(scope="module", params=[1.0, 1.5, 2.0])
def run(notes, request) -> Run:
    """Too few bases: both notes are in one component; the other holds the noise."""
    rng = np.random.default_rng(0)
    samples = sum(notes) + 0.003 * rng.standard_normal(3 * RATE)
    recording = Recording(samples.astype(np.float32)[:, None], RATE, "notes.wav")
    settings = Settings(
        n_bases=2, n_iterations=30, domain=request.param, window_samples=512, hop_samples=128
    )
    return make_run(Document(), separate(recording, settings, n_threads=1))


def solo(run: Run, index: int) -> np.ndarray:
    separation = run.separation
    source = MixSource(separation.recording.samples, RATE)
    source.mix = Mix("mix", stft_of(separation.settings), factors_of(run), alone(run, index))
    return render(source)


def loudest_component(run: Run) -> int:
    return int(run.separation.energies["wiener"].argmax())


def test_two_notes_come_apart(run: Run, notes) -> None:
    index = loudest_component(run)
    halved = put_in(run, split(run, index))
    assert [len(run.components), len(halved.components)] == [2, 3]
    new = [it for it in halved.components if it.terms is not None]
    peaks_hz = sorted(int(shape_of(halved, it)[0].argmax()) * RATE / 512 for it in new)
    assert peaks_hz == pytest.approx([440, 1320], abs=16)
    for component in new:
        heard = solo(halved, component.index)[:, 0]
        alike = [abs(np.corrcoef(heard, note)[0, 1]) for note in notes]
        assert max(alike) > 0.9
        assert min(alike) < 0.3


def test_the_energies_of_the_halves_are_those_of_their_masks(run: Run) -> None:
    halved = put_in(run, split(run, loudest_component(run)))
    settings = run.separation.settings
    power = stft_of(settings).power(run.separation.recording.samples, np.float64)
    model = sum(np.outer(term.activation, term.basis) for term in model_of(halved))
    halves = [terms_of(halved, it)[0] for it in halved.components if it.terms is not None]
    for half in halves:
        own = np.outer(half.activation, half.basis)
        wiener = ((own / model) ** 2 * power).sum() / power.sum()
        ratio = (own ** (2 / settings.domain)).sum() / power.sum()
        share = (own / model * power).sum() / power.sum()
        expected = {"wiener": wiener, "ratio": ratio, "share": share}
        assert half.energies == pytest.approx(expected, rel=1e-3)


def test_parts_add_up_and_the_others_keep_their_bases(run: Run) -> None:
    index = loudest_component(run)
    halved = put_in(run, split(run, index))
    total = sum(solo(halved, it.index).astype(np.float64) for it in halved.components)
    error = total - run.separation.recording.samples
    assert 10 * np.log10((error**2).sum() / (total**2).sum()) < -120
    other = next(it for it in halved.components if it.terms is None)
    assert terms_of(halved, other) == terms_of(run, run.component(other.index))
    assert len(model_of(halved)) == 3


def test_the_first_half_keeps_its_place_and_name(run: Run) -> None:
    index = loudest_component(run)
    halved = put_in(run, split(run, index))
    first, second = (it for it in halved.components if it.terms is not None)
    before = run.component(index)
    assert (first.index, first.number, first.color) == (index, before.number, before.color)
    assert (second.index, second.number) == (2, 3)
    assert len({first.id, second.id, *(it.id for it in run.components)}) == 4


def test_what_was_merged_falls_apart_again(run: Run) -> None:
    halved = put_in(run, split(run, loudest_component(run)))
    indices = [it.index for it in halved.components if it.terms is not None]
    merged = factor_edits.merge(halved, indices)
    again = put_in(merged, split(merged, indices[0]))
    peaks = {
        int(shape_of(state, it)[0].argmax())
        for state in (halved, again)
        for it in state.components
        if it.terms is not None
    }
    assert len(peaks) == 2


def test_edits_are_carried_over(run: Run) -> None:
    index = loudest_component(run)
    edited = factor_edits.remove_band(run, [index], 1000, 2000)
    edited = factor_edits.scale_stretch(edited, [index], (0, 1), -np.inf)
    halved = put_in(edited, split(edited, index))
    bins = np.arange(257) * RATE / 512
    for component in (it for it in halved.components if it.terms is not None):
        basis, activation = shape_of(halved, component)
        assert not basis[(bins >= 1000) & (bins <= 2000)].any()
        assert not activation[1:62].any()
        assert activation[70:].any()


def test_a_copy_keeps_its_sound(run: Run) -> None:
    index = loudest_component(run)
    copied = factor_edits.duplicate(run, [index])
    halved = put_in(copied, split(copied, index))
    copy = copied.components[-1] if copied.components[-1].terms else copied.components[1]
    np.testing.assert_allclose(solo(halved, copy.index), solo(copied, copy.index), atol=1e-6)


def test_it_is_not_put_into_a_run_that_was_changed_meanwhile(run: Run) -> None:
    made = split(run, 0)
    assert put_in(factor_edits.delete(run, [0]), made) is None
    assert put_in(factor_edits.remove_band(run, [0], 0, 100), made) is None
    assert put_in(factor_edits.remove_band(run, [1], 0, 100), made) is not None


def test_it_can_be_stopped(run: Run) -> None:
    with pytest.raises(Stopped):
        split(run, 0, lambda share: share < 0.1)
