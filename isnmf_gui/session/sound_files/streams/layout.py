"""Finding the sound in a file, whatever kind it is of and whatever stands before it."""

from __future__ import annotations

import re

import soundfile

from isnmf_gui.session.sound_files.streams import containers, flac, mpeg, ogg
from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes
from isnmf_gui.session.sound_files.streams.stretches import Stretch

MOST_BYTES_BEFORE = 1 << 22

#: How much there should be, where only libsndfile's account of the file tells it.
PROMISES = {
    "AVR": re.compile(r"^  Frames +: (\d+)$", re.M),
    "MPC2K": re.compile(r"^  Frames +: (\d+)$", re.M),
    "MAT4": re.compile(r"^ Cols  : (\d+)\n(?!.*^ Cols)", re.M | re.S),
    "MAT5": re.compile(r"^    Rows : \d+    Cols : (\d+)\n(?!.*^    Rows)", re.M | re.S),
    "WVE": re.compile(r"^Data length (\d+) should be", re.M),
}
SAMPLE_COUNT = re.compile(rb"^sample_count -i (\d{1,12})\s", re.M)
TRUNCATED = "Seems to be a truncated file."


def stretches_of(file: FileBytes) -> list[Stretch]:
    """Return the sound in a file, in order; none if libsndfile has to find it by itself.

    Parameters
    ----------
    file : FileBytes
        Of the file.

    Returns
    -------
    list of Stretch
        Each to be decoded for itself.
    """
    head, behind_tag = file.at(0, 4), file.at(mpeg.end_of_id3(file), 4)
    if head == b"OggS":
        return ogg.stretches_of(file)
    if b"fLaC" in (head, behind_tag):
        return flac.stretches_of(file)
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"):
        return mpeg.stretches_of(file)
    if file.at(0, 7) == b"NIST_1A":
        count = SAMPLE_COUNT.search(file.at(0, 1024))
        return [Stretch(promised=int(count[1]))] if count else []
    return containers.stretches_of(file)


def is_mpeg(file: FileBytes) -> bool:
    """Tell whether a file may be MP3: by its content, for the ending may be wrong."""
    head = file.at(0, 3)
    return head == b"ID3" or (head[:1] == b"\xff" and head[1:] >= b"\xe0")


def stretches_behind_garbage(file: FileBytes) -> list[Stretch]:
    """Return the sound in a file that does not begin with any; none if there is none either."""
    if next(file.found(ogg.MARK, 0, MOST_BYTES_BEFORE), None) is not None:
        return ogg.stretches_of(file)
    if flac.info_of(file) is not None:
        return flac.stretches_of(file)
    return mpeg.stretches_of(file)


def promise_in_log(file: soundfile.SoundFile) -> int:
    """Return how many samples a file should have, where only libsndfile's account tells; or 0."""
    pattern = PROMISES.get(file.format)
    found = pattern.search(file.extra_info) if pattern else None
    return int(found[1]) if found else 0


def is_cut_by_log(file: soundfile.SoundFile) -> bool:
    """Tell whether libsndfile's account says that a file breaks off, but not how long it was."""
    return file.format == "VOC" and TRUNCATED in file.extra_info
