"""Files whose sound is one chunk with a length: WAV, RF64, Wave64, AIFF, 8SVX, CAF and AU.

What programs write there while they record, or into a pipe, is zero or the largest number; what
was cut has too much of it. libsndfile makes the best of most of these, but not of all.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from isnmf_gui.session.sound_files.streams import packets
from isnmf_gui.session.sound_files.streams.chunks import CAF, Chunk, Form, chunks, form_of
from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes, Stitched
from isnmf_gui.session.sound_files.streams.stretches import Stretch

#: What stands for a length that is not known.
UNKNOWN = 0xFFFF_FFFF


def stretches_of(file: FileBytes) -> list[Stretch]:
    """Return the one stretch of sound in a file; none if it is not of these kinds or has none."""
    if file.at(0, 4) in (b".snd", b"dns."):
        return _au(file)
    form = form_of(file)
    chunk = None if form is None else _sound_chunk(file, form)
    if form is None or chunk is None:
        return []
    length = _length(file, form, chunk)
    n_there, size = file.size - chunk.start, length.size
    is_empty = size <= form.before
    if _is_unsaid(size) or (is_empty and _is_sound(file, form, chunk.start + size)):
        unsaid = length.mended(file, n_there)
        return [Stretch(unsaid, is_unsaid=form is not CAF or size != -1)]
    source: Stitched | None = None
    if form is CAF and size > n_there:  # which libsndfile refuses
        source = length.mended(file, n_there)
    elif file.at(0, 4) == b"BW64":  # which it does not know by this name
        source = Stitched(file, [b"RF64", range(4, file.size)])
    stored = max(0, min(size, n_there) - form.before), max(0, size - form.before)
    n_samples, promised = packets.lengths(file, form, *stored)
    return [Stretch(source, n_samples, promised, stored)]


@dataclass(frozen=True)
class _Length:
    """Where the length of the sound is written, how, what it is, and what it counts besides."""

    at: int
    form: str
    size: int
    n_besides: int

    def mended(self, file: FileBytes, n_bytes: int) -> Stitched:
        """Return the file with another length."""
        n_bytes += self.n_besides
        content = struct.pack(self.form, min(n_bytes, UNKNOWN) if "I" in self.form else n_bytes)
        kind = file.at(0, 4).replace(b"BW64", b"RF64")
        after = range(self.at + len(content), file.size)
        return Stitched(file, [kind, range(4, self.at), content, after])


def _length(file: FileBytes, form: Form, chunk: Chunk) -> _Length:
    """Return the length of the sound; files of 64 bits have it in a chunk of its own."""
    first = next(chunks(file, form), None)
    if file.at(0, 4) in (b"RF64", b"BW64") and first and first.name == b"ds64":
        (size,) = struct.unpack("<q", file.at(first.start + 8, 8).ljust(8, b"\0"))
        return _Length(first.start + 8, "<q", size, 0)
    at = chunk.start - struct.calcsize(form.size)
    return _Length(at, form.size, chunk.size, form.head_bytes if form.counts_head else 0)


def _sound_chunk(file: FileBytes, form: Form) -> Chunk | None:
    return next((it for it in chunks(file, form) if it.name in form.sound), None)


def _is_unsaid(size: int) -> bool:
    """Tell whether a length is one that stands for one that is not known."""
    is_placeholder = 0x7FFF_0000 <= size <= 0x8000_0100 or 0xFFFF_0000 <= size <= UNKNOWN
    return size < 0 or is_placeholder or size > 1 << 60


def _is_sound(file: FileBytes, form: Form, start: int) -> bool:
    """Tell whether what comes after an empty chunk is sound: no chunks up to the file's end."""
    stop = start
    for it in chunks(file, form, start):
        stop = it.start + it.size
        if not it.name[:4].isascii() or not it.name[:4].decode().isprintable() or it.size < 0:
            return True
    return start < file.size and not start < stop <= file.size + 1


def _au(file: FileBytes) -> list[Stretch]:
    """Read a header of its own kind; there the largest number is as good as a length."""
    order = ">" if file.at(0, 4) == b".snd" else "<"
    start, size = struct.unpack(order + "II", file.at(4, 8).ljust(8, b"\0"))
    n_there = file.size - start
    if size == 0 and n_there > 0:
        return [Stretch(_Length(8, order + "I", 0, 0).mended(file, UNKNOWN), is_unsaid=True)]
    if _is_unsaid(size) or n_there <= 0:
        return [Stretch()]
    return [Stretch(stored=(min(size, n_there), size))]
