"""Writing a place in time and frequency as a sound file of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.session.export.stems.audio_options import AudioOptions, check_order
from isnmf_gui.session.export.stems.export_stems import write_failure
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import OnProgress
from isnmf_gui.session.sound_files.formats import FORMATS, AudioFormat, Encoder
from isnmf_gui.session.sound_files.recording import Recording

# Samples rendered at once.
BLOCK_SAMPLES = 1 << 15


@dataclass(frozen=True, eq=False)
class BoxOrder:
    """What to write, and where to.

    Attributes
    ----------
    recording : Recording
        What it comes from.
    read : callable
        Returns samples [start, stop) of what is cut out, shape (stop − start, n_channels). It is
        asked for one after another.
    first, last : int
        First and one past the last sample to write.
    path : Path
        The file.
    format_name : str
        A key of `FORMATS`.
    """

    recording: Recording
    read: Callable[[int, int], NDArray[np.floating]]
    first: int
    last: int
    path: Path
    format_name: str = "wav"


@dataclass(frozen=True)
class WrittenBox:
    """A file that was written.

    Attributes
    ----------
    path : Path
        Where it is.
    clipped : bool
        Whether the format cut off samples beyond full scale.
    """

    path: Path
    clipped: bool


def format_of(path: Path) -> str | None:
    """Return the first format, a key of `FORMATS`, that a name ends like; None if there is none."""
    suffix = path.suffix.lower()
    return next((name for name, form in FORMATS.items() if form.suffix == suffix), None)


def write_box(order: BoxOrder, on_progress: OnProgress) -> WrittenBox:
    """Write the file of an order, whole or not at all.

    Parameters
    ----------
    order : BoxOrder
        What to write.
    on_progress : callable
        Called with the share done; False stops.

    Returns
    -------
    WrittenBox
        What was written.

    Raises
    ------
    ExportError
        If it cannot be written; what was there before still is.
    Stopped
        If `on_progress` said so; nothing is left behind then.
    """
    folder, name = order.path.parent, order.path.name
    check_order(order.recording, [name], folder, AudioOptions(order.format_name))
    form = FORMATS[order.format_name]
    with FileSet(folder) as files:
        try:
            peak = _write(order, files.new(name), form, on_progress)
        except soundfile.LibsndfileError as error:
            raise write_failure(folder, error) from error
    return WrittenBox(order.path, form.cuts(peak))


def _write(order: BoxOrder, path: Path, form: AudioFormat, on_progress: OnProgress) -> float:
    recording, first, last = order.recording, order.first, order.last
    file = form.create(path, recording.sample_rate, recording.n_channels, last - first)
    encoder = Encoder(file, form, seed=0)
    try:
        for start in range(first, last, BLOCK_SAMPLES):
            stop = min(start + BLOCK_SAMPLES, last)
            encoder.write(order.read(start, stop))
            if not on_progress((stop - first) / (last - first)):
                raise Stopped
    finally:
        encoder.close()
    return encoder.peak
