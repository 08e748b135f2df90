"""Players: they read a line of music and turn it into notes of their instruments.

A line is a string of ``pitch/beats``, with ``+`` between the pitches of a chord and ``-`` for a
rest: ``"A3+C4/2 -/1 E4/0.5"``. A pattern of strokes has a sign for every quarter of a beat: ``x``
and ``o`` for a loud and a soft stroke, anything else for none; spaces do not count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from tests.mixtures.instruments import Audio, pitch_hz
from tests.mixtures.studio import Note

_STROKES = {"x": 0.95, "o": 0.6}
_STEPS_PER_BEAT = 4
# Two strings of a chord are not struck at the same moment.
_SPREAD_S = 0.012


@dataclass(frozen=True)
class Player:
    """Somebody with a place on the stage and a sense of time that is human.

    Attributes
    ----------
    sample_rate : int
        Samples per second of the notes.
    beat_s : float
        Length of a beat.
    rng : np.random.RandomState
        Of the variations of timing and strength, and of the noise in the instruments.
    position : float
        -1 for the left, 0 for the centre, 1 for the right.
    """

    sample_rate: int
    beat_s: float
    rng: np.random.RandomState
    position: float = 0.0

    def play(
        self,
        instrument: Callable[..., Audio],
        line: str,
        *,
        velocity: float = 0.85,
        hold: float = 0.95,
        **how: object,
    ) -> Iterator[Note]:
        """Play a line.

        Parameters
        ----------
        instrument : callable
            Makes a note from frequency, duration, sample rate, generator and velocity.
        line : str
            See above.
        velocity : float
            Of a note on average.
        hold : float
            Length of a note relative to its place in the line; more than 1 lets it ring.
        **how
            Handed to the instrument.
        """
        beat = 0.0
        for token in line.split():
            pitches, n_beats = token.split("/")
            for string, pitch in enumerate(pitches.split("+") if pitches != "-" else ()):
                start_s, strength = self._vary(beat * self.beat_s + string * _SPREAD_S, velocity)
                duration_s = hold * float(n_beats) * self.beat_s
                note = instrument(
                    pitch_hz(pitch), duration_s, self.sample_rate, self.rng, strength, **how
                )
                yield Note(start_s, self.position, note)
            beat += float(n_beats)

    def strike(self, drum: Callable[..., Audio], pattern: str) -> Iterator[Note]:
        """Strike a drum.

        Parameters
        ----------
        drum : callable
            Makes a stroke from sample rate, generator and velocity.
        pattern : str
            See above.
        """
        for step, sign in enumerate(pattern.replace(" ", "")):
            if sign in _STROKES:
                place_s = step * self.beat_s / _STEPS_PER_BEAT
                start_s, strength = self._vary(place_s, _STROKES[sign])
                yield Note(start_s, self.position, drum(self.sample_rate, self.rng, strength))

    def _vary(self, start_s: float, velocity: float) -> tuple[float, float]:
        """Shift a stroke by some milliseconds and change its strength by some percent."""
        shift_s = np.clip(0.004 * self.rng.standard_normal(), -0.01, 0.01)
        factor = np.clip(1.0 + 0.07 * self.rng.standard_normal(), 0.8, 1.2)
        return max(0.0, start_s + float(shift_s)), min(1.0, velocity * float(factor))
