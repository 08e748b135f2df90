"""The recordings that the guide's recipes are carried out on, made from scores."""

from __future__ import annotations

from tests.mixtures.evaluation import Mixture, played
from tests.mixtures.parts import Piece, Stem, air, bass, drums, picked, voice

_RIFF = (
    "E3+B3/1 G3/0.5 B3/0.5 E4/1 B3/0.5 G3/0.5 C3+G3/1 E3/0.5 G3/0.5 C4/1 G3/0.5 E3/0.5 "
    "G3+D4/1 B3/0.5 D4/0.5 G4/1 D4/0.5 B3/0.5 D3+A3/1 F#3/0.5 A3/0.5 D4/1 A3/0.5 F#3/0.5"
)

PIECES = {
    "drums": Piece(
        "guitar and bass with a drum kit",
        sample_rate=44_100,
        n_channels=2,
        duration_s=10.0,
        beat_s=0.56,
        stems={
            "tonal": Stem(
                lambda player: (
                    note
                    for part in (picked(_RIFF), bass("E2/3 E2/1 C2/3 C2/1 G2/3 G2/1 D2/3 D2/1"))
                    for note in part(player)
                ),
                position=-0.15,
            ),
            "drums": Stem(
                drums(
                    kick="x-----x- x------- x-----x- x------- x-----x- x------- x-----x- x-------",
                    snare="----x--- ----x--o ----x--- ----x--o ----x--- ----x--o ----x--- ----xoxo",
                    hat="x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x---",
                ),
                level_db=-2.0,
                position=0.2,
            ),
        },
    ),
    "voice": Piece(
        "a singing voice with a guitar",
        sample_rate=44_100,
        n_channels=2,
        duration_s=11.0,
        beat_s=0.6,
        stems={
            "voice": Stem(
                voice(
                    a="-/2 E4/2 G4/1 -/1 A4/2 -/3 G4/1 E4/2",
                    o="-/5 B4/1 -/3 G4/1 F#4/1 -/2 -/2 D4/1 E4/1",
                ),
            ),
            "guitar": Stem(picked(_RIFF), level_db=-2.0, position=-0.5),
        },
        reverberation_s=0.6,
        wet_db=-14.0,
    ),
    "noise": Piece(
        "a guitar in streaming air, which is heard alone for the first second",
        sample_rate=44_100,
        n_channels=1,
        duration_s=10.0,
        beat_s=0.56,
        stems={
            "guitar": Stem(picked(f"-/2 {_RIFF}")),
            "noise": Stem(air, level_db=-6.0),
        },
    ),
}


def recording(name: str) -> Mixture:
    """Make the recording of a recipe; the same samples in every call."""
    return played(name, PIECES[name], seed=100 + list(PIECES).index(name))
