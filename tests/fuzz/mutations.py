"""Ways to spoil bytes; all need at least one of them, and dice."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

#: Headers of sound files are hardly longer.
HEADER_BYTES = 200
#: Lengths, counts and rates that programs do not expect.
ODD_NUMBERS = (0, 1, 2, 7, 17, 255, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF)


def flipped(content: bytes, dice: random.Random) -> bytes:
    """Flip some bits."""
    result = bytearray(content)
    for _ in range(dice.choice([1, 1, 3, 50])):
        result[dice.randrange(len(result))] ^= 1 << dice.randrange(8)
    return bytes(result)


def cut_out(content: bytes, dice: random.Random) -> bytes:
    """Remove a stretch."""
    start, end = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def put_in(content: bytes, dice: random.Random) -> bytes:
    """Insert bytes without sense."""
    at = dice.randrange(len(content))
    return content[:at] + dice.randbytes(dice.choice([1, 4, 1_000])) + content[at:]


def twice(content: bytes, dice: random.Random) -> bytes:
    """Repeat or skip a stretch."""
    start, end = sorted(dice.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:]


def odd_number(content: bytes, dice: random.Random) -> bytes:
    """Write a number into the header that nobody expects there."""
    form = dice.choice(("<I", ">I", "<H", ">H", "B", "<Q", ">Q"))
    number = dice.choice(ODD_NUMBERS) & (256 ** struct.calcsize(form) - 1)
    at = dice.randrange(min(len(content), HEADER_BYTES))
    return content[:at] + struct.pack(form, number) + content[at + struct.calcsize(form) :]


def header_flipped(content: bytes, dice: random.Random) -> bytes:
    """Change some bytes of the header."""
    result = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 5, 20])):
        result[dice.randrange(min(len(result), HEADER_BYTES))] = dice.randrange(256)
    return bytes(result)


def cut_off(content: bytes, dice: random.Random) -> bytes:
    """Keep the beginning, of any length."""
    return content[: round(len(content) * dice.random() ** 2)]


ANYWHERE: list[Mutation] = [flipped, cut_out, put_in, twice]
OF_SOUNDS: list[Mutation] = [
    *ANYWHERE, odd_number, odd_number, odd_number, header_flipped, header_flipped, cut_off,
]  # fmt: skip


def mutated(content: bytes, dice: random.Random, ways: list[Mutation]) -> bytes:
    """Spoil bytes in one way, or in several after each other."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        content = dice.choice(ways)(content, dice) or b"\0"
    return content
