"""Bins that were labelled: counted, in any order, stretch by stretch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.spectral import labels as labels_module
from isnmf_gui.spectral.labels import LEFT, Labels

N_FRAMES, N_BINS, S = 50, 7, 3


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    rng = np.random.default_rng(seed)
    frames = rng.integers(N_FRAMES) + np.arange(6) % 4
    return frames, np.arange(6) + rng.integers(2), int(rng.integers(S))


def table(labels: Labels) -> np.ndarray:
    """Return the weights of every bin, NaN where there is no label."""
    frames, bins, weights = labels.within(0, N_FRAMES + 10)
    whole = np.full((N_FRAMES + 10, N_BINS, labels.n_sources), np.nan)
    whole[frames, bins] = weights
    return whole


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels_module, "STRETCH_FRAMES", 8)


@settings(max_examples=60, deadline=None)
@given(
    kept=st.lists(st.integers(0, 99), max_size=6),
    gone=st.lists(st.integers(0, 99), max_size=6),
    at_once=st.booleans(),
)
def test_what_came_and_went_is_not_there(kept: list[int], gone: list[int], at_once: bool) -> None:
    expected = table(Labels.of(map(drawn, kept), S, N_BINS))
    labels = Labels.of(map(drawn, gone), S, N_BINS)
    if at_once:
        labels = labels.changed(map(drawn, kept), map(drawn, gone))
    else:
        for seed in kept:
            labels = labels.changed([drawn(seed)], ())
        for seed in reversed(gone):
            labels = labels.changed((), [drawn(seed)])
    np.testing.assert_array_equal(table(labels), expected)
    assert bool(labels) == bool(kept)
    assert len(labels) == np.isfinite(expected).all(axis=2).sum()


def test_parts_of_the_frames_are_parts_of_the_whole() -> None:
    labels = Labels.of(map(drawn, range(12)), S, N_BINS)
    whole = labels.within(0, 100)
    assert (np.diff(whole[0] * N_BINS + whole[1]) > 0).all()
    pieces = [labels.within(a, b) for a, b in ((0, 5), (5, 6), (6, 6), (6, 31), (31, 100))]
    for n in range(3):
        np.testing.assert_array_equal(np.concatenate([it[n] for it in pieces]), whole[n])


def test_a_bin_that_one_source_got_oftener_is_more_its_own() -> None:
    here = np.array([9]), np.array([2])
    labels = Labels.of([(*here, 0), (*here, 0), (*here, 1)], S, N_BINS)
    np.testing.assert_allclose(labels.within(0, 50)[2], [[1, LEFT, LEFT**2]])


def test_another_stroke_leaves_other_stretches_alone() -> None:
    labels = Labels.of([(np.array([3]), np.array([1]), 0)], S, N_BINS)
    more = labels.changed([(np.array([40]), np.array([1]), 1)], ())
    assert more.stretches[0] is labels.stretches[0]
    assert len(more) == 2


def test_sources_may_come_go_and_change_places() -> None:
    labels = Labels.of(map(drawn, range(12)), S, N_BINS)
    other = labels.arranged([2, None, 0, 1])
    np.testing.assert_array_equal(table(other.arranged([2, 3, 0])), table(labels))
    without = Labels.of([it for it in map(drawn, range(12)) if it[2] != 1], S, N_BINS)
    assert len(labels.arranged([0, 2])) == len(without)
