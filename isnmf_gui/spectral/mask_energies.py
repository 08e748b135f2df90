"""What parts have of a recording under their masks, of which some frames are read at a time.

So neither the power spectrogram nor any mask of a whole recording is ever held.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.spectral.factors import LEAST_SHARE, Array, Factors

#: Returns the power of frames [first, last), shape (last − first, n_bins).
Read = Callable[[int, int], Array]

#: Elements of the spectrogram that are looked at together.
ELEMENTS_AT_ONCE = 1 << 17


@dataclass(frozen=True, eq=False)
class WienerSums:
    """What Wiener masks leave of a recording.

    Attributes
    ----------
    energies : ndarray of float64, shape (n_stretches, n_bases)
        Σ m_k² X of each stretch of frames: the energies of the masked spectrograms. They do not
        add up to the recording's where parts overlap, as of any signals that are not orthogonal.
    powers : ndarray of float64, shape (n_bases,)
        Σ m_k X: how the recording's power is shared out.
    """

    energies: NDArray[np.float64]
    powers: NDArray[np.float64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Shares of the recording's power, shape (n_bases,): their sum is one, or 0 in silence.

        That is also how much of the recording a part explains as it is written with Wiener
        masks: its product with the recording, relative to the recording's energy.
        """
        shares: NDArray[np.float64] = self.powers / (float(self.powers.sum()) or 1.0)
        return shares


def block_frames(n_bins: int, n_frames: int = 1) -> int:
    """Return how many frames are read together: a multiple of `n_frames`, at least that."""
    return max(1, ELEMENTS_AT_ONCE // n_bins // n_frames) * n_frames


def wiener_sums(
    factors: Factors,
    read: Read,
    n_frames: int,
    n_threads: int = 1,
    on_progress: Callable[[float], bool] | None = None,
) -> WienerSums:
    """Look through a recording's power, block by block.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted. Outside their frames all parts are silent.
    read : callable
        Returns the recording's power in some frames. Called in threads.
    n_frames : int
        In a stretch; the last may have fewer.
    n_threads : int, optional
        How many blocks are looked at side by side. BLAS should not have threads of its own then.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    WienerSums
        Of all frames that were factorized.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    begin, end = _factorized(factors)
    size = block_frames(factors.basis.shape[1], n_frames)
    energies = np.empty((-(-(end - begin) // n_frames), len(factors.basis)))
    powers = np.zeros(len(factors.basis))

    def look(first: int) -> NDArray[np.float64]:
        of_frames, of_block = _under_wiener(factors, first, read(first, min(first + size, end)))
        summed, place = _summed(of_frames, n_frames), (first - begin) // n_frames
        energies[place : place + len(summed)] = summed
        return of_block

    blocks = range(begin, end, size)
    with ThreadPoolExecutor(n_threads, "energies") as pool:
        for done, block in enumerate(pool.map(look, blocks), 1):
            powers += block
            if on_progress is not None and not on_progress(done / len(blocks)):
                pool.shutdown(wait=False, cancel_futures=True)
                raise Stopped
    return WienerSums(energies, powers)


def ratio_energies(factors: Factors, n_frames: int) -> NDArray[np.float64]:
    """Return the energies Σ m_k² X under ratio masks in stretches of so many frames.

    That is the model itself: the recording need not be known for it.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted.
    n_frames : int
        In a stretch; the last may have fewer.

    Returns
    -------
    ndarray of float64, shape (n_stretches, n_bases)
        Of all frames that were factorized.
    """
    q = 2 / factors.domain
    over_bins = (factors.basis.astype(np.float64) ** q).sum(axis=1)
    begin, end = _factorized(factors)
    size = block_frames(len(factors.basis), n_frames)
    blocks = (factors.activation[n : min(n + size, end)] for n in range(begin, end, size))
    return np.concatenate(
        [_summed(block.astype(np.float64) ** q * over_bins, n_frames) for block in blocks]
    )


def _factorized(factors: Factors) -> tuple[int, int]:
    return factors.frames or (0, len(factors.activation))


def _under_wiener(
    factors: Factors, first: int, power: Array
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Σ m_k² X of each frame from `first` on, and Σ m_k X of all of them together."""
    basis = factors.normal_range[0]
    v = factors.scaled_activation(first, first + len(power))
    model = v @ basis
    model += LEAST_SHARE * len(basis)
    amplitude = np.sqrt(power)
    weights = amplitude / model
    amplitude *= weights  # now X / T V
    powers = (v.T @ amplitude * basis).sum(axis=1, dtype=np.float64)
    weights *= weights  # the root first: the square of a small model would underflow
    energies: NDArray[np.float64] = (weights @ (basis**2).T * v**2).astype(np.float64)
    return energies, powers


def _summed(energies: NDArray[np.float64], n_frames: int) -> NDArray[np.float64]:
    """Return the sums of stretches of so many frames."""
    starts = np.arange(0, len(energies), n_frames)
    sums: NDArray[np.float64] = np.add.reduceat(energies, starts, axis=0)
    return sums
