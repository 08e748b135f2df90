"""Opening a recording, or saying plainly why it cannot be opened."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.errors import RecordingError
from isnmf_gui.once import once
from isnmf_gui.session.files.progress import OnProgress
from isnmf_gui.session.sound_files.original import Original
from isnmf_gui.session.sound_files.refusals import (
    check_form,
    check_kind,
    first_bytes,
    no_audio,
    truncated,
    unreadable,
)
from isnmf_gui.texts import tr

BLOCK_SAMPLES = 1 << 18
#: Endings of the files offered in dialogs; the content decides, not the ending.
SUFFIXES = ("wav", "flac", "ogg", "opus", "mp3", "aiff", "aif", "aifc", "w64", "caf", "au")

# MP3 files may promise a length that was only estimated; others count their samples.
MP3_TOLERANCE = 0.95
# libsndfile's number of frames where the file does not say: FLAC that was written to a pipe.
UNKNOWN_FRAMES = 2**63 - 1

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
    """

    samples: NDArray[np.float32]
    sample_rate: int
    path: Path
    original: Original | None = field(default=None, repr=False)

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
    with _quiet_decoder(descriptor), _opened(descriptor, path) as file:
        check_form(file, descriptor, path)
        samples = _read_samples(file, path, on_progress)
        rate = int(file.samplerate)
    if samples is None:
        return None
    _check_values(samples, rate, path)
    return Recording(samples, rate, path, Original(descriptor, status))


class _Straight(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """Reads from front to end without seeking to where it is after every block.

    That fails at the end of FLAC files that do not say how long they are, or say too much.
    """

    def seekable(self) -> bool:
        return False


@contextlib.contextmanager
def _opened(descriptor: int, path: Path) -> Iterator[soundfile.SoundFile]:
    """Open by descriptor: no file name has to survive libsndfile's encoding."""
    try:
        with _Straight(os.dup(descriptor), closefd=True) as file:
            yield file
    except soundfile.LibsndfileError as error:
        # The reason is for the details: "File does not exist", say, for one that holds no frame.
        details = f"libsndfile error {error.code}, {error.error_string}"
        if error.code == 1:
            raise no_audio(path, details) from error
        sentence = tr(
            "“{name}” is damaged or incomplete. Copy or download it again.", name=path.name
        )
        raise RecordingError(sentence, f"{path}: {details}") from error


@contextlib.contextmanager
def _quiet_decoder(descriptor: int) -> Iterator[None]:
    """Keep mpg123 from printing its warnings: what matters is said in an error."""
    try:
        saved = os.dup(2) if _may_be_mp3(descriptor) and descriptor > 2 else None
    except OSError:
        saved = None  # there is no standard error: nothing can be printed
    if saved is None:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(sink)


def _may_be_mp3(descriptor: int) -> bool:
    """Tell by the content, for the ending may be wrong."""
    head = first_bytes(descriptor)
    return head == b"ID3" or (head[:1] == b"\xff" and head[1:] >= b"\xe0")


def _read_samples(
    file: soundfile.SoundFile, path: Path, on_progress: OnProgress | None
) -> NDArray[np.float32] | None:
    promised = file.frames
    if promised == UNKNOWN_FRAMES:
        return _read_to_end(file, path, on_progress)
    if promised <= 0:
        raise RecordingError(tr("“{name}” contains no sound: it has zero samples.", name=path.name))
    samples = _room_for(promised, file, path)
    n_read = 0
    while n_read < promised:
        block = file.read(out=samples[n_read : n_read + BLOCK_SAMPLES])
        n_read += len(block)
        if len(block) == 0:
            break
        if on_progress is not None and not on_progress(n_read / promised):
            return None
    least = promised * MP3_TOLERANCE if file.format == "MP3" else promised
    if n_read < least:
        raise truncated(path, n_read / promised)
    return samples[:n_read]


def _room_for(promised: int, file: soundfile.SoundFile, path: Path) -> NDArray[np.float32]:
    """Return room for so many samples, if there is as much memory; some systems promise any."""
    n_bytes = promised * file.channels * 4
    try:
        if n_bytes > physical_memory_bytes():
            raise MemoryError
        return np.empty((promised, file.channels), np.float32)
    except (MemoryError, ValueError) as error:
        raise RecordingError(
            tr(
                "“{name}” says it is {hours:.0f} hours long, which needs {gib:.0f} "
                "GiB of memory, more than there is. Cut it, if that is true.",
                name=path.name,
                hours=promised / file.samplerate / 3600,
                gib=n_bytes / 2**30,
            )
        ) from error


def physical_memory_bytes() -> float:
    """Return the memory of this computer; infinite where the system does not tell."""
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return float("inf")


def _read_to_end(
    file: soundfile.SoundFile, path: Path, on_progress: OnProgress | None
) -> NDArray[np.float32] | None:
    """Read a file that does not say how long it is."""
    blocks: list[NDArray[np.float32]] = []
    while len(block := file.read(BLOCK_SAMPLES, dtype="float32", always_2d=True)):
        blocks.append(block)
        if on_progress is not None and not on_progress(0.0):
            return None
    if not blocks:
        raise RecordingError(tr("“{name}” contains no sound: it has zero samples.", name=path.name))
    return np.concatenate(blocks)


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
