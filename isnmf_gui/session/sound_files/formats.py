"""The audio file formats that can be written, and writing them block by block."""

from __future__ import annotations

import errno
import io
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.errors import ExportError
from isnmf_gui.texts import N_, Marked, tr

# A part normalized to full scale may miss it by this much, which is not clipping.
ROUNDING = 1e-6
BINARY = getattr(os, "O_BINARY", 0)  # Windows would otherwise translate line ends
#: Power of 16-bit dither and of the rounding after it: a quarter of a step's square.
DITHER_POWER = (2.0**-15) ** 2 / 4
# A plain WAV file cannot be longer; RF64 is the same with 64-bit lengths.
LARGEST_WAV_BYTES = 4_000_000_000
#: Sample rates to choose from, in Hz.
SAMPLE_RATES = (8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000)


@dataclass(frozen=True)
class AudioFormat:
    """A file format for sound.

    Attributes
    ----------
    label : Marked or str
        As shown to people.
    suffix : str
        File name ending with its dot.
    container, encoding : str
        libsndfile's names.
    sample_bytes : int
        Bytes of a sample, at most.
    """

    label: Marked | str
    suffix: str
    container: str
    encoding: str
    sample_bytes: int

    @property
    def clips(self) -> bool:
        """Whether values beyond full scale are lost."""
        return self.encoding != "FLOAT"

    @property
    def is_dithered(self) -> bool:
        """Whether noise of one step keeps quiet sound from being distorted by rounding."""
        return self.encoding == "PCM_16"

    def cuts(self, peak: float) -> bool:
        """Tell whether sound with a peak loses it."""
        return self.clips and peak > 1 + ROUNDING

    def holds(self, sample_rate: int, n_channels: int) -> bool:
        """Tell whether it can hold sound of this form; libsndfile is asked."""
        try:
            self.open(io.BytesIO(), sample_rate, n_channels).close()
        except soundfile.LibsndfileError:
            return False
        return True

    def check(self, sample_rate: int, n_channels: int) -> None:
        """Refuse what it cannot hold.

        Raises
        ------
        ExportError
            With the reason, and what to choose instead.
        """
        if self.holds(sample_rate, n_channels):
            return
        most = max((n for n in range(1, n_channels) if self.holds(48_000, n)), default=0)
        if most and not self.holds(48_000, n_channels):
            raise ExportError(
                tr(
                    "{container} holds at most {most} channels and the recording has {n_channels}. "
                    "Choose WAV.",
                    container=self.container,
                    most=most,
                    n_channels=n_channels,
                )
            )
        raise ExportError(
            tr(
                "{container} cannot hold a sample rate of {rate_hz} Hz. Choose another "
                "sample rate, such as 48000 Hz, or WAV.",
                container=self.container,
                rate_hz=sample_rate,
            )
        )

    def create(
        self, file: Path | int, sample_rate: int, n_channels: int, n_samples: int
    ) -> soundfile.SoundFile:
        """Open a file for writing sound of a known length.

        Parameters
        ----------
        file : Path or int
            A path, and a file there is replaced; or the descriptor of an empty file, which is
            closed at the end.
        sample_rate : int
            In Hz.
        n_channels, n_samples : int
            Of the sound. A WAV file that would be too large becomes RF64.

        Returns
        -------
        soundfile.SoundFile
            Open for writing.
        """
        is_large = n_samples * n_channels * self.sample_bytes > LARGEST_WAV_BYTES
        container = "RF64" if self.container == "WAV" and is_large else self.container
        # By descriptor, like reading: no file name has to survive libsndfile's encoding.
        if isinstance(file, Path):
            file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
        return self.open(file, sample_rate, n_channels, container)

    def open(
        self,
        file: int | io.BytesIO,
        sample_rate: int,
        n_channels: int,
        container: str | None = None,
    ) -> soundfile.SoundFile:
        """Begin to write into a descriptor, which is closed at the end, or into memory.

        Parameters
        ----------
        file : int or BytesIO
            Descriptor, or memory.
        sample_rate : int
            In Hz.
        n_channels : int
            Of the sound.
        container : str, optional
            Another one than the format's.

        Returns
        -------
        soundfile.SoundFile
            Open for writing.
        """
        container = container or self.container
        return soundfile.SoundFile(
            file, "w", sample_rate, n_channels, self.encoding, format=container, closefd=True
        )


