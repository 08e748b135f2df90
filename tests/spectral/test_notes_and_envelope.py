"""Note names, and outlines of waveforms."""

import numpy as np
import pytest

from isnmf_gui.spectral.hearing.notes import note_name
from isnmf_gui.spectral.pictures.envelope import BLOCK_SAMPLES, Envelope


@pytest.mark.parametrize(
    ("hertz", "name"),
    [
        (440.0, "A4"),
        (261.6256, "C4"),
        (27.5, "A0"),
        (8.1758, "C−1"),
        (440 * 2 ** (12 / 1200), "A4 +12 cents"),
        (440 * 2 ** (-30 / 1200), "A4 −30 cents"),
        (466.1638, "B♭4"),
        (4186.009, "C8"),
        (0.0, ""),
    ],
)
def test_notes_are_named(hertz: float, name: str) -> None:
    assert note_name(hertz) == name


def test_cents_are_at_most_half_a_step() -> None:
    for hertz in np.geomspace(20, 20_000, 500):
        words = note_name(float(hertz)).split()
        assert len(words) == 1 or abs(int(words[1].replace("−", "-"))) <= 50


@pytest.mark.parametrize("n_samples", [1, 100, BLOCK_SAMPLES + 1, 300_000])
@pytest.mark.parametrize("pixels", [1, 7, 200])
def test_the_outline_has_every_extreme(n_samples: int, pixels: int) -> None:
    samples = np.random.RandomState(0).standard_normal((n_samples, 2)).astype(np.float32)
    low, high = Envelope(samples).render(0, n_samples, pixels)
    assert len(low) == len(high) == pixels
    assert low.min() == samples.min()
    assert high.max() == samples.max()
    assert (low <= high).all()


def test_the_outline_is_where_the_sound_is() -> None:
    samples = np.zeros((100_000, 1), np.float32)
    samples[40_000:50_000] = 0.5
    samples[60_000] = -1
    low, high = Envelope(samples).render(0, 100_000, 100)
    loud = np.flatnonzero(high == 0.5)  # blocks may reach one pixel further
    assert abs(int(loud[0]) - 40) <= 1
    assert abs(int(loud[-1]) - 49) <= 1
    assert abs(int(low.argmin()) - 60) <= 1
    low, high = Envelope(samples).render(39_000, 41_000, 200)  # nearer than a block
    assert np.flatnonzero(high)[0] == 100
