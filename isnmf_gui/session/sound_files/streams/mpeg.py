"""MPEG audio (MP3): finding its frames, whatever stands before, between and after them.

A file has no header. Programs put a frame without sound before the others ("Xing", "Info" or
"VBRI") that says how many there are, and decoders believe it: what was joined behind ends there,
and where it is missing they guess from the first frame. So the frames are counted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes, Stitched
from isnmf_gui.session.sound_files.streams.stretches import Stretch

#: So many frames in a row are no coincidence.
CHAIN = 4
#: Where frames are looked for in what does not begin with one.
MOST_BYTES_BEFORE = 1 << 22
#: As much of a frame as tells whether it is one without sound, and what that says.
HEAD_BYTES = 64
VBRI_AT = 36
#: Bits of a header that say nothing of a frame's form.
MASK = 0xFFFE_FEC0

SAMPLE_RATES = (44_100, 48_000, 32_000)
# kbit/s by (whether it is version 1, layer)
BIT_RATES = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


@dataclass(frozen=True)
class Form:
    """What a frame's header says.

    Attributes
    ----------
    n_bytes, n_samples : int
        Length of the frame.
    kind : tuple of int
        Version, layer, sample rate in Hz and number of channels: the same all through a stream.
    """

    n_bytes: int
    n_samples: int
    kind: tuple[int, int, int, int]

    @property
    def tag_at(self) -> int:
        """Where "Xing" or "Info" stands in a frame."""
        version, _, _, n_channels = self.kind
        return 4 + ((17, 32) if version == 1 else (9, 17))[n_channels - 1]


def form_of(header: bytes) -> Form | None:
    """Return the form of a frame that begins with these four bytes, if they can begin one."""
    if len(header) < 4 or header[0] != 0xFF or header[1] < 0xE0:
        return None
    return _form(int.from_bytes(header[:4], "big") & MASK)


@cache
def _form(header: int) -> Form | None:
    version = {3: 1, 2: 2, 0: 25}.get(header >> 19 & 3)
    layer = 4 - (header >> 17 & 3)
    bit_rate, rate = header >> 12 & 15, header >> 10 & 3
    if version is None or layer == 4 or bit_rate in (0, 15) or rate == 3:
        return None
    rate_hz = SAMPLE_RATES[rate] // {1: 1, 2: 2, 25: 4}[version]
    bits_per_s = 1000 * BIT_RATES[version == 1, layer][bit_rate - 1]
    padding, n_channels = header >> 9 & 1, 1 if header >> 6 & 3 == 3 else 2
    n_samples = 384 if layer == 1 else 576 if layer == 3 and version != 1 else 1152
    if layer == 1:
        n_bytes = 4 * (12 * bits_per_s // rate_hz + padding)
    else:
        n_bytes = n_samples // 8 * bits_per_s // rate_hz + padding
    return Form(n_bytes, n_samples, (version, layer, rate_hz, n_channels))


@dataclass
class _Stream:
    """Frames of one kind that follow one another.

    Attributes
    ----------
    form : Form
        Of the first.
    info : bytes
        The frame before them that says how many there are, if there is one of LAME's kind.
    promised : int or None
        What it says.
    has_first : bool
        Whether the frame that says so is one of them.
    n_frames, most_bytes : int
        How many there are, and the length of the longest.
    ranges : list of range
        Where they lie.
    is_cut : bool
        Whether the last one breaks off; it is not counted.
    """

    form: Form
    info: bytes = b""
    promised: int | None = None
    has_first: bool = False
    n_frames: int = 0
    most_bytes: int = 0
    ranges: list[range] = field(default_factory=list)
    is_cut: bool = False

    def add(self, start: int, n_bytes: int) -> None:
        """Take another frame."""
        self.n_frames, self.most_bytes = self.n_frames + 1, max(self.most_bytes, n_bytes)
        follows = bool(self.ranges) and self.ranges[-1].stop == start
        first = self.ranges.pop().start if follows else start
        self.ranges.append(range(first, start + n_bytes))

    def stretch(self, file: FileBytes) -> Stretch:
        """Return how to decode it."""
        n_samples = self.n_frames * self.form.n_samples
        if self.info:
            return Stretch(Stitched(file, [self._true_info(), *self.ranges]), n_samples)
        # The decoder guesses from the first frame how many there are, and ends there.
        source = Stitched(file, self.ranges, (self.n_frames + 1) * self.most_bytes)
        promised = (self.promised or 0) * self.form.n_samples
        return Stretch(source, n_samples, promised, is_cut=self.is_cut and not promised)

    def _true_info(self) -> bytes:
        """Let it not say less than there is, nor cut anything off the end if it did."""
        if self.promised is None or self.promised >= self.n_frames:
            return self.info
        info, at = bytearray(self.info), self.form.tag_at
        struct.pack_into(">I", info, at + 8, self.n_frames)
        flags = info[at + 7]
        lame = at + 12 + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
        if lame + 24 <= len(info):
            info[lame + 22] &= 0xF0
            info[lame + 23] = 0
        return bytes(info)


def stretches_of(file: FileBytes) -> list[Stretch]:
    """Return the streams of frames in a file, in order; none if there are not enough frames."""
    return [stream.stretch(file) for stream in _streams(file) if stream.n_frames]


def _streams(file: FileBytes) -> list[_Stream]:
    streams: list[_Stream] = []
    for start, head, form in _frames(file):
        begun = _begun(file, start, head, form)
        if begun is not None:
            streams.append(begun)
        elif not streams or _is_other(streams[-1], head, form):
            streams.append(_Stream(form))
        if start + form.n_bytes > file.size:
            streams[-1].is_cut = True
        elif begun is None or begun.has_first:
            streams[-1].add(start, form.n_bytes)
    return streams


def _begun(file: FileBytes, start: int, head: bytes, form: Form) -> _Stream | None:
    """Return the stream that a frame without sound begins, if it is one."""
    at = form.tag_at
    if head[at : at + 4] in (b"Xing", b"Info"):
        if not head[at + 7] & 1:  # it does not say how many there are: as if it were not there
            return _Stream(form)
        n_frames = int.from_bytes(head[at + 8 : at + 12], "big")
        return _Stream(form, file.at(start, form.n_bytes), n_frames)
    if head[VBRI_AT : VBRI_AT + 4] == b"VBRI":  # decoded as a frame like others
        n_frames = 1 + int.from_bytes(head[VBRI_AT + 14 : VBRI_AT + 18], "big")
        return _Stream(form, b"", n_frames, has_first=True)
    return None


def _is_other(stream: _Stream, head: bytes, form: Form) -> bool:
    """Tell whether a frame begins a stream that was joined behind another."""
    if form.kind != stream.form.kind:
        return True
    return stream.n_frames == stream.promised and _stands_alone(head, form)


def _stands_alone(head: bytes, form: Form) -> bool:
    """Tell whether a frame needs no bits of those before it."""
    version, layer, _, _ = form.kind
    at = 4 if head[1] & 1 else 6
    reservoir = head[at] << 1 | head[at + 1] >> 7 if version == 1 else head[at]
    return layer != 3 or reservoir == 0


def _frames(file: FileBytes) -> Iterator[tuple[int, bytes, Form]]:
    """Yield place, beginning and form of each frame; the last may break off."""
    start, kind = _first(file), None
    while start is not None and start < file.size:
        head = file.at(start, HEAD_BYTES).ljust(HEAD_BYTES, b"\0")
        form = form_of(head)
        if form is None or (form.kind != kind and not _is_chain(file, start)):
            start, kind = _next(file, start + 1, file.size), None
            continue
        yield start, head, form
        start, kind = start + form.n_bytes, form.kind


def _first(file: FileBytes) -> int | None:
    """Return the place of the first frame: after a tag, if that says where it ends."""
    start = end_of_id3(file)
    if start:
        found = _next(file, start, min(file.size, start + MOST_BYTES_BEFORE))
        padding = b"" if found is None else file.at(start, min(found - start, 1 << 16))
        if found is not None and not padding.strip(b"\0"):
            return found
    return _next(file, 10 if start else 0, min(file.size, MOST_BYTES_BEFORE))


def end_of_id3(file: FileBytes) -> int:
    """Return where an ID3 tag at the beginning says that it ends; 0 if there is none."""
    head = file.at(0, 10)
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    size = 0
    for byte in head[6:]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if head[5] & 0x10 else 0)


def _next(file: FileBytes, start: int, stop: int) -> int | None:
    return next((at for at in file.found(b"\xff", start, stop) if _is_chain(file, at)), None)


def _is_chain(file: FileBytes, start: int) -> bool:
    """Tell whether frames of one kind follow each other here, if only to the end of the file."""
    form = form_of(file.at(start, 4))
    kind = form and form.kind
    for number in range(CHAIN):
        if form is None or form.kind != kind:
            return False
        start += form.n_bytes
        if start >= file.size:
            return number > 0
        form = form_of(file.at(start, 4))
    return True
