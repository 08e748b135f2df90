"""Pictures of shared components, and of who wins: as the real masks have it."""

import numpy as np
import pytest

from isnmf_gui.spectral.factors import Factors
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.pictures import shared_pictures
from isnmf_gui.spectral.pictures.factor_pictures import LoudestFrames, MaskedPictures
from isnmf_gui.spectral.pictures.grid import Grid, Span, decibels
from isnmf_gui.spectral.pictures.power_pictures import STEP_DB, PowerPictures, codes_of
from isnmf_gui.spectral.pictures.shared_pictures import labels_at, shared_mask_of
from isnmf_gui.spectral.pictures.source_pictures import N_STEPS, SourcePictures, Winners
from isnmf_gui.spectral.sharing import Sharing, effective_gains, shared_mask
from tests.spectral.pictures.test_pictures import pooled_directly

N_FRAMES, N_BINS, K, S = 600, 40, 5, 3
GRID = Grid(0.01, 20.0)
ALL_TIME, ALL_BINS = Span(-0.5, N_FRAMES - 0.5, N_FRAMES), Span(-0.5, N_BINS - 0.5, N_BINS)


def some_factors(seed: int = 3, **more) -> Factors:
    rng = np.random.default_rng(seed)
    basis = rng.standard_exponential((K, N_BINS)).astype(np.float32)
    activation = rng.standard_exponential((N_FRAMES, K)).astype(np.float32)
    return Factors(basis, activation, 1.5, **more)


