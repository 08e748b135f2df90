"""Sound and pictures that fit inside an HTML page."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray
from PIL import Image

from isnmf_gui.session.document.scenes import SHOWN_RANGE_DB
from isnmf_gui.session.export.stems.levels import peak_of
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.runs.settings import window_for
from isnmf_gui.session.sound_files.formats import FORMATS, AudioFormat, Encoder, read_back
from isnmf_gui.session.sound_files.reading import BLOCK_SAMPLES
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.colormap import color_table
from isnmf_gui.spectral.pictures import Span, to_levels
from isnmf_gui.spectral.power_pictures import PowerPictures
from isnmf_gui.texts import tr

Samples = NDArray[np.float32]

#: Tried in this order: every browser plays the first and the last.
PLAYED = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "wav16": "audio/wav"}
PLAYED_HZ = 44_100
PICTURE_WIDTH, PICTURE_HEIGHT = 720, 200
#: Such a low picture has no room for octaves in which little is heard.
PAGE_LOWEST_HZ = 50


@dataclass(frozen=True, eq=False)
class Sound:
    """A sound that a browser can play, in memory.

    Attributes
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        One or two channels.
    sample_rate : int
        In Hz.
    notes : tuple of str
        What was changed to make it so.
    """

    samples: Samples
    sample_rate: int
    notes: tuple[str, ...] = ()


def load_sound(path: Path) -> Sound:
    """Read a file, of more than two channels a downmix."""
    with read_back(path) as file:
        rate = int(file.samplerate)
        samples = np.empty((file.frames, min(file.channels, 2)), np.float32)
        blocks = file.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True)
        done = 0
        for block in blocks:
            samples[done : done + len(block)] = downmixed(block)
            done += len(block)
        n_channels = file.channels
    note = tr("stereo downmix of {n} channels", n=n_channels)
    return Sound(samples[:done], rate, (note,) if n_channels > 2 else ())


def downmixed(block: Samples) -> Samples:
    """Return one or two channels: the even ones left, the odd ones right, each their mean.

    Parameters
    ----------
    block : ndarray, shape (n_samples, n_channels)
        Of any number of channels.

    Returns
    -------
    ndarray, shape (n_samples, 1) or (n_samples, 2)
        The block itself if it has no more.
    """
    if block.shape[1] <= 2:
        return block
    return np.stack([block[:, 0::2].mean(axis=1), block[:, 1::2].mean(axis=1)], axis=1)


def playable(sound: Sound) -> Sound:
    """Return a sound within full scale, at a rate that every format and browser knows."""
    samples, rate, notes = sound.samples, sound.sample_rate, sound.notes
    if not _player_format()[1].holds(rate, samples.shape[1]):
        samples = soxr.resample(samples, rate, PLAYED_HZ, quality="HQ")
        rate, notes = PLAYED_HZ, (*notes, tr("at {rate_hz} Hz", rate_hz=PLAYED_HZ))
    peak = peak_of(samples)
    if peak > 1:
        samples = samples / np.float32(peak)
        notes = (*notes, tr("{db:.1f} dB lower than the file", db=20 * np.log10(peak)))
    return Sound(samples, rate, notes)


def _player_format() -> tuple[str, AudioFormat]:
    name = next(name for name in PLAYED if name in FORMATS)
    return name, FORMATS[name]


def sound_uri(sound: Sound, on_progress: OnProgress | None = None) -> str:
    """Return a sound as a data URI: MP3, or what this libsndfile can instead.

    Raises
    ------
    Stopped
        If `on_progress`, which is told the share done, said so.
    """
    meter = Meter(on_progress, 1)
    name, form = _player_format()
    memory = io.BytesIO()
    n_channels = sound.samples.shape[1]
    with form.open(memory, sound.sample_rate, n_channels) as file:
        encoder = Encoder(file, form, seed=0)
        for start in range(0, len(sound.samples), BLOCK_SAMPLES):
            encoder.write(sound.samples[start : start + BLOCK_SAMPLES])
            meter(start / len(sound.samples))
    return _uri(PLAYED[name], memory.getvalue())


def spectrogram_uri(sound: Sound) -> str:
    """Return a sound's spectrogram as a PNG in a data URI, in dB below its loudest point.

    From `PAGE_LOWEST_HZ` up, each octave as high as the others.
    """
    window = window_for(sound.sample_rate)
    stft = Stft(window, window // 4)
    pictures = PowerPictures.of(sound.samples, sound.sample_rate, stft)
    picture = pictures.render(
        Span(-0.5, pictures.n_frames - 0.5, PICTURE_WIDTH),
        pictures.grid.frequency(PAGE_LOWEST_HZ, sound.sample_rate / 2, PICTURE_HEIGHT, True),
    )
    memory = io.BytesIO()
    image = Image.fromarray(color_table()[to_levels(picture, -SHOWN_RANGE_DB, 0)[::-1]])
    image.save(memory, format="PNG", optimize=True)
    return _uri("image/png", memory.getvalue())


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
