"""Stems as sound: all of them in one pass over the recording, on several cores."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np
import soxr
from numpy.typing import NDArray

from isnmf_gui.nmf import available_cores, single_threaded_blas
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.session.runs.separation import Parts
from isnmf_gui.spectral import Masks, gain_masks
from isnmf_gui.spectral.sharing import shared_masks

Samples = NDArray[np.floating]
T = TypeVar("T")

#: Stems rendered in one pass: what a pass holds in memory grows with them.
STEMS_AT_ONCE = 16


def stem_masks(parts: Parts, stems: Sequence[Stem]) -> Masks:
    """Return the masks of stems; that of the residual is what its components leave of 1."""
    masks = _masks(parts, stems)

    def each(first: int, last: int, power: Samples) -> Iterator[Samples]:
        for stem, mask in zip(stems, masks(first, last, power), strict=True):
            yield np.subtract(1, mask, out=mask) if stem.is_residual else mask

    return each


def _masks(parts: Parts, stems: Sequence[Stem]) -> Masks:
    sharing, kind = parts.sharing, parts.mask_kind
    if sharing is None:
        return gain_masks(parts.factors, [stem.gains for stem in stems], kind)
    n_sources = sharing.memberships.shape[1]
    pairs = [
        np.repeat(stem.gains[:, None], n_sources, axis=1)
        if stem.pair_gains is None
        else stem.pair_gains
        for stem in stems
    ]
    return shared_masks(parts.factors, pairs, kind, sharing)


def rendered(parts: Parts, stems: Sequence[Stem]) -> Generator[list[Samples], None, None]:
    """Yield consecutive blocks of all stems, at the recording's rate and balance.

    The recording is transformed once for all of them. Blocks are rendered ahead in several
    threads, at most one more than there are cores.

    Parameters
    ----------
    parts : Parts
        Of the run.
    stems : sequence of Stem
        At least one.

    Yields
    ------
    list of ndarray, each of shape (n_samples, n_channels)
        A block of each stem.
    """
    masks = stem_masks(parts, stems)
    parts.factors.prepare()
    n_threads = available_cores()
    waiting: deque[Future[list[Samples]]] = deque()
    pool = ThreadPoolExecutor(n_threads, "export")
    with single_threaded_blas():
        try:
            for start, stop in parts.resynthesis.ranges():
                waiting.append(pool.submit(parts.resynthesis.render_each, start, stop, masks))
                if len(waiting) > n_threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def n_resampled(n_samples: int, sample_rate: int, new_rate: int) -> int:
    """Return how many samples a sound has at another rate."""
    return round(n_samples * new_rate / sample_rate)


class Resampler:
    """Changes the rate of blocks that follow one another, to an exact length in all.

    soxr's best quality (28 bits), with a linear phase: what is written at another rate is where
    it was in time.

    Parameters
    ----------
    sample_rate, new_rate : int
        In Hz.
    n_channels : int
        Of the blocks.
    n_samples : int
        Of all blocks together.
    dtype : {float32, float64}
        Of the blocks.
    """

    def __init__(
        self, sample_rate: int, new_rate: int, n_channels: int, n_samples: int, dtype: str
    ) -> None:
        self._left = n_resampled(n_samples, sample_rate, new_rate)
        self._dtype = np.dtype(dtype)
        self._stream = None
        if new_rate != sample_rate:
            self._stream = soxr.ResampleStream(
                sample_rate, new_rate, n_channels, dtype=dtype, quality="VHQ"
            )

    def __call__(self, block: Samples, *, is_last: bool) -> Samples:
        """Return the samples that are ready, shape (n_samples, n_channels)."""
        block = np.ascontiguousarray(block, self._dtype)
        if self._stream is not None:
            block = self._stream.resample_chunk(block, last=is_last)
        block = block[: self._left]
        self._left -= len(block)
        if is_last and self._left:  # rounding may lack a sample at the very end
            block = np.concatenate([block, np.zeros((self._left, block.shape[1]), block.dtype)])
            self._left = 0
        return block


def in_groups(of_stems: Sequence[T]) -> list[Sequence[T]]:
    """Cut what belongs to stems into groups that are rendered together."""
    starts = range(0, len(of_stems), STEMS_AT_ONCE)
    return [of_stems[start : start + STEMS_AT_ONCE] for start in starts]


def each_in_threads(pool: ThreadPoolExecutor, tasks: Iterable[partial[None]]) -> None:
    """Run tasks side by side, and wait for all; the first error is raised once all have ended."""
    futures = [pool.submit(task) for task in tasks]
    errors = [future.exception() for future in futures]
    for error in errors:
        if error is not None:
            raise error
