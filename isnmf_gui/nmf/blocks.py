"""The walk over frames, shared among threads.

Once T is fixed the frames are independent. So threads take stretches of them, and the sums of the
stretches are added up. Stretches, and the order of adding, follow from the sizes alone: any number
of threads gives the same bits. Matrices are stored with a frame, or a basis, per row.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from isnmf_gui.nmf.compiled import CompiledParts, CompiledWorker, library
from isnmf_gui.nmf.control_groups import group_folders, text_of
from isnmf_gui.nmf.divergence import Divergence
from isnmf_gui.nmf.portable import PortableParts, PortableWorker, block_frames
from isnmf_gui.nmf.steps import Step, Sums, bounds_of_stretches

Array = NDArray[np.floating]

# A thread that is given less work than this costs more than it saves: n_frames n_bins n_bases.
LEAST_WORK = 200_000


def available_cores(root: Path = Path("/")) -> int:
    """Return the number of cores this process may use, affinity and control groups included.

    Parameters
    ----------
    root : Path, optional
        Where `proc` and `sys` are; for tests.

    Returns
    -------
    int
        At least 1.
    """
    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    return max(1, min([cores, *_group_cores(root)]))


def _group_cores(root: Path) -> Iterator[int]:
    """Yield the whole cores of every limit, from the process's own control group upward."""
    for version, folder in group_folders(root, "cpu"):
        names = ("cpu.max",) if version == 2 else ("cpu.cfs_quota_us", "cpu.cfs_period_us")
        numbers = " ".join(text_of(folder / name) for name in names).split()
        # Without a limit the quota is "max", or −1 in version 1.
        if len(numbers) == 2 and all(it.isdecimal() for it in numbers) and int(numbers[1]):
            yield int(numbers[0]) // int(numbers[1])


class _BlasLimit:
    """Keeps BLAS to one thread as long as anybody needs it: the last user gives it back.

    The limit belongs to the process, and from version 3.8 on threadpoolctl takes it back only
    from the thread that set it. That thread is one of its own here, since of users that overlap
    the first may leave before the last.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._n_users = 0

    def enter(self) -> None:
        with self._lock:
            if self._n_users == 0:
                keeper = ThreadPoolExecutor(1, "blas-limit")
                self._limit = keeper.submit(self._set).result()
                self._keeper = keeper
            self._n_users += 1  # at last: whom no thread could be started for is no user

    def leave(self) -> None:
        with self._lock:
            self._n_users -= 1
            if self._n_users == 0:
                with self._keeper:
                    self._keeper.submit(self._limit.close).result()

    @staticmethod
    def _set() -> ExitStack:
        limit = ExitStack()
        limit.enter_context(threadpool_limits(limits=1, user_api="blas"))
        return limit


_blas_limit = _BlasLimit()


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """Keep BLAS on one thread, for all of the process, as long as any user is inside."""
    _blas_limit.enter()
    try:
        yield
    finally:
        _blas_limit.leave()


class Walker:
    """Walks over all frames with several threads; use it as a context manager.

    Where numpy does the work, BLAS runs on one thread inside: the walker's own threads share the
    work, and BLAS threads that spin while they wait would take the cores from them.

    Parameters
    ----------
    X : ndarray, shape (n_frames, n_bins), C-contiguous
        The power spectrogram.
    n_bases : int
        Number of rows of T.
    n_threads : int or None
        None: as many as the process may use cores.
    compiled : bool
        Whether compiled code may be used where it can.
    fixed : ndarray, optional
        Like X: what Z has besides T V.
    """

    def __init__(
        self,
        X: Array,
        n_bases: int,
        n_threads: int | None = None,
        compiled: bool = True,
        fixed: Array | None = None,
    ) -> None:
        self.is_compiled = compiled and X.dtype == np.float32 and library() is not None
        block = 1 if self.is_compiled else block_frames(X)
        bounds = bounds_of_stretches(len(X), X.shape[1], n_bases, block)
        n_stretches = len(bounds) - 1
        most = X.size * n_bases // LEAST_WORK if self.is_compiled else n_stretches
        self.n_threads = max(1, min(n_threads or available_cores(), most, n_stretches))
        firsts = [n_stretches * i // self.n_threads for i in range(self.n_threads)]
        self._parts: CompiledParts | PortableParts
        self._workers: list[CompiledWorker] | list[PortableWorker]
        if self.is_compiled:
            self._parts = parts = CompiledParts(X, bounds, n_bases, fixed)
            self._workers = [CompiledWorker(parts, first) for first in firsts]
        else:
            self._parts = numpys = PortableParts(X, bounds, n_bases, fixed)
            self._workers = [PortableWorker(numpys) for _ in firsts]

    def __enter__(self) -> Walker:
        self._opened = ExitStack()
        if not self.is_compiled:
            self._opened.enter_context(single_threaded_blas())
        self._pool = ThreadPoolExecutor(max(self.n_threads - 1, 1), "nmf")  # starts none yet
        self._opened.enter_context(self._pool)
        return self

    def __exit__(self, *error: object) -> None:
        self._opened.close()

    def release(self) -> None:
        """Let go of the power and all buffers; the walker is of no use afterwards."""
        self._workers = []
        del self._parts

    def walk(
        self, divergence: Divergence, T: Array, V: Array, sums: Sums, step: Step | None = None
    ) -> None:
        """Take `step` on V, and make the sums at the new V.

        Parameters
        ----------
        divergence : Divergence
            How A, B and the loss are made from Z.
        T : ndarray, shape (n_bases, n_bins)
            The basis that the sums are made with.
        V : ndarray, shape (n_frames, n_bases)
            The activation; changed in place by `step`.
        sums : Sums
            Overwritten.
        step : Step, optional
            How to update V.
        """
        first, *others = self._workers
        self._parts.begin()
        waiting = [
            self._pool.submit(worker.walk, divergence, T, V, step, sums) for worker in others
        ]
        try:
            first.walk(divergence, T, V, step, sums)
        finally:  # buffers must not be given away while others write to them
            for future in waiting:
                future.exception()
        for future in waiting:
            future.result()
        self._parts.finish(divergence, sums)
