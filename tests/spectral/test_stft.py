import time

import numpy as np
import pytest
import scipy.signal
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from isnmf_gui.errors import SettingsError
from isnmf_gui.spectral import Resynthesis, Stft, stft

WINDOWS = ("hann", "hamming", "blackman", "boxcar")

often = settings(derandomize=True, deadline=None, max_examples=120)
seldom = settings(derandomize=True, deadline=None, max_examples=60)


def noise(n_samples: int, n_channels: int = 1, dtype: type = np.float32) -> np.ndarray:
    random = np.random.RandomState(n_samples + n_channels)
    return random.uniform(-1, 1, (n_samples, n_channels)).astype(dtype)


def everything(first: int, last: int, power: np.ndarray) -> np.ndarray:
    return np.ones_like(power)


def error_db(result: np.ndarray, expected: np.ndarray) -> float:
    expected = expected.astype(np.float64)
    energy = np.sum((result - expected) ** 2)
    return 10 * np.log10(max(energy, 1e-300) / max(np.sum(expected**2), 1e-300))


@st.composite
def transforms(draw: st.DrawFn) -> Stft:
    size = draw(st.sampled_from([64, 256, 1024]) | st.integers(8, 300))
    hop = draw(st.integers(max(1, size // 32), size // 2) | st.integers(size // 2, size))
    try:
        return Stft(size, hop, draw(st.sampled_from(WINDOWS)))
    except SettingsError:
        assume(hop <= size // 3)
        raise


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(
    ("size", "hop"),
    [(8, 2), (9, 4), (64, 16), (64, 17), (65, 16), (101, 23), (256, 128), (1024, 256)],
)
@pytest.mark.parametrize("n_samples", [1024, 1500, 3001])
def test_the_spectrum_is_that_of_scipy(window, size, hop, n_samples) -> None:
    samples = noise(n_samples, 2, np.float64)
    _, _, expected = scipy.signal.stft(samples.T, window=window, nperseg=size, noverlap=size - hop)
    transform = Stft(size, hop, window)
    n_frames = transform.n_frames(n_samples)
    result = transform.forward(samples, 0, n_frames, np.float64)
    assert result.shape == (2, n_frames, transform.n_bins)
    np.testing.assert_allclose(result.transpose(0, 2, 1), expected, atol=1e-13)


def test_power_is_summed_over_the_channels() -> None:
    samples = noise(3000, 3, np.float64)
    _, _, spectrum = scipy.signal.stft(samples.T, nperseg=256, noverlap=192)
    power = Stft(256, 64).power(samples, np.float64)
    assert power.flags.c_contiguous
    np.testing.assert_allclose(power.T, np.sum(np.abs(spectrum) ** 2, axis=0), atol=1e-13)


def test_batches_are_the_whole_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    samples, transform = noise(3000, 2), Stft(256, 64)
    whole = transform.power(samples)
    monkeypatch.setattr(stft, "BATCH_ELEMENTS", 256 * 7)
    assert len(list(transform.batches(0, transform.n_frames(3000)))) > 5
    np.testing.assert_allclose(transform.power(samples), whole, rtol=1e-5)
    result = Resynthesis(samples, transform).render(0, 3000, everything)
    assert error_db(result, samples) < -120


@often
@given(transforms(), st.integers(1, 700) | st.integers(1, 9000), st.integers(1, 16))
@example(Stft(1024, 256), 1, 1)
@example(Stft(1024, 256), 1023, 16)
@example(Stft(2, 1), 1, 1)
def test_nothing_is_lost_on_the_way_and_back(transform, n_samples, n_channels) -> None:
    samples = noise(n_samples, n_channels)
    result = Resynthesis(samples, transform).render(0, n_samples, everything)
    assert result.shape == samples.shape
    assert result.dtype == np.float32
    assert error_db(result, samples) < -120


@seldom
@given(transforms(), st.integers(1, 3000))
def test_nothing_is_lost_in_double_precision(transform, n_samples) -> None:
    samples = noise(n_samples, 2, np.float64)
    result = Resynthesis(samples, transform, np.float64).render(0, n_samples, everything)
    assert error_db(result, samples) < -250


@seldom
@given(transforms(), st.integers(1, 5000), st.data())
def test_a_stretch_alone_is_that_of_the_whole(transform, n_samples, data) -> None:
    start = data.draw(st.integers(0, n_samples - 1))
    stop = data.draw(st.integers(start + 1, n_samples))
    samples = noise(n_samples, 2)

    def mask(first: int, last: int, power: np.ndarray) -> np.ndarray:
        frames, bins = np.arange(first, last)[:, None], np.arange(transform.n_bins)
        return (0.5 + 0.5 * np.sin(0.7 * frames + 0.3 * bins)).astype(np.float32)

    resynthesis = Resynthesis(samples, transform)
    whole = resynthesis.render(0, n_samples, mask)
    np.testing.assert_allclose(resynthesis.render(start, stop, mask), whole[start:stop], atol=2e-6)


@pytest.mark.parametrize("n_samples", [1, 100, 65_535, 65_536, 65_537, 200_000])
def test_blocks_are_the_whole_recording(n_samples) -> None:
    samples = noise(n_samples, 2)
    blocks = list(Resynthesis(samples, Stft(512, 128)).blocks(everything))
    assert error_db(np.concatenate(blocks), samples) < -120


def test_an_empty_stretch_is_empty() -> None:
    resynthesis = Resynthesis(noise(1000, 3), Stft(64, 16))
    assert resynthesis.render(10, 10, everything).shape == (0, 3)
    assert list(Resynthesis(noise(0, 3), Stft(64, 16)).blocks(everything)) == []


def test_an_empty_recording_has_a_spectrogram() -> None:
    power = Stft(64, 16).power(noise(0, 2))
    assert power.shape[1] == 33
    assert not power.any()


@pytest.mark.parametrize(
    ("size", "hop"), [(1, 1), (0, 1), (-4, 1), (64, 0), (64, -1), (64, 65), (2, 3)]
)
def test_sizes_out_of_range_are_refused(size, hop) -> None:
    with pytest.raises(SettingsError, match=f"{size} and {hop}"):
        Stft(size, hop)


@pytest.mark.parametrize(
    ("window", "size", "hop"),
    [("hann", 64, 64), ("hann", 1024, 1023), ("blackman", 64, 64), ("hann", 2, 2)],
)
def test_what_cannot_be_inverted_is_refused(window, size, hop) -> None:
    with pytest.raises(SettingsError, match="smaller hop"):
        Stft(size, hop, window)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("size", [16, 33, 64])
def test_whatever_is_accepted_can_be_inverted(window, size) -> None:
    n_accepted = 0
    for hop in range(1, size + 1):
        try:
            transform = Stft(size, hop, window)
        except SettingsError:
            continue
        n_accepted += 1
        for n_samples in (1, 5, size, 3 * size + 1, 200):
            samples = noise(n_samples, 2)
            result = Resynthesis(samples, transform).render(0, n_samples, everything)
            assert error_db(result, samples) < -120, (hop, n_samples)
    assert n_accepted >= size // 2


def test_a_window_that_overlaps_everywhere_may_have_any_hop() -> None:
    assert Stft(64, 64, "boxcar").n_frames(640) == 11
    assert Stft(64, 64, "hamming").n_bins == 33


def test_a_window_of_very_many_hops_is_made_quickly() -> None:
    began = time.perf_counter()
    transform = Stft(65_536, 1)
    assert transform.n_frames(10) == 11
    assert time.perf_counter() - began < 2
