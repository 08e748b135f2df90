"""The test set: small real files of every kind that the program shall open, and broken ones."""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from tests.mixtures import instruments

Audio = NDArray[np.float64]

# Sample 1.25 s after the start of a file at 8 kHz, in its second channel.
BAD_SAMPLE, BAD_CHANNEL = 10_000, 1


@cache
def music(rate: int, n_channels: int, duration_s: float = 1.0, seed: int = 7) -> Audio:
    """Play a few notes and strokes over a faint noise, each differently in every channel.

    Shape (n_samples, n_channels), peak 0.5, read-only.
    """
    rng = np.random.default_rng(seed)
    n_samples = round(rate * duration_s)
    notes = [
        instruments.guitar_note(instruments.pitch_hz("E3"), duration_s, rate, rng),
        instruments.guitar_note(instruments.pitch_hz("B3"), 0.7 * duration_s, rate, rng, 0.7),
        instruments.bell_note(instruments.pitch_hz("A5"), 0.6 * duration_s, rate, rng, 0.6),
        instruments.kick_drum(rate, rng),
    ]
    sound = 1e-3 * rng.standard_normal((n_samples, n_channels))
    for index, note in enumerate(notes):
        start = n_samples * index // 6
        note = note[: n_samples - start]
        sound[start : start + len(note)] += note[:, None] * rng.uniform(0.2, 1, n_channels)
    sound *= 0.5 / np.abs(sound).max()
    sound.setflags(write=False)
    return sound


