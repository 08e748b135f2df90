import numpy as np
import pytest

from isnmf_gui.spectral import ComponentLevels, Factors, Resynthesis, Stft, part_mask

RATE = 8000


def three_tones(window_samples: int = 512) -> tuple[np.ndarray, Stft, np.ndarray, np.ndarray]:
    """Tones at amplitude 0.5, 0.25 and 0.01, the second one silent in the first half."""
    time_s = np.arange(2 * RATE) / RATE
    tones = np.stack([a * np.sin(2 * np.pi * f * time_s) for a, f in TONES], axis=1)
    tones[:RATE, 1] = 0
    stft = Stft(window_samples, window_samples // 4)
    powers = [stft.power(tone[:, None].astype(np.float32), np.float64) for tone in tones.T]
    basis = np.stack([power.mean(axis=0) for power in powers], axis=1)
    basis /= basis.sum(axis=0)
    activation = np.stack([power.sum(axis=1) for power in powers])
    return tones.astype(np.float32), stft, basis, activation


# Where ratio masks meet dips in the noise, their frames do not agree that well.
TOLERANCE = {"wiener": 0.03, "ratio": 0.2}
TONES = ((0.5, 500.0), (0.25, 1500.0), (0.01, 3000.0))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("n_channels", [1, 3])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("window_samples", [511, 512])
def test_levels_are_the_root_mean_square_of_each_tone(
    kind, n_channels, dtype, window_samples
) -> None:
    tones, stft, basis, activation = three_tones(window_samples)
    samples = np.repeat(tones.sum(axis=1)[:, None], n_channels, axis=1)
    factors = Factors.of(basis, n_channels * activation, 2.0, dtype)
    levels = ComponentLevels(samples, stft, factors, kind)
    expected = np.array([amplitude for amplitude, _ in TONES]) / np.sqrt(2)
    np.testing.assert_allclose(levels.at(3 * RATE // 2), expected, rtol=0.01)
    before = levels.at(RATE // 2)
    np.testing.assert_allclose(before[[0, 2]], expected[[0, 2]], rtol=0.01)
    assert before[1] < 0.01 * expected[1]


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("domain", [1.0, 2.0])
def test_levels_are_those_of_the_parts_as_heard(kind, domain) -> None:
    random = np.random.default_rng(3)
    samples = random.uniform(-0.5, 0.5, (4000, 2)).astype(np.float32)
    stft = Stft(256, 64)
    # Masks that hardly change from frame to frame and bin to bin: else overlapping frames do not
    # agree, and what is heard is less than what is in each of them.
    level = stft.power(samples).mean() ** (domain / 2)
    places = np.linspace(0, 1, stft.n_bins)[:, None]
    basis = level * (1 + np.cos(3 * places + np.arange(4)))
    activation = np.repeat([[1.0], [0.5], [0.25], [0.1]], stft.n_frames(4000), axis=1)
    factors = Factors.of(basis, activation, domain, np.float32)
    levels = ComponentLevels(samples, stft, factors, kind)
    found = np.mean([levels.at(at) ** 2 for at in range(1000, 3000, 64)], axis=0)
    resynthesis = Resynthesis(samples, stft)
    for k in range(4):
        part = resynthesis.render(1000, 3000, part_mask(factors, [k], kind))
        assert np.sqrt(found[k]) == pytest.approx(np.sqrt(np.mean(part**2)), rel=TOLERANCE[kind])


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("n_samples", [1, 100, 5000])
def test_places_outside_are_clipped_and_silence_is_silent(kind, n_samples) -> None:
    stft = Stft(512, 128)
    factors = Factors.of(
        np.zeros((stft.n_bins, 2)), np.zeros((2, stft.n_frames(n_samples))), 2.0, np.float32
    )
    levels = ComponentLevels(np.zeros((n_samples, 1), np.float32), stft, factors, kind)
    for sample in (-5, 0, n_samples - 1, n_samples, 10 * n_samples + 5000):
        np.testing.assert_array_equal(levels.at(sample), 0)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_nothing_sounds_outside_the_frames_that_were_factorized(kind) -> None:
    tones, stft, basis, activation = three_tones()
    factors = Factors.of(basis, activation, 2.0, np.float32, frames=(50, 100))
    levels = ComponentLevels(tones[:, :1], stft, factors, kind)
    assert levels.at(75 * 128).any()
    assert not levels.at(49 * 128).any()
    assert not levels.at(100 * 128).any()
