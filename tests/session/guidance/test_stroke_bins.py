"""The bins that a stroke labels in a recording."""

import numpy as np
import pytest

from isnmf_gui.session.document.guidance import Box, Path
from isnmf_gui.session.guidance import stroke_bins as looked_up
from isnmf_gui.session.guidance.stroke_bins import stroke_bins
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Stft, strokes
from tests.session.strokes import stroke_of

STFT = Stft(256, 64)
ALL = Box(-1.0, 99.0, -1.0, 1e6)


@pytest.fixture
def power(short: Recording) -> np.ndarray:
    return STFT.power(short.samples)


def test_the_loudest_hold_nine_tenths(short: Recording, power: np.ndarray) -> None:
    found = stroke_bins(short, STFT, stroke_of(ALL))
    np.testing.assert_allclose(found.power, power[found.frames, found.bins], rtol=1e-4)
    assert found.power.sum() >= 0.9 * power.sum() * (1 - 1e-6)
    assert found.power[:-1].sum() < 0.9 * power.sum()
    assert (np.diff(found.power) <= 0).all()
    np.testing.assert_allclose(found.weights.sum(), 1)


def test_in_stretches_as_at_once(short: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = stroke_bins(short, STFT, stroke_of(Box(0.1, 0.9, 100, 3000)))
    for module in (looked_up, strokes):
        monkeypatch.setattr(module, "STRETCH_FRAMES", 7)
    pieces = stroke_bins(short, STFT, stroke_of(Box(0.1, 0.9, 100.01, 3000)))
    assert set(zip(whole.frames, whole.bins, strict=True)) == set(
        zip(pieces.frames, pieces.bins, strict=True)
    )


def test_what_is_erased_is_subtracted(short: Recording) -> None:
    """What was too quiet to say something says nothing when what is loud was erased."""
    gone, more = Box(0.2, 0.5, 100, 900), Path(((0.4, 300.0), (0.8, 2000.0)), 0.5)
    whole = stroke_bins(short, STFT, stroke_of(ALL))
    left = stroke_bins(short, STFT, stroke_of(ALL, erased=(gone, more)))
    again = stroke_bins(short, STFT, stroke_of(ALL, erased=(gone, more, Box(0.0, 0.1, 0, 99))))
    for found, erased in ((left, (gone, more)), (again, (gone, more, Box(0.0, 0.1, 0, 99)))):
        rate = short.sample_rate
        grid = strokes.Grid(STFT.hop_samples / rate, rate / STFT.window_samples)
        raster = strokes.rasterized(ALL, erased, grid, STFT.n_frames(short.n_samples), STFT.n_bins)
        kept = raster.covers(whole.frames, whole.bins)
        assert 0 < kept.sum() < len(kept)
        np.testing.assert_array_equal(found.frames, whole.frames[kept])
        np.testing.assert_array_equal(found.bins, whole.bins[kept])
        np.testing.assert_array_equal(found.power, whole.power[kept])


def test_what_is_looked_up_ahead_is_what_a_stroke_finds(
    short: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up.look_up(short, STFT, 0.5)
    looked_up.look_up(short, STFT, -1.0)  # a hand may leave the recording
    looked_up.look_up(short, STFT, 1e6)
    monkeypatch.setattr(Stft, "forward", None)  # nothing is transformed any more
    assert len(stroke_bins(short, STFT, stroke_of(Box(0.45, 0.55, 101.0, 3001.0))).frames)


def test_only_so_many_are_kept(
    short: Recording, power: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looked_up, "MOST_BINS", 20)
    found = stroke_bins(short, STFT, stroke_of(Box(-1.0, 99.0, -1.0, 2e6)))
    np.testing.assert_allclose(found.power, np.sort(power.ravel())[::-1][:20], rtol=1e-4)


def test_a_stroke_is_looked_up_once(short: Recording) -> None:
    found = stroke_bins(short, STFT, stroke_of(ALL))
    assert stroke_bins(short, STFT, stroke_of(ALL, is_on=False)) is found
    assert stroke_bins(short, Stft(512, 128), stroke_of(ALL)) is not found


def test_outside_there_is_nothing(short: Recording) -> None:
    assert len(stroke_bins(short, STFT, stroke_of(Box(7.0, 8.0, 100, 200))).frames) == 0
