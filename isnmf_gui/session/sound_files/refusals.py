"""Why a file cannot be opened as a recording: told by its kind, its beginning and its form."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import soundfile

from isnmf_gui.errors import RecordingError
from isnmf_gui.texts import tr

MOST_CHANNELS = 16
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000

# How files begin in which libsndfile prints a line for every damaged block, past every setting.
SAMPLE_DUMP = b"\xf0\x7e"


def unreadable(path: Path, error: OSError) -> str:
    """Return a sentence on why the system does not open a file."""
    name = tr("“{name}”", name=path.name or path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return tr("{name} does not exist (any more). Check the name and the folder.", name=name)
    if isinstance(error, PermissionError):
        return tr("{name} may not be read: you lack the permission for it.", name=name)
    return tr("{name} cannot be read: {reason}.", name=name, reason=error.strerror)


def check_kind(descriptor: int, path: Path) -> None:
    """Refuse what is not a file, and a file of no length.

    Raises
    ------
    RecordingError
        With the reason.
    """
    status = os.fstat(descriptor)
    name = tr("“{name}”", name=path.name or path)
    if stat.S_ISDIR(status.st_mode):
        raise RecordingError(tr("{name} is a folder. Choose an audio file inside it.", name=name))
    if not stat.S_ISREG(status.st_mode):
        raise RecordingError(tr("{name} is a device or a pipe. Choose an audio file.", name=name))
    if status.st_size == 0:
        raise RecordingError(tr("{name} is empty: it holds no data at all.", name=name))
    if first_bytes(descriptor).startswith(SAMPLE_DUMP):
        raise no_audio(path, "a MIDI sample dump")


def no_audio(path: Path, reason: str) -> RecordingError:
    """Return the error of a file that holds something else; the reason is for engineers."""
    sentence = tr(
        "“{name}” is not an audio file that can be read. WAV, FLAC, OGG, MP3 and AIFF can; "
        "M4A and AAC cannot.",
        name=path.name,
    )
    return RecordingError(sentence, f"{path}: {reason}")


def first_bytes(descriptor: int) -> bytes:
    """Return the first bytes of a file that is at its beginning, and stay there."""
    head = os.read(descriptor, 3)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return head


def check_form(file: soundfile.SoundFile, path: Path) -> None:
    """Refuse what the program does not handle.

    Parameters
    ----------
    file : soundfile.SoundFile
        Open for reading.
    path : Path
        What the file is called.

    Raises
    ------
    RecordingError
        With the reason.
    """
    if file.channels > MOST_CHANNELS:
        raise RecordingError(
            tr(
                "“{name}” has {n} channels; at most {most} can be opened.",
                name=path.name,
                n=file.channels,
                most=MOST_CHANNELS,
            )
        )
    if not LOWEST_RATE_HZ <= file.samplerate <= HIGHEST_RATE_HZ:
        raise RecordingError(
            tr(
                "“{name}” has a sample rate of {rate_hz} Hz; it must lie between "
                "{lowest_hz} and {highest_hz} Hz.",
                name=path.name,
                rate_hz=file.samplerate,
                lowest_hz=LOWEST_RATE_HZ,
                highest_hz=HIGHEST_RATE_HZ,
            )
        )


class NotRead(Exception):  # noqa: N818 - becomes a RecordingError once it is known why
    """libsndfile does not read a file.

    Parameters
    ----------
    code : int
        Its number for the reason.
    reason : str
        Its words; "File does not exist", say, for one that holds no frame.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.is_unknown = code == 1
        self.details = f"libsndfile error {code}, {reason}"


def refusal(path: Path, error: NotRead, coding: str | None) -> RecordingError:
    """Return the error of a file that libsndfile does not read; its coding, if that is why."""
    if coding is not None:
        sentence = tr(
            "“{name}” cannot be opened: this program does not read its coding, {coding}. Convert "
            "it to WAV or FLAC.",
            name=path.name,
            coding=coding,
        )
    elif error.is_unknown:
        return no_audio(path, error.details)
    else:
        sentence = tr(
            "“{name}” is damaged or incomplete: no sound in it can be read. Copy or download it "
            "again.",
            name=path.name,
        )
    return RecordingError(sentence, f"{path}: {error.details}")


def no_sound(path: Path, is_cut: bool) -> RecordingError:
    """Return the error of a file without a sample; it may have promised some."""
    if is_cut:
        return RecordingError(
            tr(
                "“{name}” is cut off before its first sample. Copy or download it again.",
                name=path.name,
            )
        )
    return RecordingError(tr("“{name}” contains no sound: it has zero samples.", name=path.name))


def too_long(path: Path, seconds: float, n_bytes: int) -> RecordingError:
    """Return the error of a file with more sound than there is memory for."""
    return RecordingError(
        tr(
            "“{name}” says it is {hours:.0f} hours long, which needs {gib:.0f} "
            "GiB of memory, more than there is. Cut it, if that is true.",
            name=path.name,
            hours=seconds / 3600,
            gib=n_bytes / 2**30,
        )
    )
