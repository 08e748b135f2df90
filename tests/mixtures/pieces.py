"""The scores of the recordings of the evaluation: what is played, by whom, and how loud."""

from tests.mixtures.parts import (
    Piece,
    Stem,
    air,
    bass,
    bells,
    bowed,
    drums,
    flute,
    hum,
    piano,
    picked,
    voice,
)

PIECES = {
    "trio": Piece(
        "plucked guitar, bass and drums",
        sample_rate=16_000,
        n_channels=1,
        duration_s=10.0,
        beat_s=0.56,
        stems={
            "guitar": Stem(
                picked(
                    "A3/0.5 E4/0.5 C4/0.5 A4/0.5 E4/0.5 C4/0.5 A4/0.5 E4/0.5 "
                    "A3/0.5 F4/0.5 C4/0.5 A4/0.5 F4/0.5 C4/0.5 A4/0.5 F4/0.5 "
                    "G3/0.5 E4/0.5 C4/0.5 G4/0.5 E4/0.5 C4/0.5 G4/0.5 E4/0.5 "
                    "G3/0.5 D4/0.5 B3/0.5 G4/0.5 D4/0.5 B3/0.5 G4/0.5 D4/0.5 A3+C4+E4+A4/1.5"
                ),
            ),
            "bass": Stem(
                bass(
                    "-/4 F2/1.5 F2/0.5 C3/1 F2/1 C3/1.5 C3/0.5 G2/1 C3/1 "
                    "G2/1.5 G2/0.5 D3/1 G2/1 A2/1.5"
                ),
                level_db=-1.0,
            ),
            "drums": Stem(
                drums(
                    kick="x------- x-o----- x------- x-o----- x------- x-o----- "
                    "x------- x-o----- x",
                    snare="-------- -------- ----x--- ----x--- ----x--- ----x--- ----x--- ----x-oo",
                    hat="x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o-",
                ),
                level_db=-3.0,
            ),
        },
    ),
    "chapel": Piece(
        "bells and a singing voice with vibrato",
        sample_rate=44_100,
        n_channels=2,
        duration_s=10.0,
        beat_s=0.75,
        stems={
            "voice": Stem(
                voice(
                    a="-/1 G4/2 A4/1 -/1 C5/2 -/3 A4/1 G4/1",
                    o="-/4 G4/1 -/2 E4/1.5 -/0.5 F4/1 -/2 E4/1",
                    i="-/8.5 G4/0.5",
                ),
                position=-0.15,
            ),
            "bells": Stem(
                bells("C5/1 E5/1 G5/1.5 E5/1 A5/1 G5/0.5 C5/1.5 E5/1 D5/1 G5/1 A5/0.5 C6/1 E5/1"),
                level_db=-3.0,
                position=0.4,
            ),
        },
        reverberation_s=1.8,
        wet_db=-9.0,
    ),
    "piano": Piece(
        "piano chords, snare drum and hi-hat as one stem",
        sample_rate=44_100,
        n_channels=2,
        duration_s=8.5,
        beat_s=0.5,
        stems={
            "piano": Stem(
                piano(
                    "C3+G3+E4/1.5 C3+G3+E4/0.5 G4/1 E4/1 A2+E3+C4/1.5 A2+E3+C4/0.5 A4/1 E4/1 "
                    "F3+A3+C4/1.5 F3+A3+C4/0.5 A4/1 C5/1 G2+G3+B3/1.5 G2+G3+B3/0.5 D4/1 G4/1"
                ),
                position=-0.3,
            ),
            "drums": Stem(
                drums(
                    snare="----x--- ----x--o ----x--- ----x--o ----x--- ----x--o ----x--- ----xoxo",
                    hat="x-o-x-o- x-o-x--- x-o-x-o- x-o-x--- x-o-x-o- x-o-x--- x-o-x-o- x-o-----",
                    open_hat="-------- ------x- -------- ------x- -------- ------x-",
                ),
                level_db=-3.0,
                position=0.35,
            ),
        },
    ),
    "field": Piece(
        "flute against streaming air and a mains hum",
        sample_rate=16_000,
        n_channels=1,
        duration_s=9.0,
        beat_s=0.6,
        stems={
            "flute": Stem(
                flute(
                    "-/1 D5/1.5 E5/0.5 F5/1 A5/1 G5/1.5 E5/0.5 D5/2 -/0.5 A4/0.5 C5/1 D5/1 "
                    "F5/1 E5/2"
                ),
            ),
            "air": Stem(air, level_db=-5.0),
            "hum": Stem(hum, level_db=-7.0),
        },
        reverberation_s=0.5,
        wet_db=-14.0,
    ),
    "duet": Piece(
        "two bowed strings in the same register",
        sample_rate=44_100,
        n_channels=1,
        duration_s=9.0,
        beat_s=0.6,
        stems={
            "violin": Stem(
                bowed(
                    "D5/1.5 E5/0.5 F#5/1 A5/1 G5/2 E5/1 -/1 F#5/1 D5/1 E5/1.5 G5/0.5 F#5/2",
                    "violin",
                ),
            ),
            "viola": Stem(
                bowed("-/1 A4/1 D5/2 B4/1 C#5/1 A4/2 D5/1.5 B4/0.5 C#5/1 A4/1 D5/2", "viola"),
                level_db=-1.5,
            ),
        },
        reverberation_s=1.2,
        wet_db=-12.0,
    ),
    "kit": Piece(
        "drum kit alone, silent between the strokes",
        sample_rate=44_100,
        n_channels=2,
        duration_s=8.0,
        beat_s=0.56,
        stems={
            "kick": Stem(
                drums(kick="x-----x- x------- x-----x- x------- x-----x- x------- x"),
                level_db=0.0,
            ),
            "snare": Stem(
                drums(snare="----x--- ----x--o ----x--- ----x--- ----x--- ----xooo"),
                level_db=-3.0,
                position=-0.2,
            ),
            "hat": Stem(
                drums(
                    hat="x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x-o- x-o-x--- ",
                    open_hat="-------- -------- -------- -------- -------- -------- x",
                ),
                level_db=-9.0,
                position=0.3,
            ),
        },
        is_dithered=False,
    ),
    "band": Piece(
        "voice, guitar, bass and bells",
        sample_rate=16_000,
        n_channels=2,
        duration_s=10.0,
        beat_s=0.6,
        stems={
            "voice": Stem(
                voice(
                    a="-/4 D4/1.5 -/0.5 F4/1 -/3 A4/1.5 G4/0.5 -/2 D4/1",
                    o="-/5.5 E4/0.5 -/1 D4/2 -/1 -/2 F4/1 E4/1",
                ),
            ),
            "guitar": Stem(
                picked(
                    "D3/0.5 A3/0.5 F4/0.5 A3/0.5 D3/0.5 A3/0.5 F4/0.5 A3/0.5 "
                    "G3/0.5 D4/0.5 Bb3/0.5 D4/0.5 G3/0.5 D4/0.5 Bb3/0.5 D4/0.5 "
                    "F3/0.5 C4/0.5 A3/0.5 C4/0.5 F3/0.5 C4/0.5 A3/0.5 C4/0.5 D3+A3+D4+F4/2"
                ),
                level_db=-1.0,
                position=-0.5,
            ),
            "bass": Stem(
                bass("D2/2 D2/1 A2/1 G2/2 G2/1 D2/1 F2/2 F2/1 C3/1 D2/2"),
                level_db=-2.0,
                position=0.05,
            ),
            "bells": Stem(
                bells("-/2.5 A5/1 F5/2.5 D6/1.5 Bb5/2 C6/1.5 A5/1.5 D5/2"),
                level_db=-5.0,
                position=0.5,
            ),
        },
        reverberation_s=0.8,
        wet_db=-14.0,
    ),
}