def read_back(path: Path) -> soundfile.SoundFile:
    """Open a file that was written, whatever its name."""
    return soundfile.SoundFile(os.open(path, os.O_RDONLY | BINARY), closefd=True)


def _available() -> dict[str, AudioFormat]:
    """Return the formats that this libsndfile can write: older ones know no MP3."""
    every = {
        "wav": AudioFormat(N_("WAV, 32-bit float"), ".wav", "WAV", "FLOAT", 4),
        "wav24": AudioFormat(N_("WAV, 24 bit"), ".wav", "WAV", "PCM_24", 3),
        "wav16": AudioFormat(N_("WAV, 16 bit"), ".wav", "WAV", "PCM_16", 2),
        "flac": AudioFormat(N_("FLAC, 24 bit"), ".flac", "FLAC", "PCM_24", 3),
        "flac16": AudioFormat(N_("FLAC, 16 bit"), ".flac", "FLAC", "PCM_16", 2),
        "ogg": AudioFormat("OGG Vorbis", ".ogg", "OGG", "VORBIS", 1),
        "mp3": AudioFormat("MP3", ".mp3", "MP3", "MPEG_LAYER_III", 1),
    }
    can = soundfile.available_formats()
    return {
        name: form
        for name, form in every.items()
        if form.container in can and form.encoding in soundfile.available_subtypes(form.container)
    }


FORMATS = _available()


def write_samples(file: soundfile.SoundFile, samples: NDArray[np.generic]) -> None:
    """Write samples into an open file, all of them.

    Parameters
    ----------
    file : soundfile.SoundFile
        Open for writing.
    samples : ndarray, shape (n_samples, n_channels)
        As the file's format takes them.

    Raises
    ------
    OSError
        If the system took fewer. Libsndfile does not say why: a full disk is nearly always why.
    """
    try:
        file.write(samples)
    except AssertionError as error:  # how soundfile says it
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


class Dither:
    """Turns samples into 16-bit numbers with triangular noise of ±1 step.

    Rounding then adds a steady hiss at about −96 dB (of 1/4 square step, Lipshitz et al., 1992)
    instead of distortion that follows the sound. The noise begins with a seed, so that the same
    export gives the same files.

    Parameters
    ----------
    seed : int
        Another one for every file: noise that is the same in all would add up.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def __call__(self, block: NDArray[np.floating]) -> NDArray[np.int16]:
        """Return samples as numbers, cut off at full scale."""
        noise = self._random.random((*block.shape, 2), np.float32)
        steps = block * np.float32(2**15) + (noise[..., 0] - noise[..., 1])
        return np.clip(np.rint(steps), -(2**15), 2**15 - 1).astype(np.int16)


def rounded(block: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return samples as 24 bits hold them, cut off at full scale.

    libsndfile cuts the rest of the bits off instead: half a step in every file, which adds up.

    Parameters
    ----------
    block : ndarray of float, shape (n_samples, n_channels)
        Samples, full scale being 1.

    Returns
    -------
    ndarray of the same type and shape
        Multiples of 2⁻²³.
    """
    one = np.float32(2**23)
    held: NDArray[np.floating] = np.clip(np.rint(block * one), -one, one - 1) / one
    return held


class Encoder:
    """Writes blocks of float samples as a format wants them.

    Parameters
    ----------
    file : soundfile.SoundFile
        Open for writing; closed by `close`.
    form : AudioFormat
        Its format.
    seed : int
        Of the dither.
    """

    def __init__(self, file: soundfile.SoundFile, form: AudioFormat, seed: int) -> None:
        self._file, self._form, self._dither = file, form, Dither(seed)
        self.peak = 0.0

    def write(self, block: NDArray[np.floating]) -> None:
        """Write the next samples, shape (n_samples, n_channels)."""
        self.peak = max(self.peak, float(np.abs(block).max(initial=0.0)))
        if self._form.is_dithered:
            write_samples(self._file, self._dither(block))
        elif self._form.encoding == "PCM_24":
            write_samples(self._file, rounded(block))
        else:
            write_samples(self._file, np.clip(block, -1, 1) if self._form.clips else block)

    def close(self) -> None:
        """Complete the file."""
        self._file.close()
