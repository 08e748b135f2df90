"""Sound and pictures that fit inside an HTML page, made without holding a whole sound."""

from __future__ import annotations

import base64
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from isnmf_gui.session.document.scenes import SHOWN_RANGE_DB
from isnmf_gui.session.export.stems.levels import peak_of
from isnmf_gui.session.export.stems.rendering import Resampler, n_resampled
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.runs.settings import window_for
from isnmf_gui.session.sound_files.formats import FORMATS, AudioFormat, Encoder, read_back
from isnmf_gui.session.sound_files.reading import BLOCK_SAMPLES
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.pictures.colormap import color_table
from isnmf_gui.spectral.pictures.grid import Grid, to_levels
from isnmf_gui.spectral.pictures.power_pictures import whole_picture
from isnmf_gui.texts import tr

Samples = NDArray[np.float32]

#: Tried in this order: every browser plays the first and the last.
PLAYED = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "wav16": "audio/wav"}
PLAYED_HZ = 44_100
PICTURE_WIDTH, PICTURE_HEIGHT = 720, 200
#: Such a low picture has no room for octaves in which little is heard.
PAGE_LOWEST_HZ = 50
# Bytes that become text at once: a multiple of three, or there would be signs that fill up.
BYTES_AT_ONCE = 3 << 16


@dataclass(frozen=True, eq=False)
class Sound:
    """A sound in a file, and what is done to it so that a browser can play it.

    Attributes
    ----------
    path : Path
        The file.
    sample_rate : int
        Its rate in Hz.
    n_channels : int
        Of what is played: one or two. Of more channels it is a downmix.
    n_samples : int
        Its length.
    played_hz : int
        The rate that it is played at: one that every format and browser knows.
    gain : float
        What keeps it within full scale.
    notes : tuple of str
        What was changed.
    """

    path: Path
    sample_rate: int
    n_channels: int
    n_samples: int
    played_hz: int
    gain: float = 1.0
    notes: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Samples]:
        """Yield what is in the file, shape (n_samples, n_channels)."""
        with read_back(self.path) as file:
            for block in file.blocks(BLOCK_SAMPLES, dtype="float32", always_2d=True):
                yield downmixed(block)

    def played(self) -> Iterator[Samples]:
        """Yield what is played, shape (n_samples, n_channels)."""
        resample = Resampler(
            self.sample_rate, self.played_hz, self.n_channels, self.n_samples, "float32"
        )
        done = 0
        for block in self.blocks():
            done += len(block)
            ready = resample(block, is_last=done == self.n_samples).astype(np.float32, copy=False)
            yield ready if self.gain == 1 else ready * np.float32(self.gain)


def look_at(path: Path) -> Sound:
    """Find out how a file is to be played; it is read through for that."""
    with read_back(path) as file:
        rate, n_channels = int(file.samplerate), int(file.channels)
    sound = Sound(path, rate, min(n_channels, 2), 0, rate)
    sound = replace(sound, n_samples=sum(len(block) for block in sound.blocks()))
    if n_channels > 2:
        sound = _noted(sound, tr("stereo downmix of {n} channels", n=n_channels))
    if not _player_format()[1].holds(rate, sound.n_channels):
        note = tr("at {rate_hz} Hz", rate_hz=PLAYED_HZ)
        sound = replace(_noted(sound, note), played_hz=PLAYED_HZ)
    peak = max((peak_of(block) for block in sound.played()), default=0.0)
    if peak > 1:
        note = tr("{db:.1f} dB lower than the file", db=20 * np.log10(peak))
        sound = replace(_noted(sound, note), gain=1 / peak)
    return sound


def _noted(sound: Sound, note: str) -> Sound:
    return replace(sound, notes=(*sound.notes, note))


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


def _player_format() -> tuple[str, AudioFormat]:
    name = next(name for name in PLAYED if name in FORMATS)
    return name, FORMATS[name]


def encoded(sound: Sound, folder: Path, on_progress: OnProgress | None = None) -> BinaryIO:
    """Return a sound as MP3, or what this libsndfile can instead, in a file without a name.

    Parameters
    ----------
    sound : Sound
        What `look_at` found.
    folder : Path
        Where there is room for it.
    on_progress : callable, optional
        Told the share done.

    Returns
    -------
    file
        At its beginning. It is gone when it is closed.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    meter, form, done = Meter(on_progress, 1), _player_format()[1], 0
    n_samples = n_resampled(sound.n_samples, sound.sample_rate, sound.played_hz)
    result = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is given away
    try:
        target = os.dup(result.fileno())  # which libsndfile closes
        with form.open(target, sound.played_hz, sound.n_channels) as file:
            encoder = Encoder(file, form, seed=0)
            for block in sound.played():
                encoder.write(block)
                done += len(block)
                meter(done / n_samples)
        result.seek(0)
    except BaseException:
        result.close()
        raise
    return result


def sound_uri(file: BinaryIO) -> Iterator[str]:
    """Yield the pieces of a data URI of what `encoded` returned."""
    yield f"data:{PLAYED[_player_format()[0]]};base64,"
    while data := file.read(BYTES_AT_ONCE):
        yield base64.b64encode(data).decode()


class _Passing:
    """A sound that is read on and on: slices of it can be taken in order only."""

    def __init__(self, sound: Sound) -> None:
        self.shape = (sound.n_samples, sound.n_channels)
        self._blocks = sound.blocks()
        self._first, self._held = 0, np.empty((0, sound.n_channels), np.float32)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, place: tuple[slice, int]) -> Samples:
        """Return samples of a channel, none before those that were taken last."""
        wanted, channel = place
        self._held = self._held[wanted.start - self._first :]
        self._first = wanted.start
        while len(self._held) < wanted.stop - wanted.start:
            self._held = np.concatenate([self._held, next(self._blocks)])
        samples: Samples = self._held[: wanted.stop - wanted.start, channel]
        return samples


def spectrogram_uri(sound: Sound) -> str:
    """Return a sound's spectrogram as a PNG in a data URI, in dB below its loudest point.

    From `PAGE_LOWEST_HZ` up, each octave as high as the others.
    """
    window = window_for(sound.sample_rate)
    stft = Stft(window, window // 4)
    grid = Grid(stft.hop_samples / sound.sample_rate, sound.sample_rate / window)
    octaves = grid.frequency(PAGE_LOWEST_HZ, sound.sample_rate / 2, PICTURE_HEIGHT, True)
    picture = whole_picture(cast(Samples, _Passing(sound)), stft, PICTURE_WIDTH, octaves)
    memory = io.BytesIO()
    image = Image.fromarray(color_table()[to_levels(picture, -SHOWN_RANGE_DB, 0)[::-1]])
    image.save(memory, format="PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(memory.getvalue()).decode()}"
