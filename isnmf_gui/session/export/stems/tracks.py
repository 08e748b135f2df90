"""Stems on their way from the recording to a measurement or a file."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import available_cores
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.levels import Gauge, Measured
from isnmf_gui.session.export.stems.null_check import Written
from isnmf_gui.session.export.stems.rendering import (
    Resampler,
    each_in_threads,
    in_groups,
    n_resampled,
    rendered,
)
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.runs.part_energies import energy_of
from isnmf_gui.session.runs.separation import Parts
from isnmf_gui.session.sound_files.formats import Encoder


class Sink(Protocol):
    """What takes blocks of samples."""

    def write(self, block: NDArray[np.floating]) -> None:
        """Take the next samples, shape (n_samples, n_channels)."""


class Lane:
    """Takes the blocks of one stem to where they go, at the rate and gain wanted there.

    Parameters
    ----------
    parts : Parts
        Of the run.
    sample_rate : int
        In Hz, of what goes out.
    sink : Sink
        Takes it.
    gain : float
        What samples are multiplied by.
    """

    def __init__(self, parts: Parts, sample_rate: int, sink: Sink, gain: float = 1.0) -> None:
        recording = parts.recording
        self._resample = Resampler(
            recording.sample_rate,
            sample_rate,
            recording.n_channels,
            recording.n_samples,
            parts.precision,
        )
        self._sink, self._gain = sink, gain
        #: Of what came in.
        self.energy = 0.0

    def take(self, block: NDArray[np.floating], is_last: bool) -> None:
        """Pass on the next block of the stem, shape (n_samples, n_channels)."""
        self.energy += energy_of(block)
        block = self._resample(block, is_last=is_last)
        self._sink.write(block if self._gain == 1 else block * block.dtype.type(self._gain))


@dataclass(eq=False)
class Track:
    """A stem on its way into a file.

    Attributes
    ----------
    file : Written
        Where it goes.
    name : str
        Of the file, once it is complete.
    encoder : Encoder
        Writes it.
    lane : Lane
        Takes it there.
    """

    file: Written
    name: str
    encoder: Encoder
    lane: Lane


def _render(parts: Parts, stems: Sequence[Stem], lanes: Sequence[Lane], meter: Meter) -> None:
    """Render stems and take each to its lane, all of a block at once."""
    n_samples, done = parts.recording.n_samples, 0
    all_blocks = contextlib.closing(rendered(parts, stems))
    with ThreadPoolExecutor(available_cores(), "write") as pool, all_blocks as rest:
        for blocks in rest:
            done += len(blocks[0])
            pairs = zip(lanes, blocks, strict=True)
            each_in_threads(
                pool, (partial(it.take, block, done == n_samples) for it, block in pairs)
            )
            meter(done / n_samples)


def write_stems(
    parts: Parts,
    orders: Sequence[tuple[Stem, str, float]],
    files: FileSet,
    options: AudioOptions,
    meter: Meter,
) -> list[Track]:
    """Write stems under names at gains, to be completed later.

    Parameters
    ----------
    parts : Parts
        Of the run.
    orders : sequence of (Stem, str, float)
        Stems, with the names of their files and their gains.
    files : FileSet
        Entered; takes the files.
    options : AudioOptions
        Format and sample rate.
    meter : Meter
        Told of what is done.

    Returns
    -------
    list of Track
        A file for each stem, with what it holds.
    """
    tracks: list[Track] = []
    for group in in_groups(orders):
        with ExitStack() as stack:
            opened: list[Track] = []
            for stem, name, gain in group:
                written = Written(files.new(name), stem, gain)
                opened.append(_begun(parts, written, name, options, len(tracks) + len(opened)))
                stack.callback(opened[-1].encoder.close)
            _render(parts, [it.file.stem for it in opened], [it.lane for it in opened], meter)
        tracks += opened
        meter.next_step()
    return tracks


def _begun(parts: Parts, file: Written, name: str, options: AudioOptions, seed: int) -> Track:
    recording = parts.recording
    rate = options.rate_for(recording)
    n_samples = n_resampled(recording.n_samples, recording.sample_rate, rate)
    opened = options.form.create(file.path, rate, recording.n_channels, n_samples)
    encoder = Encoder(opened, options.form, seed)
    return Track(file, name, encoder, Lane(parts, rate, encoder, file.gain))


def measure_stems(
    parts: Parts,
    stems: Sequence[Stem],
    options: AudioOptions,
    on_progress: OnProgress | None = None,
) -> list[Measured]:
    """Return what stems are like at the rate of the files, without writing any.

    Takes about as long as writing them.

    Parameters
    ----------
    parts : Parts
        Of the run.
    stems : sequence of Stem
        What to measure.
    options : AudioOptions
        The sample rate and level of the files.
    on_progress : callable, optional
        Called with the share done; False stops.

    Returns
    -------
    list of Measured
        Peak and loudness of each.
    """
    meter = Meter(on_progress, len(in_groups(stems)))
    recording = parts.recording
    rate, n_channels = options.rate_for(recording), recording.n_channels
    with_loudness = options.level.kind == "loudness"
    gauges = [Gauge(rate, n_channels, with_loudness=with_loudness) for _ in stems]
    for group in in_groups(list(zip(stems, gauges, strict=True))):
        lanes = [Lane(parts, rate, gauge) for _, gauge in group]
        _render(parts, [stem for stem, _ in group], lanes, meter)
        meter.next_step()
    return [gauge.measured for gauge in gauges]


def would_clip(
    stems: Sequence[Stem], measured: Sequence[Measured], options: AudioOptions
) -> list[Stem]:
    """Return the stems that would lose their peaks in the format, before any is written."""
    gains = options.level.gains(measured)
    return [
        stem
        for stem, each, gain in zip(stems, measured, gains, strict=True)
        if options.form.cuts(each.peak * gain)
    ]
