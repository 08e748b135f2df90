"""FLAC: finding its frames, also where streams were joined, changed or damaged.

Every frame begins with a header that has a checksum and a number, so that it is found without
decoding the others. A decoder that is left alone ends at the first fault, and at the length that
the first stream says; and it does not notice that the sample rate is another.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes, Stitched
from isnmf_gui.session.sound_files.streams.stretches import Stretch

#: What a stream begins with: its mark, and the head of the block that describes it.
MARKS = (b"fLaC\x00\x00\x00\x22", b"fLaC\x80\x00\x00\x22")
INFO_BYTES = 42
MOST_HEADER_BYTES = 16
#: Headers without a predecessor that are remembered until another follows on them.
MOST_PENDING = 16

SAMPLE_RATES = (0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
                96_000)  # fmt: skip
BLOCK_SIZES = (0, 192, 576, 1152, 2304, 4608, 0, 0, *(256 << n for n in range(8)))


def _crc_table() -> tuple[int, ...]:
    table = list(range(256))
    for _ in range(8):
        table = [(it << 1 ^ 0x07) & 0xFF if it & 0x80 else it << 1 for it in table]
    return tuple(table)


CRC = _crc_table()


@dataclass(frozen=True)
class Info:
    """What the first block of a stream says.

    Attributes
    ----------
    content : bytes
        The mark and the block.
    rate, n_channels, n_bits : int
        Of the sound; in Hz and bits a sample.
    n_samples : int
        Its length; 0 if that was not known.
    """

    content: bytes
    rate: int
    n_channels: int
    n_bits: int
    n_samples: int

    @classmethod
    def of(cls, content: bytes) -> Info:
        """Read it."""
        value = int.from_bytes(content[18:26], "big")
        return cls(
            content,
            value >> 44,
            1 + (value >> 41 & 7),
            1 + (value >> 36 & 31),
            value & (1 << 36) - 1,
        )

    def head(self, n_samples: int) -> bytes:
        """Return the beginning of a stream of this form and another length."""
        value = self.rate << 44 | self.n_channels - 1 << 41 | self.n_bits - 1 << 36
        content = b"fLaC\x80" + self.content[5:18]
        return content + (value | n_samples).to_bytes(8, "big") + self.content[26:]


@dataclass(frozen=True)
class Header:
    """What stands at the beginning of a frame.

    Attributes
    ----------
    at : int
        Place in the file.
    number, next_number : int
        The frame's, and that of the next one: of frames, or of samples if blocks vary.
    n_samples : int
        Length of the block.
    kind : tuple of int
        Sample rate in Hz and number of channels.
    """

    at: int
    number: int
    next_number: int
    n_samples: int
    kind: tuple[int, int]


def header_at(at: int, content: bytes, info: Info) -> Header | None:
    """Return the header that bytes begin with, if its checksum is right."""
    if len(content) < 6 or content[3] & 1 or content[3] >> 4 > 10:
        return None
    size_code, rate_code, channels = content[2] >> 4, content[2] & 15, content[3] >> 4
    number, end = _number(content)
    n_size, n_rate = {6: 1, 7: 2}.get(size_code, 0), {12: 1, 13: 2, 14: 2}.get(rate_code, 0)
    stop = end + n_size + n_rate
    if number is None or not size_code or rate_code == 15 or stop >= len(content):
        return None
    crc = 0
    for byte in content[:stop]:
        crc = CRC[crc ^ byte]
    if crc != content[stop]:
        return None
    n_samples = BLOCK_SIZES[size_code] or 1 + int.from_bytes(content[end : end + n_size], "big")
    rate = int.from_bytes(content[end + n_size : stop], "big") * {12: 1000, 14: 10}.get(
        rate_code, 1
    )
    if rate_code < 12:
        rate = SAMPLE_RATES[rate_code] or info.rate
    step = n_samples if content[1] & 1 else 1
    kind = rate, channels + 1 if channels < 8 else 2
    return Header(at, number, number + step, n_samples, kind)


def _number(content: bytes) -> tuple[int | None, int]:
    """Return the number of a frame, which is written as UTF-8 writes letters, and where it ends."""
    first = content[4]
    if first < 0x80:
        return first, 5
    n_more = next((n for n in range(1, 7) if first >> (6 - n) & 1 == 0), 0)
    more = content[5 : 5 + n_more]
    if first < 0xC0 or not n_more or any(byte >> 6 != 2 for byte in more):
        return None, 0
    number = first & (1 << (6 - n_more)) - 1
    for byte in more:
        number = number << 6 | byte & 0x3F
    return number, 5 + n_more


@dataclass
class _Stream:
    """Frames of one kind that follow one another.

    Attributes
    ----------
    info : Info
        Of the stream that they are in, with their rate and channels.
    stop : int
        Where they end.
    places, firsts : list of int
        Where each frame begins, in the file and in the sound.
    n_samples : int
        Length of the sound.
    """

    info: Info
    stop: int
    places: list[int] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    n_samples: int = 0

    def add(self, header: Header, n_lost: int) -> None:
        """Take another frame, before which so many are missing."""
        first = self.n_samples + n_lost * header.n_samples
        if first >= self.info.n_samples:  # no loss explains that
            first = self.n_samples
        self.places.append(header.at)
        self.firsts.append(first)
        self.n_samples = first + header.n_samples

    def stretch(self, file: FileBytes, promised: int) -> Stretch:
        """Return how to decode it."""

        def source(number: int) -> Stitched:
            n_left = self.n_samples - self.firsts[number]
            return Stitched(file, [self.info.head(n_left), range(self.places[number], self.stop)])

        def after(n_read: int) -> tuple[int, Stitched] | None:
            number = bisect.bisect_right(self.firsts, n_read)
            return (self.firsts[number], source(number)) if number < len(self.firsts) else None

        return Stretch(source(0), self.n_samples, max(promised, self.n_samples), after=after)


def stretches_of(file: FileBytes) -> list[Stretch]:
    """Return the streams in a file, in order; none if there is no frame in it."""
    starts = sorted(at for mark in MARKS for at in file.found(mark, 0))
    stretches = []
    for start, stop in pairwise([*starts, file.size]):
        info = Info.of(file.at(start, INFO_BYTES).ljust(INFO_BYTES, b"\0"))
        streams = _streams(file, info, _sound_at(file, start, stop), stop)
        promised = info.n_samples if len(streams) == 1 else 0
        stretches += [stream.stretch(file, promised) for stream in streams]
    return stretches


def info_of(file: FileBytes) -> Info | None:
    """Return what the first stream says of itself."""
    at = min((at for mark in MARKS for at in file.found(mark, 0, 1 << 22)), default=None)
    return None if at is None else Info.of(file.at(at, INFO_BYTES).ljust(INFO_BYTES, b"\0"))


def _sound_at(file: FileBytes, start: int, stop: int) -> int:
    """Return where the blocks before the frames end, or the first of them if that is not true."""
    at, is_last = start + 4, False
    while not is_last:
        head = file.at(at, 4)
        if len(head) < 4 or at >= stop:
            return start + INFO_BYTES
        at, is_last = at + 4 + int.from_bytes(head[1:], "big"), bool(head[0] & 0x80)
    return at


def _streams(file: FileBytes, info: Info, start: int, stop: int) -> list[_Stream]:
    streams: list[_Stream] = []
    expected = None
    for header in _headers(file, info, start, stop):
        rate, n_channels = header.kind
        last = streams[-1] if streams else None
        if last is None or (last.info.rate, last.info.n_channels) != header.kind:
            if last is not None:
                last.stop = header.at
            last = _Stream(replace(info, rate=rate, n_channels=n_channels), stop)
            streams.append(last)
            expected = None
        jump = 0 if expected is None else header.number - expected
        is_counted = header.next_number == header.number + 1
        n_lost = jump if is_counted else jump // header.n_samples
        last.add(header, max(0, n_lost))
        expected = header.next_number
    return streams


def _headers(file: FileBytes, info: Info, start: int, stop: int) -> Iterator[Header]:
    """Yield the headers of frames; what looks like one and has no neighbour is none."""
    expected: int | None = 0
    pending: dict[int, Header] = {}
    sync = b"\xff\xf9" if file.at(start, 2) == b"\xff\xf9" else b"\xff\xf8"
    for at in file.found(sync, start, stop):
        header = header_at(at, file.at(at, MOST_HEADER_BYTES), info)
        if header is None:
            continue
        before = pending.get(header.number)
        if header.number != expected and before is not None:
            yield before
        elif header.number != expected:
            pending[header.next_number] = header
            if len(pending) > MOST_PENDING:
                del pending[next(iter(pending))]
            continue
        yield header
        expected = header.next_number
        pending.clear()
