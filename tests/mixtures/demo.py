"""Synthesise the demonstration recording and its four stems.

Run from the root of the repository, it (re)writes the files in ``resources/demo``::

    python -m tests.mixtures.demo

The piece is eight bars in G major and a closing chord, for guitar, bass, bells and drums. Every
instrument repeats a handful of pitches, each of which one basis spectrum can describe.
Guitar and bells answer each other rather than strike together all the time.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile

from tests.mixtures import instruments, room, studio
from tests.mixtures.studio import Audio, Note, Samples

SAMPLE_RATE = 44100
STEMS = ("guitar", "bass", "bells", "drums")
DEMO_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "demo"

_SEED = 20
_BEAT_S = 60.0 / 104.0
_BEATS_PER_BAR = 4
_N_BARS = 8
_START_S = 0.06
_RING_OUT_S = 3.2
_FADE_S = 0.8
_GUITAR_NOTE_S = 0.9
REVERBERATION_S = 0.8
_PEAK_DB = -1.5

# Level of each stem in dB relative to the others, as the root mean square of the whole stem.
_LEVEL_DB = {"guitar": 0.0, "bass": -0.5, "bells": -2.5, "drums": -2.0}
# Level in dB of the reverberation of each stem; low sounds blur soonest.
_WET_DB = {"guitar": -20.0, "bass": -30.0, "bells": -18.0, "drums": -26.0}

# One chord per bar, the strings from low to high. In the fifth bar the guitar rests, in the sixth
# the bass and its drum: this gives the piece a shape, and shows a factorization what belongs to
# which instrument.
_GUITAR_CHORDS = (
    ("B3", "E4", "G4", "B4"),  # E minor
    ("B3", "E4", "G4", "B4"),  # over C: C major seventh
    ("B3", "D4", "G4", "B4"),  # G major
    ("D4", "E4", "A4", "E4"),  # D with the second
    (),
    ("B3", "E4", "G4", "B4"),  # E minor
    ("B3", "D4", "G4", "B4"),  # G major
    ("D4", "E4", "A4", "E4"),  # D with the second
)
_GUITAR_CLOSING_CHORD = ("B3", "D4", "G4", "B4")
# (beat, string) of the notes of odd and of even bars; the gaps are for the bells.
_GUITAR_PATTERNS = (
    ((0.0, 0), (0.5, 1), (1.0, 2), (1.5, 3), (2.5, 2), (3.5, 1)),
    ((0.5, 2), (1.0, 3), (2.0, 1), (2.5, 0), (3.0, 1), (3.5, 2)),
)

# (beat, pitch) of the bass for each bar; it enters in the second.
_BASS_LINE = (
    (),
    ((0.0, "C3"), (1.5, "C3"), (2.5, "G2"), (3.5, "E2")),
    ((0.0, "G2"), (1.5, "G2"), (2.5, "D3"), (3.5, "C3")),
    ((0.0, "D3"), (1.5, "D3"), (2.5, "C3"), (3.5, "G2")),
    ((0.0, "E2"), (1.5, "E2"), (2.5, "G2"), (3.5, "D3")),
    (),
    ((0.0, "G2"), (1.5, "D3"), (2.5, "G2"), (3.5, "E2")),
    ((0.0, "D3"), (1.5, "C3"), (2.5, "G2"), (3.5, "D3")),
)

# (bar, beat, pitch) of the melody, counted from 0.
_BELL_MELODY = (
    *((1, 1.5, "B5"), (1, 3.0, "D6")),
    *((2, 0.5, "D6"), (2, 2.0, "B5"), (2, 3.0, "G6")),
    *((3, 0.0, "E6"), (3, 1.5, "D6")),
    *((4, 0.75, "E6"), (4, 2.0, "D6"), (4, 3.0, "B5")),
    *((5, 0.0, "G6"), (5, 1.5, "E6")),
    *((6, 0.5, "D6"), (6, 2.0, "G6"), (6, 3.0, "B5")),
    *((7, 0.0, "D6"), (7, 1.5, "E6")),
    *((8, 0.0, "G6"),),
)

# (beat, velocity) of the strokes of a full bar.
_KICK_REST_BAR = 5
_KICK_BEATS = ((0.0, 0.6), (2.0, 0.5))
_SNARE_BEATS = ((1.0, 0.95), (3.0, 1.0))
_FILL_BARS = (_KICK_REST_BAR, _N_BARS - 1)
_SNARE_FILL = ((3.5, 0.5), (3.75, 0.75))
_HAT_BEATS = tuple((beat + 0.5, 0.5) for beat in range(4))


def compose(sample_rate: int, seed: int = _SEED) -> dict[str, list[Note]]:
    """Play the piece: the dry notes of every instrument.

    Parameters
    ----------
    sample_rate : int
        Samples per second.
    seed : int
        Fixes the variations of timing and strength and the noise in the instruments.

    Returns
    -------
    dict of str to list of Note
        For each name in `STEMS`.
    """
    # A generator for each player, so that a change to one part leaves the others as they are.
    players = np.random.default_rng(seed).spawn(len(STEMS))
    parts = (_play_guitar, _play_bass, _play_bells, _play_drums)
    return {
        name: list(play(sample_rate, rng))
        for name, play, rng in zip(STEMS, parts, players, strict=True)
    }


def synthesise(sample_rate: int = SAMPLE_RATE, seed: int = _SEED) -> dict[str, Samples]:
    """Render the stems in the room, balance them and round them to 16 bits.

    Parameters
    ----------
    sample_rate : int
        Samples per second.
    seed : int
        Equal seeds give equal samples.

    Returns
    -------
    dict of str to Samples
        For each name in `STEMS`, int16 of shape (n_samples, 2). Their sum stays below full
        scale: its peak is at -1.5 dB.
    """
    n_samples = round((_seconds(_N_BARS, 0.0) + _RING_OUT_S) * sample_rate)
    room_rng = np.random.default_rng([seed, 1])
    response = room.impulse_response(REVERBERATION_S, 2, sample_rate, room_rng)
    stems = {}
    for name, notes in compose(sample_rate, seed).items():
        dry = studio.lay_out(notes, n_samples, sample_rate)
        stem = studio.balance(room.reverberate(dry, response, _WET_DB[name]), _LEVEL_DB[name])
        stems[name] = studio.fade_out(stem, round(_FADE_S * sample_rate))
    return studio.master(stems, _PEAK_DB, room_rng)


def mix(stems: Iterable[Samples]) -> Samples:
    """Add stems sample by sample, exactly.

    Parameters
    ----------
    stems : iterable of Samples
        Arrays of int16, each of shape (n_samples, n_channels).

    Returns
    -------
    Samples
        Their sum, int16 of shape (n_samples, n_channels).

    Raises
    ------
    ValueError
        If the sum does not fit into 16 bits.
    """
    total = np.sum([stem.astype(np.int32) for stem in stems], axis=0)
    limits = np.iinfo(np.int16)
    if total.min() <= limits.min or total.max() >= limits.max:
        raise ValueError("The sum of the stems clips.")
    return total.astype(np.int16)


def write(folder: Path) -> None:
    """Synthesise the demonstration and write it as FLAC files of 16 bits.

    Parameters
    ----------
    folder : Path
        Receives ``demo.flac`` and a folder ``stems`` with a file for each name in `STEMS`.
    """
    stems = synthesise()
    (folder / "stems").mkdir(parents=True, exist_ok=True)
    for name, stem in stems.items():
        soundfile.write(folder / "stems" / f"{name}.flac", stem, SAMPLE_RATE, "PCM_16")
    soundfile.write(folder / "demo.flac", mix(stems.values()), SAMPLE_RATE, "PCM_16")

    written, _ = soundfile.read(folder / "demo.flac", dtype="int16")
    parts = [soundfile.read(folder / "stems" / f"{name}.flac", dtype="int16")[0] for name in STEMS]
    assert np.array_equal(written, mix(parts)), "the stems do not add up to the mixture"


def _seconds(bar: int, beat: float) -> float:
    """Convert a place in the score, counted from 0, to seconds."""
    return _START_S + (bar * _BEATS_PER_BAR + beat) * _BEAT_S


def _vary(start_s: float, velocity: float, rng: np.random.Generator) -> tuple[float, float]:
    """Shift a stroke by some milliseconds and change its strength by some percent."""
    shift_s = np.clip(0.004 * rng.standard_normal(), -0.01, 0.01)
    factor = np.clip(1.0 + 0.07 * rng.standard_normal(), 0.8, 1.2)
    return start_s + float(shift_s), min(1.0, velocity * float(factor))


def _play_guitar(sample_rate: int, rng: np.random.Generator) -> Iterable[Note]:
    """Break a chord in every bar but one, and let the last chord ring."""
    for bar, chord in enumerate(_GUITAR_CHORDS):
        for beat, string in _GUITAR_PATTERNS[bar % 2] if chord else ():
            accent = 1.0 if beat == 0.0 else 0.85 if beat % 1.0 == 0.0 else 0.75
            start_s, velocity = _vary(_seconds(bar, beat), accent, rng)
            frequency_hz = instruments.pitch_hz(chord[string])
            sound = instruments.guitar_note(
                frequency_hz, _GUITAR_NOTE_S, sample_rate, rng, velocity
            )
            yield Note(start_s, -0.45, sound)
    for string, pitch in enumerate(_GUITAR_CLOSING_CHORD):
        start_s, velocity = _vary(_seconds(_N_BARS, 0.0) + 0.07 * string, 0.7, rng)
        frequency_hz = instruments.pitch_hz(pitch)
        sound = instruments.guitar_note(frequency_hz, 4.0, sample_rate, rng, velocity)
        yield Note(start_s, -0.45, sound)


def _play_bass(sample_rate: int, rng: np.random.Generator) -> Iterable[Note]:
    """Enter in the second bar with a syncopated line around the roots of the chords."""
    notes = [
        (bar, beat, 0.8 * _BEAT_S, 0.95 if beat == 0.0 else 0.8, pitch)
        for bar, line in enumerate(_BASS_LINE)
        for beat, pitch in line
    ]
    notes.append((_N_BARS, 0.0, 4.0, 0.9, "G2"))
    for bar, beat, duration_s, strength, pitch in notes:
        start_s, velocity = _vary(_seconds(bar, beat), strength, rng)
        frequency_hz = instruments.pitch_hz(pitch)
        sound = instruments.bass_note(frequency_hz, duration_s, sample_rate, rng, velocity)
        yield Note(start_s, 0.05, sound)


def _play_bells(sample_rate: int, rng: np.random.Generator) -> Iterable[Note]:
    """Play the melody and let every bar of metal ring."""
    for bar, beat, pitch in _BELL_MELODY:
        start_s, velocity = _vary(_seconds(bar, beat), 0.9 if beat == 0.0 else 0.75, rng)
        frequency_hz = instruments.pitch_hz(pitch)
        sound = instruments.bell_note(frequency_hz, 3.5, sample_rate, rng, velocity)
        yield Note(start_s, 0.5, sound)


def _play_drums(sample_rate: int, rng: np.random.Generator) -> Iterable[Note]:
    """Lead in with the hi-hat in the first bar, then keep the beat to a last cymbal stroke."""

    def hit(
        drum: Callable[..., Audio], bar: int, beat: float, strength: float, position: float, **how
    ) -> Note:
        start_s, velocity = _vary(_seconds(bar, beat), strength, rng)
        return Note(start_s, position, drum(sample_rate, rng, velocity, **how))

    for beat, strength in _HAT_BEATS[2:]:
        yield hit(instruments.hi_hat, 0, beat, 0.8 * strength, 0.3)
    for beat, strength in _SNARE_FILL:
        yield hit(instruments.snare_drum, 0, beat, strength, -0.1)
    for bar in range(1, _N_BARS):
        for beat, strength in () if bar == _KICK_REST_BAR else _KICK_BEATS:
            yield hit(instruments.kick_drum, bar, beat, strength, 0.0)
        for beat, strength in _SNARE_BEATS + (_SNARE_FILL if bar in _FILL_BARS else ()):
            yield hit(instruments.snare_drum, bar, beat, strength, -0.1)
        for beat, strength in _HAT_BEATS:
            is_open = bar % 2 == 0 and beat == 3.5
            decay_s = 0.12 if is_open else 0.03
            yield hit(instruments.hi_hat, bar, beat, strength, 0.3, decay_s=decay_s)
    yield hit(instruments.kick_drum, _N_BARS, 0.0, 1.0, 0.0)
    yield hit(instruments.hi_hat, _N_BARS, 0.0, 0.5, 0.3, decay_s=0.6)


if __name__ == "__main__":
    write(DEMO_FOLDER)
