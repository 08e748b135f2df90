"""Masks of shared components: sources add up to the recording, labelled bins included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.spectral import Factors, gain_mask
from isnmf_gui.spectral.labels import LEFT, Labels
from isnmf_gui.spectral.sharing import Sharing, effective_gains, shared_mask, shared_masks

N_FRAMES, N_BINS, K, S = 30, 17, 5, 3


def some_factors(rng: np.random.Generator, dtype: str = "float64", **more) -> Factors:
    basis, activation = rng.random((N_BINS, K)), rng.random((K, N_FRAMES))
    return Factors.of(basis, activation, 1.5, dtype, **more)


def some_sharing(rng: np.random.Generator, n_strokes: int = 4) -> Sharing:
    belongs = rng.random((K, S))
    belongs /= belongs.sum(axis=1, keepdims=True)
    strokes = []
    for _ in range(n_strokes):
        n = rng.integers(1, 12)
        places = rng.integers(0, N_FRAMES, n), rng.integers(0, N_BINS, n)
        strokes.append((*places, int(rng.integers(S))))
    return Sharing(belongs, Labels.of(strokes, S, N_BINS))


def sources(sharing: Sharing, factors: Factors, kind: str = "wiener", power=None) -> np.ndarray:
    """Return the masks of all sources, shape (S, N_FRAMES, N_BINS)."""
    every = [np.broadcast_to(np.eye(S)[s], (K, S)) for s in range(S)]
    power = np.ones((N_FRAMES, N_BINS)) if power is None else power
    return np.array([shared_mask(factors, it, kind, sharing)(0, N_FRAMES, power) for it in every])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 6), st.sampled_from(["float32", "float64"]))
def test_sources_add_up_to_the_recording(seed, n_strokes, dtype) -> None:
    rng = np.random.default_rng(seed)
    factors, sharing = some_factors(rng, dtype), some_sharing(rng, n_strokes)
    masks = sources(sharing, factors)
    np.testing.assert_allclose(masks.sum(axis=0), 1, atol=1e-5 if dtype == "float32" else 1e-12)
    assert (masks >= 0).all()


def test_where_nothing_is_labelled_memberships_are_gains() -> None:
    rng = np.random.default_rng(1)
    factors, sharing = some_factors(rng), some_sharing(rng, 0)
    gains = rng.random((K, S))
    made = shared_mask(factors, gains, "wiener", sharing)(3, 20, np.ones((17, N_BINS)))
    plain = gain_mask(factors, effective_gains(gains, sharing), "wiener")(3, 20, np.ones(1))
    np.testing.assert_array_equal(made, plain)


def test_a_labelled_bin_goes_to_its_source() -> None:
    rng = np.random.default_rng(2)
    factors = some_factors(rng)
    belongs = np.full((K, S), 1 / S)
    here = np.array([4]), np.array([7])
    sharing = Sharing(belongs, Labels.of([(*here, 1)], S, N_BINS))
    masks = sources(sharing, factors)
    np.testing.assert_allclose(masks[1, 4, 7], 1 / (1 + 2 * LEFT))
    np.testing.assert_allclose(masks[0, 4, 7], LEFT / (1 + 2 * LEFT))
    others = np.ones((N_FRAMES, N_BINS), bool)
    others[4, 7] = False
    np.testing.assert_allclose(masks[:, others], 1 / S)


def test_contradicting_labels_cancel_one_another() -> None:
    here = np.array([4]), np.array([7])
    labels = Labels.of([(*here, 0), (*here, 1)], S, N_BINS)
    np.testing.assert_allclose(labels.within(0, N_FRAMES)[2], [[1, 1, LEFT]])
    again = Labels.of([(*here, 1), (*here, 0)], S, N_BINS)
    np.testing.assert_array_equal(labels.within(0, 9)[2], again.within(0, 9)[2])


def test_the_formula() -> None:
    """m = Σ_s F_s Σ_k g_ks A_ks φ_k / Σ_s F_s Σ_k A_ks φ_k, written out bin by bin."""
    rng = np.random.default_rng(5)
    factors, sharing = some_factors(rng), some_sharing(rng)
    gains = rng.random((K, S))
    made = shared_mask(factors, gains, "wiener", sharing)(0, N_FRAMES, np.ones(1))
    products = factors.activation[:, None, :] * factors.basis.T[None]
    shares = products / products.sum(axis=2, keepdims=True)
    weights = np.ones((N_FRAMES, N_BINS, S))
    frames, bins, labelled = sharing.labels.within(0, N_FRAMES)
    weights[frames, bins] = labelled
    belongs = sharing.memberships
    above = np.einsum("nfs,ks,ks,nfk->nf", weights, gains, belongs, shares)
    below = np.einsum("nfs,ks,nfk->nf", weights, belongs, shares)
    np.testing.assert_allclose(made, above / below, rtol=1e-9)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_several_masks_are_those_one_by_one_in_any_stretch(kind) -> None:
    rng = np.random.default_rng(6)
    factors, sharing = some_factors(rng, frames=(5, 25)), some_sharing(rng)
    mixes, power = [rng.random((K, S)) for _ in range(3)], rng.random((N_FRAMES, N_BINS)) + 0.1
    several = list(shared_masks(factors, mixes, kind, sharing)(0, N_FRAMES, power))
    for mix, made in zip(mixes, several, strict=True):
        one = shared_mask(factors, mix, kind, sharing)
        np.testing.assert_allclose(made, one(0, N_FRAMES, power), rtol=1e-9)
        pieces = [one(a, b, power[a:b]) for a, b in ((0, 7), (7, 23), (23, N_FRAMES))]
        np.testing.assert_allclose(np.concatenate(pieces), made, rtol=1e-9)
        assert not made[:5].any()
        assert not made[25:].any()


def test_edited_parts_leave_the_same_to_the_residual() -> None:
    """Φ < 1 where parts were edited: labels share out what they have, no more."""
    rng = np.random.default_rng(7)
    model = some_factors(rng)
    quieter = Factors(model.basis, 0.25 * model.activation, 1.5, model=model)
    sharing = some_sharing(rng)
    whole = sources(sharing, quieter).sum(axis=0)
    np.testing.assert_allclose(whole, 0.25, rtol=1e-9)
