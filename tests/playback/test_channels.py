import numpy as np
import pytest

from isnmf_gui.playback.channels import map_channels


def block(n_in: int) -> np.ndarray:
    return np.random.default_rng(n_in).uniform(-1, 1, (50, n_in)).astype(np.float32)


@pytest.mark.parametrize("n_channels", [1, 2, 6])
def test_same_number_is_left_alone(n_channels: int) -> None:
    frames = block(n_channels)
    assert map_channels(frames, n_channels) is frames


@pytest.mark.parametrize("n_out", [2, 3, 8])
def test_mono_goes_to_both_front_channels(n_out: int) -> None:
    out = map_channels(block(1), n_out)
    np.testing.assert_array_equal(out[:, :2], np.repeat(block(1), 2, axis=1))
    assert not out[:, 2:].any()


def test_fewer_channels_keep_their_places() -> None:
    out = map_channels(block(3), 6)
    np.testing.assert_array_equal(out[:, :3], block(3))
    assert not out[:, 3:].any()


@pytest.mark.parametrize(("n_in", "n_out"), [(2, 1), (5, 2), (6, 2), (6, 4), (3, 1)])
def test_more_channels_are_folded_by_their_mean(n_in: int, n_out: int) -> None:
    out = map_channels(block(n_in), n_out)
    for channel in range(n_out):
        wanted = np.mean([block(n_in)[:, i] for i in range(channel, n_in, n_out)], axis=0)
        np.testing.assert_allclose(out[:, channel], wanted, atol=1e-6)
    assert np.abs(out).max() <= 1


@pytest.mark.parametrize(("n_in", "n_out"), [(1, 2), (2, 2), (2, 5), (5, 2)])
def test_makes_float32_frames_of_the_right_shape(n_in: int, n_out: int) -> None:
    out = map_channels(block(n_in), n_out)
    assert out.shape == (50, n_out)
    assert out.dtype == np.float32
    assert map_channels(block(n_in)[:0], n_out).shape == (0, n_out)
