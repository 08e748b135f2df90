"""Chunks: what WAV, RF64, Wave64, AIFF, 8SVX and CAF files consist of."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes

#: Chunks before the sound; more would be no file that was ever written.
MOST_CHUNKS = 10_000
W64_RIFF = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
W64_TAIL = b"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"


@dataclass(frozen=True)
class Form:
    """How chunks are written.

    Attributes
    ----------
    first : int
        Where the first one is.
    id_bytes : int
        Length of a chunk's name.
    size : str
        Its length, as `struct` has it.
    counts_head : bool
        Whether name and length are counted in the length.
    step : int
        Chunks begin at multiples of this from each other.
    sound : tuple of bytes
        Names of the chunk with the sound.
    before : int
        Bytes of it before the sound.
    """

    first: int
    id_bytes: int
    size: str
    counts_head: bool
    step: int
    sound: tuple[bytes, ...]
    before: int = 0

    @property
    def head_bytes(self) -> int:
        """Length of name and length."""
        return self.id_bytes + struct.calcsize(self.size)


RIFF = Form(12, 4, "<I", False, 2, (b"data",))
RIFX = Form(12, 4, ">I", False, 2, (b"data",))
WAVE64 = Form(40, 16, "<q", True, 8, (b"data" + W64_TAIL,))
AIFF = Form(12, 4, ">I", False, 2, (b"SSND",), 8)
SVX = Form(12, 4, ">I", False, 2, (b"BODY",))
CAF = Form(8, 4, ">q", False, 1, (b"data",), 4)


@dataclass(frozen=True)
class Chunk:
    """A chunk.

    Attributes
    ----------
    name : bytes
        What kind it is of.
    start : int
        Where its contents begin.
    size : int
        Their length, as it says.
    """

    name: bytes
    start: int
    size: int


def form_of(file: FileBytes) -> Form | None:
    """Return how a file's chunks are written; None if it has none that are known."""
    head = file.at(0, 16)
    kind, content = head[:4], head[8:12]
    if head == W64_RIFF:
        return WAVE64
    if kind == b"caff":
        return CAF
    if content == b"WAVE":
        return {b"RIFF": RIFF, b"RF64": RIFF, b"BW64": RIFF, b"RIFX": RIFX}.get(kind)
    forms = {b"AIFF": AIFF, b"AIFC": AIFF, b"8SVX": SVX, b"16SV": SVX}
    return forms.get(content) if kind == b"FORM" else None


def chunks(file: FileBytes, form: Form, start: int | None = None) -> Iterator[Chunk]:
    """Yield chunks, from the first or from a place on, as far as they say where the next is."""
    at = form.first if start is None else start
    for _ in range(MOST_CHUNKS):
        head = file.at(at, form.head_bytes)
        if len(head) < form.head_bytes:
            return
        (size,) = struct.unpack_from(form.size, head, form.id_bytes)
        size -= form.head_bytes if form.counts_head else 0
        yield Chunk(head[: form.id_bytes], at + form.head_bytes, size)
        if size < 0:
            return
        at += form.head_bytes + size
        at += -(at - form.first) % form.step
