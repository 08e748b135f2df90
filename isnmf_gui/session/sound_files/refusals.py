"""Why a file cannot be opened as a recording: told by its kind, its beginning and its form."""

from __future__ import annotations

import os
import re
import stat
import struct
from pathlib import Path

import soundfile

from isnmf_gui.errors import RecordingError
from isnmf_gui.texts import tr

MOST_CHANNELS = 16
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 8_000, 192_000

# libsndfile's remark on a chunk that says it is longer than the file.
SHORT_CHUNK = re.compile(r"^\s*(?:data|SSND|riff|Data Size)\s*: (\d+) \(should be (\d+)\)", re.M)
SHORT_AIFF = re.compile(r"'COMM' chunk \((\d+)\) not equal .*\n.*'SSND' chunk \((\d+)\)")
# Programs that write to a pipe cannot know the length and put the largest number instead.
UNKNOWN_LENGTH = 0x7FFF_0000

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


def check_form(file: soundfile.SoundFile, descriptor: int, path: Path) -> None:
    """Refuse what the program does not handle, and files shorter than they say.

    Parameters
    ----------
    file : soundfile.SoundFile
        Open for reading.
    descriptor : int
        Of the same file; its position is left where it is.
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
    found = SHORT_CHUNK.search(file.extra_info) or SHORT_AIFF.search(file.extra_info)
    if found:
        promised, there = int(found[1]), int(found[2])
        if there < promised < UNKNOWN_LENGTH:
            raise truncated(path, there / promised)
    if file.format == "OGG" and _ends_within_ogg_page(descriptor):
        raise truncated(path, None)


def truncated(path: Path, share: float | None) -> RecordingError:
    """Return the error of a file of which only a share is there, if it is known which."""
    if share is None:
        sentence = tr(
            "“{name}” is cut off: a part of it is there. Copy or download it again.",
            name=path.name,
        )
    else:
        sentence = tr(
            "“{name}” is cut off: only {percent} % of it is there. Copy or download it again.",
            name=path.name,
            percent=int(100 * share),
        )
    return RecordingError(sentence)


def _ends_within_ogg_page(descriptor: int) -> bool:
    """Tell whether an Ogg file stops in the middle of a page; its header has no length."""
    before = os.lseek(descriptor, 0, os.SEEK_CUR)  # libsndfile goes on where it was
    size = os.lseek(descriptor, 0, os.SEEK_END)
    start = os.lseek(descriptor, max(0, size - 2 * 65_307), os.SEEK_SET)  # a page: 65,307 at most
    tail = b"".join(iter(lambda: os.read(descriptor, 1 << 17), b""))
    os.lseek(descriptor, before, os.SEEK_SET)
    at = tail.rfind(b"OggS")
    if at < 0 or at + 27 > len(tail):
        return True
    n_segments = tail[at + 26]
    lengths = struct.unpack_from(f"{n_segments}B", tail[at + 27 :].ljust(n_segments, b"\0"))
    end: int = start + at + 27 + n_segments + sum(lengths)
    return end > size
