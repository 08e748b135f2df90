"""Ogg: finding its pages, where streams are chained and where the last page breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes, Piece, Stitched
from isnmf_gui.session.sound_files.streams.stretches import Stretch

MARK = b"OggS\0"
HEAD_BYTES = 27
CONTINUED, FIRST, LAST = 1, 2, 4
#: Samples that a packet decodes to at most, in Vorbis and in Opus.
MOST_SAMPLES = 8192
#: The first page is looked for here.
MOST_BYTES_BEFORE = 1 << 22


def _crc_table() -> tuple[int, ...]:
    table = [number << 24 for number in range(256)]
    for _ in range(8):
        table = [(it << 1 ^ 0x04C1_1DB7) & 0xFFFF_FFFF if it >> 31 else it << 1 for it in table]
    return tuple(table)


CRC = _crc_table()


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes
    ----------
    start : int
        Its place in the file.
    head : bytes
        Its header, with the lengths of its segments.
    flags : int
        `CONTINUED`, `FIRST` and `LAST`, added up.
    """

    start: int
    head: bytes
    flags: int

    @property
    def lengths(self) -> bytes:
        """Lengths of its segments."""
        return self.head[HEAD_BYTES:]

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.start + len(self.head) + sum(self.lengths)


@dataclass
class _Chain:
    """Pages of one piece of music; `is_whole` says whether its last page is the last of it."""

    pieces: list[Piece] = field(default_factory=list)
    n_packets: int = 0
    has_sound: bool = False
    is_whole: bool = False

    def stretch(self, source: Stitched | None) -> Stretch:
        """Return how to decode it."""
        return Stretch(source, self.n_packets * MOST_SAMPLES, is_cut=not self.is_whole)


def stretches_of(file: FileBytes) -> list[Stretch]:
    """Return the streams in a file, in order; none if there is no page in it."""
    chains: list[_Chain] = []
    for page in _pages(file):
        is_first = bool(page.flags & FIRST)
        if not chains or (is_first and chains[-1].has_sound):
            chains.append(_Chain())
        _add(chains[-1], page, file)
    if len(chains) == 1 and chains[0].pieces == [range(file.size)]:
        return [chains[0].stretch(None)]
    return [chain.stretch(Stitched(file, chain.pieces)) for chain in chains]


def _add(chain: _Chain, page: Page, file: FileBytes) -> None:
    if page.stop > file.size:
        chain.pieces.append(_cut(page, file))
    elif chain.pieces and isinstance(last := chain.pieces[-1], range) and last.stop == page.start:
        chain.pieces[-1] = range(last.start, page.stop)
    else:
        chain.pieces.append(range(page.start, page.stop))
    chain.n_packets += sum(length < 255 for length in page.lengths)
    chain.has_sound |= not page.flags & FIRST
    chain.is_whole = bool(page.flags & LAST)


def _pages(file: FileBytes) -> Iterator[Page]:
    """Yield the pages, whatever stands between them; the last may break off."""
    start: int | None = next(file.found(MARK, 0, MOST_BYTES_BEFORE), None)
    while start is not None:
        head = file.at(start, HEAD_BYTES)
        if len(head) == HEAD_BYTES and head.startswith(MARK):
            head = file.at(start, HEAD_BYTES + head[26])
            if len(head) < HEAD_BYTES + head[26]:
                return
            page = Page(start, head, head[5])
            yield page
            start = page.stop if page.stop < file.size else None
        else:
            start = next(file.found(MARK, start + 1), None)


def _cut(page: Page, file: FileBytes) -> bytes:
    """Return a page with the packets that are there whole, and its time: it ends before that."""
    n_there = file.size - page.start - len(page.head)
    n_segments = n_bytes = done = done_bytes = 0
    for length in page.lengths:
        n_segments, n_bytes = n_segments + 1, n_bytes + length
        if n_bytes > n_there:
            break
        if length < 255:
            done, done_bytes = n_segments, n_bytes
    if not done:
        return b""
    flags = bytes([page.flags | LAST])  # or its time would say when it begins, if it is the first
    head = page.head[:5] + flags + page.head[6:22] + bytes(4) + bytes([done]) + page.lengths[:done]
    content = head + file.at(page.start + len(page.head), done_bytes)
    return content[:22] + _checksum(content).to_bytes(4, "little") + content[26:]


def _checksum(content: bytes) -> int:
    crc = 0
    for byte in content:
        crc = (crc << 8 & 0xFFFF_FFFF) ^ CRC[crc >> 24 ^ byte]
    return crc
