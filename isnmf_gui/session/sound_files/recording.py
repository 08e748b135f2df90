"""Opening a recording, or saying plainly why it cannot be opened."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import RecordingError
from isnmf_gui.once import once
from isnmf_gui.session.files.progress import OnProgress
from isnmf_gui.session.sound_files.notices import notice
from isnmf_gui.session.sound_files.original import Original
from isnmf_gui.session.sound_files.reading import BLOCK_SAMPLES, Halted, SoundReader
from isnmf_gui.session.sound_files.refusals import check_kind, unreadable
from isnmf_gui.texts import tr

#: Endings of the files offered in dialogs; the content decides, not the ending.
SUFFIXES = ("wav", "flac", "ogg", "opus", "mp3", "aiff", "aif", "aifc", "w64", "caf", "au")

# Without blocking: nobody may ever write into a named pipe that was chosen by mistake.
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)

# Ten times what 32-bit integers give when they are stored as they are; the square of a
# spectrum of much more is too large for float32.
LARGEST_SAMPLE = 2e10


@dataclass(frozen=True, eq=False)
class Recording:
    """A loaded recording.

    Attributes
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels), read-only
        x, full scale is 1.
    sample_rate : int
        In Hz.
    path : Path
        Where it came from.
    original : Original or None
        The bytes that it was read from; None if it was not read from a file.
    notice : str
        What a person should know: what the file promised and is not there, say. Mostly "".
    """

    samples: NDArray[np.float32]
    sample_rate: int
    path: Path
    original: Original | None = field(default=None, repr=False)
    notice: str = ""

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def name(self) -> str:
        """File name."""
        return self.path.name

    @property
    def n_samples(self) -> int:
        """Length in samples."""
        return len(self.samples)

    @property
    def n_channels(self) -> int:
        """Number of channels."""
        return int(self.samples.shape[1])

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.n_samples / self.sample_rate

    @once
    def is_silent(self) -> bool:
        """Whether every sample is zero."""
        return not self.samples.any()


def load_recording(path: str | Path, on_progress: OnProgress | None = None) -> Recording | None:
    """Read an audio file.

    Parameters
    ----------
    path : str or Path
        WAV, FLAC, OGG, MP3, AIFF or anything else that libsndfile reads.
    on_progress : callable, optional
        Called with the share read so far (0 to 1); returns whether to go on.

    Returns
    -------
    Recording or None
        None if it was stopped.

    Raises
    ------
    RecordingError
        With a sentence saying what is wrong with the file.
    """
    path = Path(path)
    try:
        descriptor = os.open(path, OPEN_FLAGS)
    except OSError as error:
        raise RecordingError(unreadable(path, error), f"{path}: {error}") from error
    try:
        return read_recording(descriptor, path, on_progress)
    finally:
        os.close(descriptor)


def read_recording(
    descriptor: int, path: Path, on_progress: OnProgress | None = None
) -> Recording | None:
    """Read an audio file that is open, from its beginning.

    Parameters
    ----------
    descriptor : int
        Of the file; the caller closes it.
    path : Path
        What the file is called, for the recording and for errors.
    on_progress : callable, optional
        As for `load_recording`.

    Returns
    -------
    Recording or None
        None if it was stopped.

    Raises
    ------
    RecordingError
        With a sentence saying what is wrong with the file.
    """
    check_kind(descriptor, path)
    status = os.fstat(descriptor)  # before it is read: what changes meanwhile is noticed
    try:
        sound = SoundReader(descriptor, path, on_progress).read()
    except Halted:
        return None
    rate = sound.sample_rate
    _check_values(sound.samples, rate, path)
    told = notice(sound.noticed, rate, path.name)
    return Recording(sound.samples, rate, path, Original(descriptor, status), told)


def _check_values(samples: NDArray[np.float32], rate: int, path: Path) -> None:
    for start in range(0, len(samples), BLOCK_SAMPLES):
        block = samples[start : start + BLOCK_SAMPLES]
        good = np.abs(block) <= LARGEST_SAMPLE  # which NaN is not
        if not good.all():
            sample, channel = (int(i) for i in np.argwhere(~good)[0])
            place = {"at_s": (start + sample) / rate, "channel": channel + 1}
            if np.isfinite(block[sample, channel]):
                sentence = tr(
                    "“{name}” contains values that are far beyond full scale; the first is at "
                    "{at_s:.3f} s in channel {channel}.",
                    name=path.name,
                    **place,
                )
            else:
                sentence = tr(
                    "“{name}” contains values that are not numbers; the first is at "
                    "{at_s:.3f} s in channel {channel}.",
                    name=path.name,
                    **place,
                )
            raise RecordingError(sentence)
