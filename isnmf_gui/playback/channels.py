"""From the channels of a recording to those of a sound device."""

import numpy as np
from numpy.typing import NDArray


def map_channels(block: NDArray[np.float32], n_out: int) -> NDArray[np.float32]:
    """Spread or fold the channels of a block so that a device can play it.

    Mono goes to the two front channels. More channels than the device has are folded: device
    channel i is the mean of channels i, i + `n_out`, i + 2 `n_out` and so on, so nothing gets
    louder than full scale. Fewer channels keep their places; the others are silent.

    Parameters
    ----------
    block : ndarray of float32, shape (n_frames, n_in)
        Frames of the recording.
    n_out : int
        Number of channels of the device, at least one.

    Returns
    -------
    ndarray of float32, shape (n_frames, n_out)
        `block` itself if the numbers agree, else a new array.
    """
    n_frames, n_in = block.shape
    if n_in == n_out:
        return block
    out = np.zeros((n_frames, n_out), dtype=np.float32)
    if n_in == 1:
        out[:, :2] = block
    elif n_in < n_out:
        out[:, :n_in] = block
    else:
        for channel in range(n_out):
            out[:, channel] = block[:, channel::n_out].mean(axis=1)
    return out
