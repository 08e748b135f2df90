"""Resampling block by block: exactly as long as it has to be, whatever the blocks."""

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.session.export.stems.rendering import Resampler, in_groups, n_resampled

RATES = (8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000)


def resampled(samples: np.ndarray, rate: int, new_rate: int, ends: list[int]) -> np.ndarray:
    resample = Resampler(rate, new_rate, samples.shape[1], len(samples), np.dtype("float32"))
    blocks = np.split(samples, ends)
    last = len(blocks) - 1
    return np.concatenate([resample(it, is_last=n == last) for n, it in enumerate(blocks)])


@settings(max_examples=60, deadline=None)
@given(
    n_samples=st.integers(1, 3_000),
    rate=st.sampled_from(RATES),
    new_rate=st.sampled_from(RATES),
    cuts=st.lists(st.floats(0, 1), max_size=4),
)
def test_the_length_is_exact(n_samples, rate, new_rate, cuts) -> None:
    samples = np.ones((n_samples, 2), np.float32)
    result = resampled(samples, rate, new_rate, sorted(int(cut * n_samples) for cut in cuts))
    assert result.shape == (n_resampled(n_samples, rate, new_rate), 2)
    assert np.isfinite(result).all()


@pytest.mark.parametrize(("rate", "new_rate"), [(44_100, 48_000), (48_000, 16_000)])
def test_the_sound_does_not_depend_on_the_blocks(rate: int, new_rate: int) -> None:
    samples = np.random.default_rng(3).standard_normal((5_000, 1)).astype(np.float32)
    at_once = soxr.resample(samples, rate, new_rate, quality="VHQ")
    in_blocks = resampled(samples, rate, new_rate, [1, 700, 701, 4_000])
    n = min(len(at_once), len(in_blocks))
    np.testing.assert_allclose(in_blocks[:n], at_once[:n], atol=2e-6)


def test_groups_hold_everything_once_and_in_order() -> None:
    for n in (0, 1, 16, 17, 40):
        groups = in_groups(range(n))
        assert [it for group in groups for it in group] == list(range(n))
        assert all(1 <= len(group) <= 16 for group in groups)
