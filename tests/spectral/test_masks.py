import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.errors import Stopped
from isnmf_gui.nmf import factorize
from isnmf_gui.spectral import (
    Factors,
    Resynthesis,
    Stft,
    gain_mask,
    gain_masks,
    mask_energies,
    part_mask,
    ratio_energies,
    wiener_sums,
)
from isnmf_gui.spectral.stft import power_of

N_BINS, N_FRAMES = 17, 23

often = settings(derandomize=True, deadline=None, max_examples=100)


def random_factors(n_bases: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.RandomState(seed)
    return random.rand(N_BINS, n_bases), random.rand(n_bases, N_FRAMES)


def error_db(result: np.ndarray, expected: np.ndarray) -> float:
    expected = expected.astype(np.float64)
    energy = np.sum((result - expected) ** 2)
    return 10 * np.log10(max(energy, 1e-300) / np.sum(expected**2))


def masks_of(factors: Factors, kind: str, power: np.ndarray | None = None) -> np.ndarray:
    if power is None:
        power = np.ones((len(factors.activation), factors.basis.shape[1]), factors.basis.dtype)
    return np.stack(
        [part_mask(factors, [k], kind)(0, len(power), power) for k in range(factors.n_parts)]
    )


@st.composite
def hostile_factors(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    basis, activation = random_factors(draw(st.integers(1, 8)), draw(st.integers(0, 1000)))
    random = np.random.RandomState(draw(st.integers(0, 1000)))
    spread = draw(st.sampled_from([0, 3, 12]))
    for factor in (basis, activation):
        factor *= 10 ** random.uniform(-spread, spread, factor.shape)
        factor[random.rand(*factor.shape) < draw(st.sampled_from([0, 0.3, 0.95, 1]))] = 0
    # Recordings from far below to far above anything audible; the basis holds their power.
    basis *= 10.0 ** draw(st.sampled_from([-45, -40, -38, -20, 0, 20, 25]))
    return basis, activation


@often
@given(hostile_factors(), st.sampled_from([1.0, 1.5, 2.0]), st.sampled_from(["f4", "f8"]))
def test_wiener_masks_sum_to_one(given_factors, domain, dtype) -> None:
    masks = masks_of(Factors.of(*given_factors, domain, dtype), "wiener")
    assert masks.dtype == dtype
    assert (masks >= 0).all()
    np.testing.assert_allclose(masks.sum(axis=0), 1, atol=1e-6 if dtype == "f4" else 1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1e-38, 1e-30, 1e-10, 1, 1e10, 1e30])
def test_wiener_masks_are_the_share_of_the_model_at_any_scale(dtype, scale) -> None:
    basis, activation = random_factors(3)
    share = basis.T[:, None, :] * activation[:, :, None]
    expected = share / share.sum(axis=0)
    for factors in (
        Factors.of(basis * scale, activation, 2.0, dtype),
        Factors.of(basis, activation * scale, 2.0, dtype),
    ):
        # Next to the smallest numbers of float32 the factors themselves are coarse.
        np.testing.assert_allclose(masks_of(factors, "wiener"), expected, atol=1e-5)


def test_bases_of_very_different_size_share_as_they_should() -> None:
    basis, activation = random_factors(2)
    expected = masks_of(Factors.of(basis, activation, 2.0, np.float64), "wiener")
    exchange = np.array([1e-30, 1e30])
    factors = Factors.of(basis * exchange, activation / exchange[:, None], 2.0, np.float32)
    np.testing.assert_allclose(masks_of(factors, "wiener"), expected, rtol=1e-5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("basis_value", "activation_value"), [(0, 0), (0, 1), (1, 0), (1e-45, 1e-45), (1e-42, 1)]
)
def test_where_nothing_is_left_all_share_equally(dtype, basis_value, activation_value) -> None:
    basis, activation = np.full((N_BINS, 4), basis_value), np.full((4, N_FRAMES), activation_value)
    masks = masks_of(Factors.of(basis, activation, 2.0, dtype), "wiener")
    np.testing.assert_allclose(masks, 0.25, rtol=1e-6)


def test_the_mask_of_a_group_is_the_sum_of_its_masks() -> None:
    factors = Factors.of(*random_factors(5), 1.5, np.float64)
    power = np.ones((N_FRAMES, N_BINS))
    group = part_mask(factors, [0, 2, 3], "wiener")(0, N_FRAMES, power)
    np.testing.assert_allclose(group, masks_of(factors, "wiener")[[0, 2, 3]].sum(axis=0))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_the_mask_of_a_stretch_is_that_of_the_whole(kind) -> None:
    factors = Factors.of(*random_factors(5), 1.5, np.float64)
    power = np.random.RandomState(1).rand(N_FRAMES, N_BINS)
    mask = part_mask(factors, [1, 4], kind)
    np.testing.assert_allclose(mask(7, 12, power[7:12]), mask(0, N_FRAMES, power)[7:12])


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("chosen", [[0], [2], [0, 2]])
def test_the_ratio_mask_is_the_sum_of_roots_of_power_over_power(domain, chosen) -> None:
    basis, activation = random_factors(3)
    power = np.random.RandomState(1).rand(N_FRAMES, N_BINS)
    parts = [(np.outer(activation[k], basis[:, k])) ** (2 / domain) for k in chosen]
    expected = sum(np.sqrt(part / power) for part in parts)
    mask = part_mask(Factors.of(basis, activation, domain, np.float64), chosen, "ratio")
    np.testing.assert_allclose(mask(0, N_FRAMES, power), expected, rtol=1e-12)


def test_the_ratio_mask_has_a_floor_for_the_amplitude() -> None:
    basis, activation = random_factors(1)
    mask = part_mask(Factors.of(basis, activation, 2.0, np.float64), [0], "ratio")
    expected = np.sqrt(np.outer(activation[0], basis[:, 0])) / 1e-12
    for least in (0.0, 1e-30, 1e-24):
        np.testing.assert_allclose(mask(0, N_FRAMES, np.full((N_FRAMES, N_BINS), least)), expected)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_silence_stays_silent(kind, dtype, level) -> None:
    stft = Stft(64, 16)
    samples = np.zeros((500, 2), np.float32)
    basis = np.full((stft.n_bins, 3), level)
    factors = Factors.of(basis, np.ones((3, stft.n_frames(500))), 2.0, dtype)
    part = Resynthesis(samples, stft, dtype).render(0, 500, part_mask(factors, [1], kind))
    np.testing.assert_array_equal(part, np.zeros((500, 2)))


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("n_channels", [1, 2, 5])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_parts_add_up_to_the_recording(domain, n_channels, dtype) -> None:
    samples = np.random.RandomState(2).uniform(-1, 1, (5000, n_channels)).astype(np.float32)
    samples[1000:2000] = 0
    stft = Stft(256, 64)
    power = stft.power(samples, dtype).T
    result = factorize(power, 6, domain=domain, n_iterations=10, dtype=dtype)
    factors = Factors.of(result.basis, result.activation, domain, dtype)
    resynthesis = Resynthesis(samples, stft, dtype)
    parts = [resynthesis.render(0, 5000, part_mask(factors, [k], "wiener")) for k in range(6)]
    assert error_db(np.sum(parts, axis=0, dtype=np.float64), samples) < -120
    assert min(np.abs(part).max() for part in parts) > 0


@often
@given(hostile_factors(), st.sampled_from([1.0, 1.5, 2.0]), st.integers(1, 4))
def test_parts_of_hostile_factors_add_up_to_the_recording(
    given_factors, domain, n_channels
) -> None:
    stft = Stft(32, 8)
    n_samples = 8 * (N_FRAMES - 1)
    assert (stft.n_bins, stft.n_frames(n_samples)) == (N_BINS, N_FRAMES)
    samples = np.random.RandomState(2).uniform(-1, 1, (n_samples, n_channels)).astype(np.float32)
    factors = Factors.of(*given_factors, domain, np.float32)
    resynthesis = Resynthesis(samples, stft)
    total = np.zeros(samples.shape)
    for k in range(factors.n_parts):
        total += resynthesis.render(0, n_samples, part_mask(factors, [k], "wiener"))
    assert error_db(total, samples) < -120


def test_a_part_has_the_phase_of_the_recording() -> None:
    stft = Stft(64, 16)
    samples = np.random.RandomState(2).uniform(-1, 1, (640, 2)).astype(np.float32)
    spectrum = stft.forward(samples, 5, 9)
    mask = part_mask(
        Factors.of(np.ones((33, 2)), np.ones((2, stft.n_frames(640))), 2.0, np.float32),
        [0],
        "wiener",
    )
    masked = spectrum * mask(5, 9, power_of(spectrum))
    np.testing.assert_allclose(masked, spectrum / 2, rtol=1e-6)


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
def test_energies_are_the_power_of_each_part_of_the_model(domain) -> None:
    basis, activation = random_factors(3)
    expected = [np.sum(np.outer(basis[:, k], activation[k]) ** (2 / domain)) for k in range(3)]
    energies = Factors.of(basis, activation, domain, np.float64).model_energies()
    np.testing.assert_allclose(energies, expected, rtol=1e-12)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("form", ["plain", "region", "edited"])
@pytest.mark.parametrize("hop", [64, 16])
def test_several_masks_at_once_render_what_each_does(kind: str, form: str, hop: int) -> None:
    """Also where the frames of a block come in several batches."""
    rng = np.random.default_rng(0)
    samples = rng.standard_normal((70_000, 2)).astype(np.float32)
    stft = Stft(256, hop)
    n_frames = stft.n_frames(len(samples))
    basis, activation = rng.random((129, 5)), rng.random((5, n_frames))
    factors = Factors.of(basis, activation, 1.5, "f4", (9, n_frames - 40))
    if form == "plain":
        factors = Factors.of(basis, activation, 1.5, "f4")
    elif form == "edited":  # two terms of one part, and a model that they are not all of
        parts = np.array([0, 1, 1, 2])
        some = Factors.of(basis[:, :4], activation[:4], 1.5, "f4", (9, n_frames))
        factors = Factors(some.basis, some.activation, 1.5, some.frames, parts, factors)
    gains = rng.random((3, factors.n_parts)) * [[1], [0], [2]]
    resynthesis = Resynthesis(samples, stft)
    for start, stop in ((0, 70_000), (1000, 1001), (69_000, 70_000)):
        together = resynthesis.render_each(start, stop, gain_masks(factors, gains, kind))
        assert len(together) == 3
        for sound, its_gains in zip(together, gains, strict=True):
            expected = resynthesis.render(start, stop, gain_mask(factors, its_gains, kind))
            assert sound.dtype == np.float32
            assert np.sum((sound - expected) ** 2) <= 1e-14 * np.sum(samples[start:stop] ** 2)


def test_masks_that_are_the_same_are_rendered_bit_for_bit() -> None:
    samples = np.random.default_rng(0).standard_normal((30_000, 1)).astype(np.float32)
    resynthesis = Resynthesis(samples, Stft(256, 64))

    def mask(first: int, last: int, power: np.ndarray) -> np.ndarray:
        return np.sqrt(power) / (1 + power)

    each = resynthesis.render_each(500, 20_000, lambda *where: iter([mask(*where), mask(*where)]))
    for sound in each:
        assert np.array_equal(sound, resynthesis.render(500, 20_000, mask))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("hop", [8, 11])
def test_energies_of_frames_add_up_to_those_of_the_sounds(kind: str, hop: int) -> None:
    """Of several masks at once; with frames that reach beyond both ends."""
    stft, samples = Stft(32, hop), np.random.RandomState(5).randn(300, 2)
    n_frames = stft.n_frames(len(samples))
    random = np.random.RandomState(6)
    factors = Factors.of(random.rand(17, 3), random.rand(3, n_frames), 1.5, np.float64)
    resynthesis = Resynthesis(samples, stft, np.float64)
    gains = [np.array(it, float) for it in ([1, 0, 0], [0, 1, 1])]
    found = np.sum(
        [
            resynthesis.energies_of_frames(
                n, min(n + 4, n_frames), gain_masks(factors, gains, kind)
            )
            for n in range(0, n_frames, 4)
        ],
        axis=0,
    )
    sounds = [resynthesis.render(0, 300, gain_mask(factors, it, kind)) for it in gains]
    np.testing.assert_allclose(found, [np.sum(it**2) for it in sounds], rtol=1e-9)


@pytest.mark.parametrize("frames", [None, (100, 400)])
@pytest.mark.parametrize("n_threads", [1, 3])
def test_energies_of_blocks_are_those_of_the_whole(frames, n_threads, monkeypatch) -> None:
    rng = np.random.default_rng(1)
    power = rng.exponential(1, (700, 33))
    factors = Factors.of(rng.random((33, 4)), rng.random((4, 700)), 1.4, np.float64, frames)
    chosen = slice(*(frames or (0, 700)))
    monkeypatch.setattr(mask_energies, "ELEMENTS_AT_ONCE", 33 * 50)
    found = wiener_sums(factors, lambda *ends: power[slice(*ends)], 7, n_threads)
    ratio = ratio_energies(factors, 7)
    for part in range(4):
        wiener = part_mask(factors, [part], "wiener")(0, 700, power)
        np.testing.assert_allclose(found.powers[part], np.sum(wiener * power), rtol=1e-12)
        for kind, sums in (("wiener", found.energies), ("ratio", ratio)):
            of_frames = (part_mask(factors, [part], kind)(0, 700, power) ** 2 * power).sum(axis=1)
            expected = np.add.reduceat(of_frames[chosen], np.arange(0, len(of_frames[chosen]), 7))
            np.testing.assert_allclose(sums[:, part], expected, rtol=1e-12)
    assert found.shares.sum() == pytest.approx(1)
    silent = wiener_sums(factors, lambda *ends: 0 * power[slice(*ends)], 7)
    assert not silent.energies.any()
    assert not silent.shares.any()


@pytest.mark.parametrize("n_threads", [1, 3])
def test_looking_through_a_recording_stops_between_blocks(n_threads, monkeypatch) -> None:
    rng, n_read, shares = np.random.default_rng(1), [], []
    power = rng.exponential(1, (700, 33))
    factors = Factors.of(rng.random((33, 4)), rng.random((4, 700)), 2.0, np.float64)
    monkeypatch.setattr(mask_energies, "ELEMENTS_AT_ONCE", 33 * 10)

    def read(first: int, last: int) -> np.ndarray:
        n_read.append(first)
        time.sleep(0.002)
        return power[first:last]

    with pytest.raises(Stopped):
        wiener_sums(factors, read, 1, n_threads, lambda share: shares.append(share) or share < 0.1)
    assert shares == pytest.approx([n / 70 for n in range(1, 8)])
    assert len(n_read) < 35
