"""A box of a recording by itself: where it is, what is left outside, and at what level it is."""

import numpy as np
import pytest
from numpy.typing import NDArray

from isnmf_gui.spectral.cutting import LEAST_S, OUTSIDE_DB, Cut, CutReader
from isnmf_gui.spectral.strokes import Box

RATE = 44_100
N = 3 * RATE
Samples = NDArray[np.floating]


def noise(n_channels: int = 2) -> NDArray[np.float32]:
    return np.random.default_rng(3).normal(0, 0.1, (N, n_channels)).astype(np.float32)


def cut_of(box: Box) -> Cut:
    cut = Cut.of(box, RATE, N)
    assert cut is not None
    return cut


def heard(samples: Samples, cut: Cut, n_block: int = 1000) -> Samples:
    reader = CutReader(cut, lambda a, b: samples[a:b], samples.shape[1])
    return np.concatenate([reader.read(a, min(a + n_block, N)) for a in range(0, N, n_block)])


def outside_db(samples: Samples, low_hz: float, high_hz: float) -> float:
    power = (np.abs(np.fft.rfft(samples.astype(float), axis=0)) ** 2).sum(axis=1)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(10 * np.log10(power[(hertz < low_hz) | (hertz > high_hz)].sum() / power.sum()))


@pytest.mark.parametrize(
    "box",
    [
        Box(1.0, 1.2, 1000, 2000),
        Box(1.0, 1.2, 100, 10_000),
        Box(0.5, 2.5, 300, 420),
        Box(1.0, 1.5, 0, 500),
        Box(1.0, 1.5, 8000, 40_000),
    ],
)
def test_nothing_is_left_outside_of_the_band(box: Box) -> None:
    found = heard(noise(), cut_of(box))
    assert outside_db(found, box.low_hz, box.high_hz) < -OUTSIDE_DB


@pytest.mark.parametrize("box", [Box(1.0, 1.2, 1000, 2000), Box(1.0, 1.4, 60, 75)])
def test_nothing_is_left_outside_of_the_stretch_but_what_rings(box: Box) -> None:
    cut, found = cut_of(box), heard(noise(), cut_of(box))
    first, last = cut.heard(N)
    assert last - first <= round((box.stop_s - box.start_s + 0.26) * RATE)
    assert np.abs(found[:first]).max() < 1e-7
    assert np.abs(found[last:]).max() < 1e-7


def test_what_lies_beside_it_in_time_is_not_smeared_into_it() -> None:
    samples = np.zeros((N, 1), np.float32)
    samples[round(1.21 * RATE)] = 1.0
    assert not heard(samples, cut_of(Box(1.0, 1.2, 100, 140))).any()


def test_a_tone_in_the_middle_keeps_level_and_phase() -> None:
    tone = 0.3 * np.sin(2 * np.pi * 1400 * np.arange(N) / RATE)[:, None].astype(np.float32)
    found = heard(tone, cut_of(Box(1.0, 1.2, 1000, 2000)))
    inside = slice(round(1.03 * RATE), round(1.17 * RATE))
    np.testing.assert_allclose(found[inside], tone[inside], atol=1e-4)


def test_a_fifth_of_a_second_is_heard_but_for_its_fades() -> None:
    samples = noise()
    found = heard(samples, cut_of(Box(1.0, 1.2, 0, RATE)))
    whole = slice(round(1.01 * RATE) + 1, round(1.19 * RATE) - 1)
    np.testing.assert_array_equal(found[whole], samples[whole])
    assert 0 < (found[RATE + 200] / samples[RATE + 200]).mean() < 1


@pytest.mark.parametrize("n_block", [17, 882, 50_000, N])
def test_samples_do_not_depend_on_blocks(n_block: int) -> None:
    samples, cut = noise(), cut_of(Box(0.9, 1.6, 200, 900))
    np.testing.assert_allclose(heard(samples, cut, n_block), heard(samples, cut), atol=1e-6)


def test_reading_may_begin_anywhere_and_skip() -> None:
    samples, cut = noise(), cut_of(Box(0.9, 1.6, 200, 900))
    whole, reader = heard(samples, cut), CutReader(cut, lambda a, b: samples[a:b], 2)
    for start, stop in ((RATE, RATE + 500), (RATE + 5000, RATE + 9000), (N - 100, N)):
        np.testing.assert_allclose(reader.read(start, stop), whole[start:stop], atol=1e-6)


def test_the_whole_is_asked_for_forward_and_within_the_stretch_only() -> None:
    samples, cut, asked = noise(), cut_of(Box(0.9, 1.6, 200, 900)), []

    def read(start: int, stop: int) -> Samples:
        asked.append((start, stop))
        return samples[start:stop]

    reader = CutReader(cut, read, 2)
    for start in range(0, N, 882):
        reader.read(start, start + 882)
    edges = [edge for pair in asked for edge in pair]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == (cut.first, cut.last)


@pytest.mark.parametrize(
    "box",
    [
        Box(-2.0, -1.0, 100, 200),
        Box(3.5, 4.0, 100, 200),
        Box(1.0, 2.0, 30_000, 40_000),
        Box(1.0, 2.0, -200, -100),
    ],
)
def test_there_is_nothing_outside_of_the_recording(box: Box) -> None:
    assert Cut.of(box, RATE, N) is None


def test_a_box_that_reaches_outside_is_what_lies_inside() -> None:
    cut = cut_of(Box(-1.0, 9.0, -5.0, 1e6))
    assert (cut.first, cut.last, cut.taps) == (0, N, None)


def test_a_box_of_one_point_is_heard() -> None:
    cut = cut_of(Box(1.0, 1.0, 440.0, 440.0))
    assert cut.last - cut.first == round(LEAST_S * RATE)
    tone = np.sin(2 * np.pi * 440 * np.arange(N) / RATE)[:, None].astype(np.float32)
    found = heard(tone, cut)
    assert np.isfinite(found).all()
    assert np.abs(found).max() > 0.05
