"""The recordings that the quality of separation is measured on, made in memory.

They differ in what plays, in the number of channels and the sample rate, and in being dry or
reverberant. To hear one::

    python -m tests.mixtures.evaluation trio FOLDER

writes ``trio.wav`` and a file for each stem.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.mixtures import demo, room, studio
from tests.mixtures.parts import Piece
from tests.mixtures.pieces import PIECES
from tests.mixtures.players import Player

DEMO_NAME = "demo"
NAMES = (DEMO_NAME, *PIECES)

_PEAK_DB = -1.5
_FADE_S = 0.4
_ROOM = 1000


@dataclass(frozen=True, eq=False)
class Mixture:
    """A recording and what it is the sum of.

    Attributes
    ----------
    name, contents : str
        A word, and what plays.
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording: exactly the sum of the stems.
    sample_rate : int
        In Hz.
    stems : dict of str to ndarray of float32, shape (n_samples, n_channels)
        The sources.
    reverberation_s : float
        0 for a dry recording.
    """

    name: str
    contents: str
    samples: NDArray[np.float32]
    sample_rate: int
    stems: dict[str, NDArray[np.float32]]
    reverberation_s: float

    @property
    def n_channels(self) -> int:
        """Number of channels."""
        return int(self.samples.shape[1])

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


def evaluation_mixtures() -> dict[str, Mixture]:
    """Make all recordings of the evaluation but the demo, under their names."""
    return {name: evaluation_mixture(name) for name in PIECES}


def evaluation_mixture(name: str) -> Mixture:
    """Make a recording of the evaluation, or read the demo.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Returns
    -------
    Mixture
        The same samples in every call.
    """
    if name == DEMO_NAME:
        return _demo()
    return played(name, PIECES[name], seed=list(PIECES).index(name))


def played(name: str, piece: Piece, seed: int) -> Mixture:
    """Let a piece be played.

    Parameters
    ----------
    name : str
        A word for the mixture.
    piece : Piece
        What to play.
    seed : int
        Of whatever the score does not say.

    Returns
    -------
    Mixture
        The same samples in every call.
    """
    stems = _record(piece, seed)
    return _mixture(name, piece.contents, stems, piece.sample_rate, piece.reverberation_s)


def _record(piece: Piece, seed: int) -> dict[str, studio.Samples]:
    """Play a piece in its room; the stems are in balance and rounded to 16 bits."""
    n_samples = round(piece.duration_s * piece.sample_rate)
    # Frozen streams, and one for each player: a change to one part leaves the others alone.
    room_rng = np.random.RandomState([seed, _ROOM])
    stems = {}
    for index, (name, stem) in enumerate(piece.stems.items()):
        rng = np.random.RandomState([seed, index])
        player = Player(piece.sample_rate, piece.beat_s, rng, stem.position)
        notes = stem.part(player)
        audio = studio.lay_out(notes, n_samples, piece.sample_rate, piece.n_channels)
        if piece.reverberation_s:
            # Another one for every stem: each has its own place in the room.
            response = room.impulse_response(
                piece.reverberation_s, piece.n_channels, piece.sample_rate, room_rng
            )
            audio = room.reverberate(audio, response, piece.wet_db)
        audio = studio.fade_out(audio, round(_FADE_S * piece.sample_rate))
        stems[name] = studio.balance(audio, stem.level_db)
    return studio.master(stems, _PEAK_DB, room_rng if piece.is_dithered else None)


def _demo() -> Mixture:
    stems = {
        name: soundfile.read(
            demo.DEMO_FOLDER / "stems" / f"{name}.flac", dtype="int16", always_2d=True
        )[0]
        for name in demo.STEMS
    }
    contents = "guitar, bass, bells and drums"
    return _mixture(DEMO_NAME, contents, stems, demo.SAMPLE_RATE, demo.REVERBERATION_S)


def _mixture(
    name: str,
    contents: str,
    stems: dict[str, studio.Samples],
    sample_rate: int,
    reverberation_s: float,
) -> Mixture:
    """Turn stems of 16 bits into floating point, in which their sum is exact."""
    samples = {
        stem: (audio / studio.FULL_SCALE).astype(np.float32) for stem, audio in stems.items()
    }
    mixed = np.sum(list(samples.values()), axis=0, dtype=np.float32)
    return Mixture(name, contents, mixed, sample_rate, samples, reverberation_s)


def write(name: str, folder: Path) -> None:
    """Write a recording and its stems as WAV files.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    folder : Path
        Made if missing.
    """
    mixture = evaluation_mixture(name)
    folder.mkdir(parents=True, exist_ok=True)
    for stem, audio in {name: mixture.samples, **mixture.stems}.items():
        soundfile.write(folder / f"{stem}.wav", audio, mixture.sample_rate, "PCM_16")


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
