"""Reading back what was written, and proving that it adds up to the recording."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.export.stems.levels import decibel_ratio
from isnmf_gui.session.export.stems.rendering import Resampler, n_resampled
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.session.files.progress import Meter
from isnmf_gui.session.runs.part_energies import energy_of
from isnmf_gui.session.runs.separation import Parts
from isnmf_gui.session.sound_files.formats import read_back

Samples = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Written:
    """A file with a stem in it.

    Attributes
    ----------
    path : Path
        Where it is now.
    stem : Stem
        What it holds.
    gain : float
        What the stem was multiplied by.
    """

    path: Path
    stem: Stem
    gain: float


def null_test(
    parts: Parts, files: Sequence[Written], balances: Sequence[str], sample_rate: int, meter: Meter
) -> dict[str, float]:
    """Read all files to their end, and compare what they add up to with the recording.

    Gains are undone, and the recording is brought to the files' rate as they were.

    Parameters
    ----------
    parts : Parts
        Of the run that the stems come from.
    files : sequence of Written
        All that was written.
    balances : sequence of str
        Those that are complete: see `Stem.balance`. The residual, if it was written, belongs to
        each of them; without it only the region that was separated is compared.
    sample_rate : int
        Of the files, in Hz.
    meter : Meter
        Told the share done.

    Returns
    -------
    dict of str to float
        For each balance the energy of (sum minus recording) relative to the recording's, in dB.

    Raises
    ------
    OSError
        If a file is shorter than what was written to it.
    """
    has_residual = any(file.stem.is_residual for file in files)
    region = slice(0, None) if has_residual else _at_rate(parts, sample_rate)
    missing, energy, done = dict.fromkeys(balances, 0.0), 0.0, 0
    with ExitStack() as stack:
        opened = [stack.enter_context(read_back(file.path)) for file in files]
        for reference in _reference(parts, sample_rate, meter):
            # float32 holds every value of every format exactly
            blocks = [f.read(len(reference), dtype="float32", always_2d=True) for f in opened]
            if any(len(block) < len(reference) for block in blocks):
                raise OSError(errno.ENOSPC, "a file is shorter than what was written")
            inside = _inside(region, done, len(reference))
            energy += energy_of(reference[inside])
            for balance in balances:
                total = _sum(files, blocks, balance)
                missing[balance] += energy_of(reference[inside] - total[inside])
            done += len(reference)
    return {balance: decibel_ratio(rest, energy) for balance, rest in missing.items()}


def _sum(
    files: Sequence[Written], blocks: list[NDArray[np.float32]], balance: str
) -> NDArray[np.float64]:
    total = np.zeros(blocks[0].shape)
    for file, block in zip(files, blocks, strict=True):
        if file.stem.balance == balance or file.stem.is_residual:
            total += block if file.gain == 1 else block / np.float64(file.gain)
    return total


def _reference(parts: Parts, sample_rate: int, meter: Meter) -> Iterator[Samples]:
    """Yield the recording at a rate, block by block."""
    recording = parts.recording
    n_samples = recording.n_samples
    resample = Resampler(
        recording.sample_rate, sample_rate, recording.n_channels, n_samples, "float32"
    )
    for start, stop in parts.resynthesis.ranges():
        yield resample(recording.samples[start:stop], is_last=stop == n_samples)
        meter(stop / n_samples)


def _at_rate(parts: Parts, sample_rate: int) -> slice:
    ends = (n_resampled(n, parts.recording.sample_rate, sample_rate) for n in parts.samples)
    return slice(*ends)


def _inside(region: slice, done: int, size: int) -> slice:
    """Return what of a block that begins at sample `done` lies in a region."""
    stop = done + size if region.stop is None else region.stop
    return slice(max(region.start - done, 0), min(max(stop - done, 0), size))
