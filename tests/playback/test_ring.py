import threading
import time

import numpy as np
import pytest

from isnmf_gui.playback.ring import FrameRing


def frames(start: int, stop: int) -> np.ndarray:
    return np.arange(2 * start, 2 * stop, dtype=np.float32).reshape(-1, 2)


def test_gives_back_what_was_written_in_order() -> None:
    ring = FrameRing(10, 2)
    out = np.full((6, 2), -1, np.float32)
    assert ring.write(frames(0, 4)) == 4
    assert ring.read_into(out) == 4
    np.testing.assert_array_equal(out[:4], frames(0, 4))
    np.testing.assert_array_equal(out[4:], -1)


def test_takes_only_what_fits() -> None:
    ring = FrameRing(5, 2)
    assert ring.write(frames(0, 3)) == 3
    assert ring.write(frames(3, 8)) == 2
    assert ring.write(frames(5, 8)) == 0
    assert (ring.available, ring.free, ring.capacity) == (5, 0, 5)
    out = np.zeros((5, 2), np.float32)
    assert ring.read_into(out) == 5
    np.testing.assert_array_equal(out, frames(0, 5))
    assert (ring.available, ring.free) == (0, 5)


@pytest.mark.parametrize("seed", range(5))
def test_wraps_around_with_any_block_lengths(seed: int) -> None:
    random = np.random.default_rng(seed)
    ring = FrameRing(37, 2)
    n_written, heard = 0, []
    while n_written < 2000:
        n_written += ring.write(frames(n_written, n_written + random.integers(0, 50)))
        out = np.zeros((random.integers(0, 50), 2), np.float32)
        heard.append(out[: ring.read_into(out)])
    rest = np.zeros((37, 2), np.float32)
    heard.append(rest[: ring.read_into(rest)])
    np.testing.assert_array_equal(np.concatenate(heard), frames(0, n_written))


def test_two_threads_lose_nothing() -> None:
    ring, n_frames = FrameRing(64, 2), 20_000
    heard = np.zeros((n_frames, 2), np.float32)

    def write() -> None:
        start = 0
        while start < n_frames:
            start += ring.write(frames(start, min(start + 29, n_frames)))
            time.sleep(0)

    producer = threading.Thread(target=write)
    producer.start()
    n_read = 0
    while n_read < n_frames:
        n_read += ring.read_into(heard[n_read : n_read + 17])
        time.sleep(0)
    producer.join()
    np.testing.assert_array_equal(heard, frames(0, n_frames))


@pytest.mark.parametrize(("capacity", "n_channels"), [(0, 2), (5, 0)])
def test_refuses_an_empty_ring(capacity: int, n_channels: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        FrameRing(capacity, n_channels)
