"""Files that are not all that they promise, with the sound that is in them and what to tell."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from isnmf_gui.session.sound_files.streams.mpeg import form_of
from tests.recordings import Audio, music

LENGTH_S = 3.0
#: Of every form whose sound is a chunk or a stream: libsndfile's names, channels and sample rate.
FORMS = {
    "16 bit.wav": ("WAV", "PCM_16"),
    "24 bit.wav": ("WAV", "PCM_24"),
    "extensible.wav": ("WAVEX", "PCM_16"),
    "adpcm.wav": ("WAV", "IMA_ADPCM"),
    "microsoft.wav": ("WAV", "MS_ADPCM"),
    "long.rf64": ("RF64", "PCM_16"),
    "16 bit.w64": ("W64", "PCM_16"),
    "16 bit.caf": ("CAF", "PCM_16"),
    "apple lossless.caf": ("CAF", "ALAC_16"),
    "16 bit.au": ("AU", "PCM_16"),
    "16 bit.aiff": ("AIFF", "PCM_16"),
    "adpcm.aiff": ("AIFF", "IMA_ADPCM"),
    "16 bit.avr": ("AVR", "PCM_16"),
    "16 bit.mat": ("MAT5", "PCM_16"),
    "16 bit.nist": ("NIST", "PCM_16"),
    "lossless.flac": ("FLAC", "PCM_16"),
    "vorbis.ogg": ("OGG", "VORBIS"),
    "opus.opus": ("OGG", "OPUS"),
    "stereo.mp3": ("MP3", "MPEG_LAYER_III"),
}


def encoded(sound: Audio, rate: int, form: str, subtype: str) -> bytes:
    """Return a file."""
    file = io.BytesIO()
    soundfile.write(file, sound, rate, subtype, format=form)
    return file.getvalue()


@cache
def whole(name: str, n_channels: int = 2, rate: int = 0, seed: int = 7) -> bytes:
    """Return a file of one of the forms."""
    form, subtype = FORMS[name]
    rate = rate or (48_000 if subtype == "OPUS" else 44_100)
    return encoded(music(rate, n_channels, LENGTH_S, seed), rate, form, subtype)


@cache
def decoded(content: bytes) -> Audio:
    """Return what libsndfile reads of a good file."""
    sound, _ = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
    sound.setflags(write=False)
    return sound


@dataclass(frozen=True)
class Incomplete:
    """A file, all the sound that is in it, and a pattern of its notice; "" if there is none."""

    name: str
    content: bytes
    sound: Audio
    notice: str

    def write(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder / self.name
        path.write_bytes(self.content)
        return path


def put(content: bytes, at: int, other: bytes) -> bytes:
    """Write over bytes of a file."""
    return content[:at] + other + content[at + len(other) :]


# -- lengths that are wrong ------------------------------------------------------------------

#: Where the length of the sound is written: what stands before it, and how.
LENGTHS = {
    "16 bit.wav": (b"data", "<I", 0),
    "16 bit.aiff": (b"SSND", ">I", 8),
    "16 bit.caf": (b"data\0", ">q", 4),
    "16 bit.w64": (b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a", "<q", 24),
    "16 bit.au": (b".snd\0\0\0\x18", ">I", 0),
    "long.rf64": (b"ds64\x1c\0\0\0", "<q", 0),
}


def with_length(name: str, change: int | None) -> Incomplete:
    """Return a file whose header says another length: so many bytes more, or none at all."""
    content, (mark, form, besides) = whole(name), LENGTHS[name]
    at = content.rindex(mark, 0, 6000) + len(mark)
    if name == "16 bit.caf":
        at -= 1
    if name == "long.rf64":
        at += 8
    (size,) = struct.unpack_from(form, content, at)
    length = besides if change is None else size + change
    words = "does not say how long it is: everything up to the end of the file was opened, 3.0 s"
    if change is not None:
        words = f"promises {change // 4} samples .* more than the file holds"
    return Incomplete(name, put(content, at, struct.pack(form, length)), decoded(content), words)


# -- joined, changed, spoiled ----------------------------------------------------------------


def _frame_at(mp3: bytes, least: int) -> int:
    """Return where a frame begins, the first behind a place."""
    at = 0
    while at < least:
        form = form_of(mp3[at : at + 4])
        assert form is not None
        at += form.n_bytes
    return at


@cache
def _garbled() -> dict[str, Incomplete]:
    mp3 = whole("stereo.mp3")
    sound = decoded(mp3)
    tag = b"ID3\3\0\0" + bytes([0, 0, 7, 104])
    long_tag, short_tag = tag[:6] + bytes([0, 1, 7, 104]), tag[:6] + bytes([0, 0, 0, 10])
    endless_tag = tag[:6] + bytes([127, 1, 7, 104])
    noise, middle = np.random.default_rng(1).bytes(3000), _frame_at(mp3, len(mp3) // 2)
    contents = {
        "zeros first": bytes(5000) + mp3,
        "noise first": b"\1" + noise + mp3,
        "tag": tag + bytes(1000) + mp3,
        "tag that is longer": short_tag + bytes(1000) + mp3,
        "tag that is shorter": long_tag + bytes(1000) + mp3,
        "tag without end": endless_tag + bytes(1000) + mp3,
        "noise within": mp3[:middle] + noise + mp3[middle:],
    }
    files = {kind: Incomplete("odd.mp3", it, sound, "") for kind, it in contents.items()}
    for name in ("vorbis.ogg", "lossless.flac"):
        content = noise + whole(name)
        files[f"noise, {name}"] = Incomplete(name, content, decoded(whole(name)), "")
    return files


@cache
def _joined() -> dict[str, Incomplete]:
    files = {}
    for name in ("stereo.mp3", "lossless.flac", "vorbis.ogg", "opus.opus"):
        first, second = whole(name), whole(name, seed=8)
        sound = np.concatenate([decoded(first), decoded(second)])
        files[f"joined {name}"] = Incomplete(name, first + second, sound, "")
    mp3 = whole("stereo.mp3")
    content = mp3 + b"TAG" + bytes(125) + b"ID3\3\0\0\0\0\7\x68" + bytes(1000) + mp3
    sound = np.concatenate([decoded(mp3)] * 2)
    files["joined with tags"] = Incomplete("tags.mp3", content, sound, "")
    return files


def flac_parts(content: bytes) -> tuple[bytes, bytes]:
    """Part a FLAC file into what stands before the frames, and the frames."""
    at, is_last = 4, False
    while not is_last:
        is_last = bool(content[at] & 0x80)
        at += 4 + int.from_bytes(content[at + 1 : at + 4], "big")
    return content[:at], content[at:]


def with_flac_length(flac: bytes, n_samples: int) -> bytes:
    """Replace the 36 bits of STREAMINFO that hold the number of samples."""
    field = int.from_bytes(flac[18:26], "big") >> 36 << 36 | n_samples
    return put(flac, 18, field.to_bytes(8, "big"))


@cache
def _changed() -> dict[str, Incomplete]:
    flac = whole("lossless.flac")
    faster, mono = whole("lossless.flac", rate=48_000), whole("lossless.flac", n_channels=1)
    frames, sound = flac_parts(faster)[1], decoded(flac)
    rate = r"sample rate of .* changes after 3\.0 s from 44100 to 48000 Hz"
    channels = r"number of channels of .* changes after 3\.0 s from 2 to 1"
    contents = {
        "another rate, joined": (flac + faster, rate),
        "another rate within": (with_flac_length(flac + frames, 132_300 + 144_000), rate),
        "another rate, endless": (with_flac_length(flac + frames, 0), rate),
        "other channels": (flac + mono, channels),
        "other channels within": (with_flac_length(flac + flac_parts(mono)[1], 0), channels),
    }
    files = {
        kind: Incomplete("odd.flac", it, sound, words) for kind, (it, words) in contents.items()
    }
    for name in ("stereo.mp3", "vorbis.ogg"):
        content = whole(name) + whole(name, rate=48_000)
        files[f"another rate, {name}"] = Incomplete(name, content, decoded(whole(name)), rate)
    return files


@cache
def _damaged() -> dict[str, Incomplete]:
    """Return FLAC with one frame that cannot be read: silence stands for it."""
    flac = whole("lossless.flac")
    sound = decoded(flac).copy()
    middle = len(flac) // 2
    damaged = put(flac, middle, bytes([flac[middle] ^ 0x55]))
    first = 15 * 4096
    sound[first : first + 4096] = 0
    words = r"is damaged: 0\.093 s of it cannot be read and are silent, the first after 1\.393 s"
    return {"damaged": Incomplete("damaged.flac", damaged, sound, words)}


#: What makes files that are odd, by their kind: encoding all of them takes a second and a half.
ODD = {
    **dict.fromkeys(("zeros first", "noise first", "tag", "tag that is longer"), _garbled),
    **dict.fromkeys(("tag that is shorter", "tag without end", "noise within"), _garbled),
    **dict.fromkeys(("noise, vorbis.ogg", "noise, lossless.flac"), _garbled),
    **dict.fromkeys(("joined stereo.mp3", "joined lossless.flac", "joined vorbis.ogg"), _joined),
    **dict.fromkeys(("joined opus.opus", "joined with tags"), _joined),
    **dict.fromkeys(("another rate, joined", "another rate within"), _changed),
    **dict.fromkeys(("another rate, endless", "other channels", "other channels within"), _changed),
    **dict.fromkeys(("another rate, stereo.mp3", "another rate, vorbis.ogg"), _changed),
    "damaged": _damaged,
}


def odd(kind: str) -> Incomplete:
    """Return a file of a kind of `ODD`."""
    return ODD[kind]()[kind]


def write_incomplete_files(folder: Path) -> list[Path]:
    """Write some of them, one of each kind of notice."""
    paths = []
    for name in ("16 bit.wav", "lossless.flac", "stereo.mp3", "vorbis.ogg"):
        content = whole(name)[: len(whole(name)) // 2]
        paths.append(Incomplete(f"cut {name}", content, decoded(whole(name)), "").write(folder))
    paths.append(with_length("16 bit.wav", None).write(folder))
    for kind in ("joined stereo.mp3", "another rate within", "damaged"):
        paths.append(odd(kind).write(folder))
    return paths