@pytest.fixture
def sharing() -> Sharing:
    rng = np.random.default_rng(5)
    belongs = rng.random((K, S))
    strokes = []
    for source in (0, 1, 2, 1):
        places = np.unique(rng.integers(0, N_FRAMES * N_BINS, 900))
        strokes.append((places // N_BINS, places % N_BINS, source))
    return Sharing(belongs / belongs.sum(axis=1, keepdims=True), Labels.of(strokes, S, N_BINS))


@pytest.fixture
def power() -> np.ndarray:
    rng = np.random.default_rng(4)
    return (1e-3 * rng.standard_exponential((N_FRAMES, N_BINS))).astype(np.float32)


def masks(factors: Factors, sharing: Sharing, power: np.ndarray, kind: str) -> np.ndarray:
    """The real masks of all sources, shape (S, N_FRAMES, N_BINS)."""
    every = [np.broadcast_to(np.eye(S)[s], (K, S)) for s in range(S)]
    return np.array([shared_mask(factors, it, kind, sharing)(0, N_FRAMES, power) for it in every])


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("pixels", [60, 333])
def test_a_mix_is_exact_where_every_frame_has_a_pixel(sharing, power, kind, pixels) -> None:
    factors, pairs = some_factors(), np.random.default_rng(1).random((K, S))
    pictures = PowerPictures(codes_of(power), GRID)
    gains = effective_gains(pairs, sharing)
    mask_of = shared_mask_of(pairs, kind, sharing)
    masked = MaskedPictures(pictures, factors, GRID, mask_of, gains)
    time, frequency = Span(99.5, 159.5, pixels), Span(1.2, 33.3, 25, True)
    mask = shared_mask(factors, pairs, kind, sharing)(0, N_FRAMES, power)
    expected = decibels(pooled_directly(mask**2 * power, time, frequency), float(power.max()))
    result = masked.render(time, frequency)
    seen = expected > -60
    assert np.abs(result - expected)[seen].max() < 3 * STEP_DB


@pytest.mark.parametrize("many", [0, 10**6])
def test_from_afar_the_loudest_frames_are_exact_with_their_labels(
    sharing, power, many, monkeypatch
) -> None:
    monkeypatch.setattr(shared_pictures, "MANY_LABELS", many)
    factors, pairs = some_factors(), np.zeros((K, S))
    pairs[:, 1] = 1.0
    pictures, gains = PowerPictures(codes_of(power), GRID), effective_gains(pairs, sharing)
    mask_of = shared_mask_of(pairs, "wiener", sharing)
    masked = MaskedPictures(pictures, factors, GRID, mask_of, gains)
    time = Span(-0.5, N_FRAMES - 0.5, 30)
    shown = LoudestFrames(factors, gains).under(time)
    exact = masks(factors, sharing, power, "wiener")[1] ** 2 * power
    expected = decibels(exact[shown].T, float(power.max()))
    np.testing.assert_allclose(masked.render(time, ALL_BINS), expected, atol=3 * STEP_DB)


def test_labels_are_found_at_chosen_frames_and_bins(sharing) -> None:
    frames = np.array([3, 4, *range(17, 600, 7)])
    bins = np.array([0, 0, 1, 5, 7, 7, 8, 39])
    rows, columns, weights = labels_at(sharing.labels, frames, bins)
    found = {(r, c): w.tolist() for r, c, w in zip(rows, columns, weights, strict=True)}
    every = zip(*sharing.labels.within(0, N_FRAMES), strict=True)
    known = {(f, b): w.tolist() for f, b, w in every}
    expected = {
        (row, column): known[frame, place]
        for row, frame in enumerate(frames.tolist())
        for column, place in enumerate(bins.tolist())
        if (frame, place) in known
    }
    assert found == expected
    assert len(found) > 50
    assert np.all(np.diff(rows) >= 0)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_who_wins_every_bin_is_what_the_masks_say(sharing, power, kind) -> None:
    factors = some_factors()
    pictures = PowerPictures(codes_of(power), GRID)
    won = SourcePictures(pictures, factors, GRID, sharing, kind).render(ALL_TIME, ALL_BINS)
    real = masks(factors, sharing, power, kind)
    real /= real.sum(axis=0)
    np.testing.assert_allclose(won.shares, real.max(axis=0).T, atol=1e-5)
    clear = np.sort(real, axis=0)[-1] - np.sort(real, axis=0)[-2] > 1e-5
    assert (won.sources == real.argmax(axis=0).T)[clear.T].all()


def test_a_pixel_of_several_bins_weighs_them_by_their_power(sharing, power) -> None:
    factors = some_factors()
    pictures = PowerPictures(codes_of(power), GRID)
    scene = SourcePictures(pictures, factors, GRID, sharing, "wiener")
    time, frequency = Span(-0.5, N_FRAMES - 0.5, 25), Span(-0.5, N_BINS - 0.5, 8)
    won = scene.render(time, frequency)
    shown = LoudestFrames(factors, np.ones(K)).under(time)
    held = (masks(factors, sharing, power, "wiener") * power)[:, shown]
    held = held.reshape(S, 25, 8, 5).sum(axis=3)
    shares = held / held.sum(axis=0)
    np.testing.assert_allclose(won.shares, shares.max(axis=0).T, atol=1e-3)
    assert (won.sources == shares.argmax(axis=0).T).mean() > 0.99


def test_outside_of_what_was_separated_nobody_wins(sharing, power) -> None:
    factors = some_factors(frames=(200, 400))
    pictures = PowerPictures(codes_of(power), GRID)
    won = SourcePictures(pictures, factors, GRID, sharing, "wiener").render(ALL_TIME, ALL_BINS)
    assert (won.shares[:, 200:400] > 0.3).all()
    assert not won.shares[:, :200].any()
    assert not won.shares[:, 400:].any()


def test_terms_of_merged_parts_count_together(sharing, power) -> None:
    """Two terms of one part have its memberships; silence is shared out like the model."""
    parts = np.array([0, 1, 1, 2, 2])
    factors = some_factors(parts=parts)
    belongs = np.eye(3)
    shared = Sharing(belongs, Labels.of([], 3, N_BINS))
    pictures = PowerPictures(codes_of(np.where(np.arange(N_BINS) < 9, 0, power)), GRID)
    won = SourcePictures(pictures, factors, GRID, shared, "wiener").render(ALL_TIME, ALL_BINS)
    terms = factors.activation[:, :, None] * factors.basis
    models = np.array([terms[:, parts == part].sum(axis=1) for part in range(3)])
    shares = models / models.sum(axis=0)
    np.testing.assert_allclose(won.shares, shares.max(axis=0).T, atol=1e-5)


def test_certainty_runs_from_equal_shares_to_all() -> None:
    shares = np.array([[0.0, 0.25, 0.3, 0.625, 1.0]], np.float32)
    won = Winners(np.zeros((1, 5), np.uint8), shares)
    steps = won.certainty(4)[0].tolist()
    assert steps[:2] == [0, 0]
    assert steps[3] == N_STEPS // 2
    assert steps[4] == N_STEPS - 1
    assert 0 < steps[2] < steps[3]
    assert won.certainty(1)[0].tolist()[-1] == N_STEPS - 1
