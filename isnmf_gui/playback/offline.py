"""Sound without a device: the same blocks that would be played, as an array."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.playback.render import BlockRenderer
from isnmf_gui.playback.source import AudioSource


def render(source: AudioSource, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
    """Render some samples of a source as playing them would.

    Parameters
    ----------
    source : AudioSource
        What to render; it must not be played meanwhile.
    start, stop : int, optional
        The samples wanted, 0 <= `start` <= `stop` <= `n_samples`; all of them by default.

    Returns
    -------
    ndarray of float32, shape (stop - start, n_channels)

    Raises
    ------
    Exception
        Whatever reading the source raises.
    """
    stop = source.n_samples if stop is None else stop
    renderer = BlockRenderer(source, start, source.sample_rate, source.n_channels)
    result = np.zeros((stop - start, source.n_channels), np.float32)
    n_done = 0
    while n_done < len(result):
        block = renderer.next_block()[: len(result) - n_done]
        result[n_done : n_done + len(block)] = block
        n_done += len(block)
    return result


def render_for_device(
    source: AudioSource, sample_rate: int, n_channels: int
) -> NDArray[np.float32]:
    """Render a whole source as a device would get it, resampled and on the device's channels.

    Parameters
    ----------
    source : AudioSource
        What to render; it must not be played meanwhile.
    sample_rate, n_channels : int
        Those of the device.

    Returns
    -------
    ndarray of float32, shape (n_frames, n_channels)

    Raises
    ------
    Exception
        Whatever reading the source raises.
    """
    renderer = BlockRenderer(source, 0, sample_rate, n_channels)
    blocks = [np.zeros((0, n_channels), np.float32)]
    while not renderer.is_done:
        blocks.append(renderer.next_block())
    return np.concatenate(blocks)
