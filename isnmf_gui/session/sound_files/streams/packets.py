"""Sound that is stored in blocks or packets of several samples: how many of them are whole."""

from __future__ import annotations

import struct

from isnmf_gui.session.sound_files.streams.chunks import (
    AIFF,
    CAF,
    RIFF,
    WAVE64,
    Chunk,
    Form,
    chunks,
)
from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes

#: Numbers of ADPCM codings and GSM in WAV, whose blocks libsndfile also decodes in part.
BLOCK_TAGS = (0x0002, 0x0011, 0x0031)
#: Of IMA ADPCM in AIFF, for each channel.
IMA_BYTES, IMA_SAMPLES = 34, 64
#: A table of packets that is longer belongs to no recording that fits into memory.
MOST_TABLE_BYTES = 1 << 26


def lengths(
    file: FileBytes, form: Form, n_there: int, n_promised: int
) -> tuple[int | None, int | None]:
    """Return how many samples are there whole, and how many there should be.

    Parameters
    ----------
    file : FileBytes
        With chunks.
    form : Form
        Theirs.
    n_there, n_promised : int
        Bytes of the sound.

    Returns
    -------
    tuple of int or None
        None where each sample is stored by itself.
    """
    block = _block(file, form)
    if block is not None:
        n_bytes, n_samples = block
        return n_there // n_bytes * n_samples, n_promised // n_bytes * n_samples
    return _alac(file, n_there) if form is CAF else (None, None)


def _block(file: FileBytes, form: Form) -> tuple[int, int] | None:
    """Return bytes and samples of a block."""
    n_bytes = n_samples = 0
    if form in (RIFF, WAVE64):
        content = _content(file, form, b"fmt ", 20)
        tag, n_bytes, n_samples = struct.unpack("<H10xH4xH", content)
        n_bytes = n_bytes if tag in BLOCK_TAGS else 0
    elif form is AIFF:
        content = _content(file, form, b"COMM", 22)
        if file.at(8, 4) == b"AIFC" and content[18:] == b"ima4":
            n_bytes, n_samples = IMA_BYTES * struct.unpack(">H", content[:2])[0], IMA_SAMPLES
    elif form is CAF:
        content = _content(file, form, b"desc", 24)
        n_bytes, n_samples = struct.unpack(">16xII", content)
        n_samples = n_samples if n_samples > 1 else 0
    return (n_bytes, n_samples) if n_bytes and n_samples else None


def _alac(file: FileBytes, n_there: int) -> tuple[int | None, int | None]:
    """Count packets of all lengths by their table."""
    table = _chunk(file, CAF, b"pakt")
    (n_samples,) = struct.unpack(">20xI", _content(file, CAF, b"desc", 24))
    if table is None or not 24 <= table.size <= MOST_TABLE_BYTES:
        return None, None
    content = file.at(table.start, table.size)
    promised = int.from_bytes(content[8:16], "big", signed=True)
    n_whole = length = 0
    for byte in content[24:]:
        length = length << 7 | byte & 0x7F
        if byte < 0x80:
            n_there -= length
            if n_there < 0:
                return n_whole * n_samples, max(0, promised)
            n_whole, length = n_whole + 1, 0
    return None, None


def _chunk(file: FileBytes, form: Form, name: bytes) -> Chunk | None:
    return next((it for it in chunks(file, form) if it.name[:4] == name), None)


def _content(file: FileBytes, form: Form, name: bytes, n_bytes: int) -> bytes:
    """Return the beginning of a chunk; zeros where there is none."""
    chunk = _chunk(file, form, name)
    content = b"" if chunk is None else file.at(chunk.start, min(n_bytes, max(0, chunk.size)))
    return content.ljust(n_bytes, b"\0")