@dataclass(frozen=True)
class Specimen:
    """A file of the test set.

    `tolerance` is the largest error of a sample after loading; None for lossy formats.
    """

    file: str
    subtype: str
    sound: Callable[[], Audio]
    rate: int
    tolerance: float | None = 1e-7

    def write(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder / self.file
        form = {"opus": "OGG", "aif": "AIFF"}.get(path.suffix[1:], path.suffix[1:].upper())
        with path.open("wb") as file:  # libsndfile need not understand the name
            soundfile.write(file, self.sound(), self.rate, self.subtype, format=form)
        return path


def _playing(file: str, subtype: str, rate: int, n_channels: int, **options: float) -> Specimen:
    tolerance: float | None = options.pop("tolerance", 2**-15)
    if subtype in ("VORBIS", "OPUS", "MPEG_LAYER_III"):
        tolerance = None

    def sound() -> Audio:
        return music(rate, n_channels, **options)

    return Specimen(file, subtype, sound, rate, tolerance)


def _changed(file: str, change: Callable[[Audio], Audio], rate: int = 22_050) -> Specimen:
    return Specimen(file, "FLOAT", lambda: change(music(rate, 2)), rate)


SPECIMENS = (
    _playing("16 bit.wav", "PCM_16", 44_100, 2),
    _playing("24 bit.wav", "PCM_24", 44_100, 2, tolerance=2**-23),
    _playing("32 bit.wav", "PCM_32", 44_100, 1, tolerance=1e-7),
    _playing("8 bit.wav", "PCM_U8", 22_050, 1, tolerance=2**-7),
    _playing("float.wav", "FLOAT", 44_100, 2, tolerance=1e-7),
    _playing("double.wav", "DOUBLE", 44_100, 1, tolerance=1e-7),
    _playing("16 bit.flac", "PCM_16", 44_100, 2),
    _playing("24 bit.flac", "PCM_24", 44_100, 1, tolerance=2**-23),
    _playing("vorbis.ogg", "VORBIS", 44_100, 2),
    _playing("opus.opus", "OPUS", 48_000, 2),
    _playing("stereo.mp3", "MPEG_LAYER_III", 44_100, 2, duration_s=2.0),
    _playing("mono.mp3", "MPEG_LAYER_III", 22_050, 1, duration_s=2.0),
    _playing("16 bit.aiff", "PCM_16", 44_100, 2),
    _playing("24 bit.aif", "PCM_24", 44_100, 1, tolerance=2**-23),
    _playing("8 kHz mono.wav", "PCM_16", 8_000, 1),
    _playing("16 kHz.flac", "PCM_16", 16_000, 1),
    _playing("48 kHz stereo.wav", "PCM_16", 48_000, 2),
    _playing("96 kHz.flac", "PCM_24", 96_000, 2, duration_s=0.6, tolerance=2**-23),
    _playing("192 kHz.wav", "FLOAT", 192_000, 1, duration_s=0.6, tolerance=1e-7),
    _playing("6 channels.flac", "PCM_16", 44_100, 6, duration_s=0.6),
    _playing("16 channels.wav", "PCM_16", 16_000, 16, duration_s=0.6),
    _changed("quiet.wav", lambda sound: 2e-6 * sound),
    _changed("over full scale.wav", lambda sound: 8 * sound),
    _changed("offset.wav", lambda sound: sound + 0.4),
    _changed("only an offset.wav", lambda sound: np.full_like(sound, 0.25)),
    _changed("a click.wav", lambda sound: np.eye(len(sound), 2, -5000)),
    _changed("shorter than a window.wav", lambda sound: sound[:300]),
    _changed("one sample.wav", lambda sound: sound[-1:]),
    _changed("silence.wav", lambda sound: np.zeros_like(sound)),
    _playing("with  two  spaces .wav", "PCM_16", 8_000, 1),
    _playing("録音 その三.wav", "PCM_16", 8_000, 1),
    _playing("Éléphant à vélo, naïf (für Elise).flac", "PCM_16", 8_000, 1),
    _playing("🎸 solo 🔥.mp3", "MPEG_LAYER_III", 16_000, 1, duration_s=2.0),
    _playing("-leading-dash.wav", "PCM_16", 8_000, 1),
    _playing("no “quotes” & 100 % 'safe'; $HOME.ogg", "VORBIS", 16_000, 1),
)
TEST_SET = {specimen.file: specimen for specimen in SPECIMENS}


def write_test_set(folder: Path) -> dict[str, Path]:
    """Write every file of the test set; return the paths by name."""
    return {name: specimen.write(folder) for name, specimen in TEST_SET.items()}


# -- files that cannot be opened --------------------------------------------------------------


def write_bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Write files that must be refused; return by kind the path and a pattern of the reason."""
    files = {
        **{f"cut {form}": _cut(folder, form) for form in ("wav", "flac", "aiff", "mp3", "ogg")},
        **_other_codings(folder),
        **_not_audio(folder),
        **_without_sense(folder),
        **_out_of_range(folder),
    }
    made = folder / "folder.wav"
    made.mkdir()
    files["folder"] = made, "is a folder"
    files["missing"] = folder / "missing.wav", "does not exist"
    files["below a file"] = files["text"][0] / "below.wav", "does not exist"
    return files


def _cut(folder: Path, form: str) -> tuple[Path, str]:
    """Write a file and leave only its beginning, before the first sample."""
    subtypes = {"mp3": "MPEG_LAYER_III", "ogg": "VORBIS"}
    whole = _playing(f"cut.{form}", subtypes.get(form, "PCM_16"), 44_100, 2, duration_s=2.0)
    path = whole.write(folder)
    n_bytes = {"wav": 46, "aiff": 54, "flac": 500, "mp3": 500, "ogg": 2000}
    path.write_bytes(path.read_bytes()[: n_bytes[form]])
    return path, "is cut off before its first sample|damaged or incomplete: no sound"


def _other_codings(folder: Path) -> dict[str, tuple[Path, str]]:
    """Write sound that is not damaged, in codings that libsndfile lacks."""
    flac = TEST_SET["24 bit.flac"].write(folder).read_bytes()
    header = struct.pack("<HHIIHH", 0x2000, 2, 48_000, 192_000, 4, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + header + b"data" + struct.pack("<I", 4000)
    contents = {
        "AC-3": ("ac3.wav", b"RIFF" + struct.pack("<I", 4036) + b"WAVE" + chunks + bytes(4000)),
        "FLAC with 20 bits a sample": ("20 bit.flac", _with_flac_bits(flac, 20)),
        "FLAC with 32 bits a sample": ("32 bit.flac", _with_flac_bits(flac, 32)),
        "Windows Media": ("song.wma", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") * 99),
        "MPEG-4": ("song.m4a", b"\0\0\0\x20ftypM4A \0\0\2\0" + bytes(range(256)) * 9),
    }
    files = {}
    for coding, (name, content) in contents.items():
        (folder / name).write_bytes(content)
        files[coding] = folder / name, f"this program does not read its coding, {coding}"
    return files


def _with_flac_bits(flac: bytes, n_bits: int) -> bytes:
    field = int.from_bytes(flac[18:26], "big") & ~(31 << 36) | n_bits - 1 << 36
    return flac[:18] + field.to_bytes(8, "big") + flac[26:]


def _not_audio(folder: Path) -> dict[str, tuple[Path, str]]:
    noise = np.random.default_rng(3).bytes(20_000)
    contents = {
        "empty": ("empty.wav", b"", "is empty"),
        "random bytes": ("random.flac", b"\x01" + noise, "M4A and AAC cannot"),
        "zero bytes": ("zeros.mp3", bytes(20_000), "is not an audio file"),
        "text": ("text.wav", b"Dear Clara, this is no sound.\n" * 99, "is not an audio"),
        "header then noise": ("noise.flac", b"fLaC\0\0\0\x22" + noise, "damaged or incomplete"),
        "sample dump": ("dump.sds", _sample_dump(), "is not an audio file"),
    }
    files = {}
    for kind, (name, content, words) in contents.items():
        (folder / name).write_bytes(content)
        files[kind] = folder / name, words
    return files


def _sample_dump() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, music(8_000, 1), 8_000, "PCM_16", format="SDS")
    return file.getvalue()


def _without_sense(folder: Path) -> dict[str, tuple[Path, str]]:
    where = f"at {BAD_SAMPLE / 8000:.3f} s in channel {BAD_CHANNEL + 1}"
    values = {
        "NaN": (np.nan, f"not numbers; the first is {where}"),
        "infinite": (np.inf, f"not numbers; the first is {where}"),
        "minus infinite": (-np.inf, f"not numbers; the first is {where}"),
        "enormous": (1e30, f"far beyond full scale; the first is {where}"),
    }
    files = {}
    for kind, (value, words) in values.items():
        sound = music(8_000, 3, 2.0).copy()
        sound[BAD_SAMPLE, BAD_CHANNEL] = value
        sound[-1] = value
        path = folder / f"{kind}.wav"
        soundfile.write(path, sound, 8_000, "FLOAT")
        files[kind] = path, words
    return files


def _out_of_range(folder: Path) -> dict[str, tuple[Path, str]]:
    shapes = {
        "zero samples": (0, 2, 44_100, "zero samples"),
        "17 channels": (500, 17, 44_100, "17 channels; at most 16"),
        "4 kHz": (500, 1, 4_000, "4000 Hz; it must lie between 8000 and 192000 Hz"),
        "384 kHz": (500, 1, 384_000, "384000 Hz; it must lie between 8000 and 192000 Hz"),
    }
    files = {}
    for kind, (n_samples, n_channels, rate, words) in shapes.items():
        path = folder / f"{kind}.wav"
        soundfile.write(path, np.full((n_samples, n_channels), 0.1), rate)
        files[kind] = path, words
    return files


def write_endless_wav(path: Path) -> Audio:
    """Write a WAV file as it leaves a pipe, with no length known; return what it holds."""
    sound = music(44_100, 2)
    soundfile.write(path, sound, 44_100, "FLOAT", format="WAV")
    content = _with_data_size(path.read_bytes(), 0xFFFF_FFFF)
    path.write_bytes(content[:4] + b"\xff\xff\xff\xff" + content[8:])
    return sound


def write_endless_flac(path: Path) -> Audio:
    """Write a FLAC file as it leaves a pipe, with no length known; return what it holds."""
    sound = music(44_100, 2)
    soundfile.write(path, sound, 44_100, "PCM_24", format="FLAC")
    path.write_bytes(_with_flac_length(path.read_bytes(), 0))
    return sound


def _with_data_size(wav: bytes, size: int) -> bytes:
    at = wav.index(b"data") + 4
    return wav[:at] + struct.pack("<I", size) + wav[at + 4 :]


def _with_flac_length(flac: bytes, n_samples: int) -> bytes:
    """Replace the 36 bits of STREAMINFO that hold the number of samples."""
    assert flac.startswith(b"fLaC\0")
    field = int.from_bytes(flac[18:26], "big") >> 36 << 36 | n_samples
    return flac[:18] + field.to_bytes(8, "big") + flac[26:]
