"""What a piece of music consists of, and how each instrument takes its part in it."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.mixtures import instruments, partials
from tests.mixtures.backgrounds import mains_hum, streaming_air
from tests.mixtures.instruments import Audio
from tests.mixtures.players import Player
from tests.mixtures.studio import Note

Part = Callable[[Player], Iterator[Note]]

# No piece is longer: so long do the backgrounds go on.
_LONGEST_S = 12.0

_DRUMS: dict[str, Callable[..., Audio]] = {
    "kick": instruments.kick_drum,
    "snare": instruments.snare_drum,
    "hat": instruments.hi_hat,
    "open_hat": functools.partial(instruments.hi_hat, decay_s=0.15),
}


@dataclass(frozen=True)
class Stem:
    """What one musician plays.

    Attributes
    ----------
    part : callable
        Makes the notes.
    level_db : float
        Of the whole stem, relative to the others.
    position : float
        From -1 for the left to 1 for the right.
    """

    part: Part
    level_db: float = 0.0
    position: float = 0.0


@dataclass(frozen=True)
class Piece:
    """A recording to be made.

    Attributes
    ----------
    contents : str
        In a few words.
    sample_rate, n_channels : int
        Of the recording.
    duration_s, beat_s : float
        Of the recording and of a beat.
    stems : dict of str to Stem
        What is heard.
    reverberation_s : float
        0 for a dry recording.
    wet_db : float
        Level of the reverberation, see `room.reverberate`.
    is_dithered : bool
        Without dither a pause is digital silence, as in a mix made on a computer.
    """

    contents: str
    sample_rate: int
    n_channels: int
    duration_s: float
    beat_s: float
    stems: dict[str, Stem] = field(repr=False)
    reverberation_s: float = 0.0
    wet_db: float = 0.0
    is_dithered: bool = True


def picked(line: str) -> Part:
    """Pick a guitar whose strings ring on."""
    return lambda player: player.play(instruments.guitar_note, line, hold=2.5)


def bass(line: str) -> Part:
    """Pluck a bass."""
    return lambda player: player.play(instruments.bass_note, line, hold=0.9)


def bells(line: str) -> Part:
    """Strike bells, and let them ring."""
    return lambda player: player.play(instruments.bell_note, line, velocity=0.75, hold=4.0)


def piano(line: str) -> Part:
    """Play the piano."""
    return lambda player: player.play(partials.piano_note, line, velocity=0.7)


def flute(line: str) -> Part:
    """Play the flute."""
    return lambda player: player.play(partials.flute_note, line)


def bowed(line: str, body: str) -> Part:
    """Play the violin or the viola."""
    return lambda player: player.play(partials.bowed_note, line, hold=1.0, body=body)


def voice(**line_of_vowel: str) -> Part:
    """Sing; each vowel has a line of its own, with rests while another is sung."""

    def part(player: Player) -> Iterator[Note]:
        for vowel, line in line_of_vowel.items():
            yield from player.play(partials.sung_note, line, hold=0.98, vowel=vowel)

    return part


def drums(**pattern_of_drum: str) -> Part:
    """Strike drums of `_DRUMS`, each after a pattern of its own."""

    def part(player: Player) -> Iterator[Note]:
        for drum, pattern in pattern_of_drum.items():
            yield from player.strike(_DRUMS[drum], pattern)

    return part


def air(player: Player) -> Iterator[Note]:
    """Let air stream all the time."""
    yield Note(0.0, player.position, streaming_air(_LONGEST_S, player.sample_rate, player.rng))


def hum(player: Player) -> Iterator[Note]:
    """Hum all the time."""
    yield Note(0.0, player.position, mains_hum(_LONGEST_S, player.sample_rate, player.rng))
