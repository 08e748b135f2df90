"""The walk over blocks of frames, on several threads.

Once T is fixed the frames are independent. So a thread takes a range of frames, block by block
while a block is in its cache: it updates the block's V, and at once adds the block's share to
the sums that the next update of T needs. Nothing of the size of X is written, and X is read
once per iteration. Matrices are stored with a frame, or a basis, per row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from isnmf_gui.nmf.divergence import Ratios

Array = NDArray[np.floating]
Step = Callable[[Array, Array, Array], object]

# Three block buffers (Z, A, scratch) should stay in a core's second-level cache.
BLOCK_BYTES = 768 * 1024
FEWEST_FRAMES = 16

_blas_is_limited = Lock()


def available_cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """Keep BLAS on one thread; of users that overlap, the first one does it.

    The limit belongs to the process: one user would restore what another had set. It is used as
    a context manager since threadpoolctl from 3.8 on lets no other thread set a limit until the
    one before has been left, not only restored.
    """
    if not _blas_is_limited.acquire(blocking=False):
        yield
        return
    try:
        with threadpool_limits(limits=1, user_api="blas"):
            yield
    finally:
        _blas_is_limited.release()


@dataclass
class Sums:
    """What the update of T needs, and the loss of the model it was computed from.

    Attributes
    ----------
    numerator, denominator : ndarray, shape (n_bases, n_bins)
        A Vᵀ and B Vᵀ, transposed.
    loss : float
        The loss over all bins and frames.
    """

    numerator: Array
    denominator: Array
    loss: float


class _Worker:
    """The buffers of one thread, and the frames it owns."""

    def __init__(self, X: Array, frames: range, block_frames: int, n_bases: int) -> None:
        n_bins = X.shape[1]
        self.X = X
        self.blocks = [
            slice(start, min(start + block_frames, frames.stop))
            for start in range(frames.start, frames.stop, block_frames)
        ]
        rows = min(block_frames, len(frames))
        self.Z, self.A, self.scratch = (np.empty((rows, n_bins), X.dtype) for _ in range(3))
        self.product = np.empty((n_bases, n_bins), X.dtype)
        self.numerator, self.denominator = (np.empty_like(self.product) for _ in range(2))

    def walk(self, ratios: Ratios, T: Array, V: Array, step: Step | None) -> Sums:
        """Update V over the worker's frames (if there is a step), and sum up for T."""
        self.numerator.fill(0)
        self.denominator.fill(0)
        loss = 0.0
        for block in self.blocks:
            rows = block.stop - block.start
            X, v = self.X[block], V[block]
            Z, A, scratch = self.Z[:rows], self.A[:rows], self.scratch[:rows]
            if step is not None:
                ratios.weigh(X, np.matmul(v, T, out=Z), A, scratch)
                step(v, A @ T.T, Z @ T.T)
            loss += ratios.weigh(X, np.matmul(v, T, out=Z), A, scratch)
            self.numerator += np.matmul(v.T, A, out=self.product)
            self.denominator += np.matmul(v.T, Z, out=self.product)
        return Sums(self.numerator, self.denominator, loss)


class Walker:
    """Walks over all frames with several threads; use it as a context manager.

    Inside, BLAS runs on one thread: the walker's own threads share the work, and BLAS threads
    that spin while they wait would take the cores from them.

    Parameters
    ----------
    X : ndarray, shape (n_frames, n_bins), C-contiguous
        The power spectrogram.
    n_bases : int
        Number of rows of T.
    n_threads : int or None
        None: as many as the process may use cores.
    """

    def __init__(self, X: Array, n_bases: int, n_threads: int | None) -> None:
        n_frames, n_bins = X.shape
        wanted = BLOCK_BYTES // (3 * n_bins * X.itemsize)
        block_frames = min(max(wanted, FEWEST_FRAMES), n_frames)
        n_blocks = -(-n_frames // block_frames)
        self.n_threads = max(1, min(n_threads or available_cores(), n_blocks))
        bounds = [n_frames * i // self.n_threads for i in range(self.n_threads + 1)]
        ranges = [range(*pair) for pair in pairwise(bounds)]
        self._workers = [_Worker(X, frames, block_frames, n_bases) for frames in ranges]

    def __enter__(self) -> Walker:
        self._opened = ExitStack()
        self._opened.enter_context(single_threaded_blas())
        self._pool = None
        if self.n_threads > 1:
            self._pool = self._opened.enter_context(ThreadPoolExecutor(self.n_threads, "nmf"))
        return self

    def __exit__(self, *error: object) -> None:
        self._opened.close()

    def walk(self, ratios: Ratios, T: Array, V: Array, step: Step | None = None) -> Sums:
        """Take `step` on every block of V, and return the sums at the new V.

        Parameters
        ----------
        ratios : Ratios
            How A, B and the loss are made from Z.
        T : ndarray, shape (n_bases, n_bins)
            The basis.
        V : ndarray, shape (n_frames, n_bases)
            The activation; changed in place by `step`.
        step : callable, optional
            `step(v, numerator, denominator)` updates a block of V from Tᵀ A and Tᵀ B.

        Returns
        -------
        Sums
            Valid until the next walk.
        """
        if self._pool is None:
            return self._workers[0].walk(ratios, T, V, step)
        parts = list(self._pool.map(lambda w: w.walk(ratios, T, V, step), self._workers))
        total: Sums = parts[0]
        for part in parts[1:]:  # always in this order: the same run gives the same bits
            total.numerator += part.numerator
            total.denominator += part.denominator
            total.loss += part.loss
        return total
