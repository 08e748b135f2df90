"""Recordings whose stems are known: those of the project, and those of any folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.session.sound_files.recording import Recording
from tests.mixtures.evaluation import NAMES, evaluation_mixture

Samples = NDArray[np.floating]
STEM = "stem_"


@dataclass(frozen=True, eq=False)
class Take:
    """A recording with its stems.

    Attributes
    ----------
    recording : Recording
        Their sum.
    stems : dict of str to ndarray, each of shape (n_samples, n_channels)
        By their names.
    """

    recording: Recording
    stems: dict[str, Samples]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.recording.path.stem


def mixtures() -> Iterator[Take]:
    """Yield the eight mixtures of the project."""
    for name in NAMES:
        made = evaluation_mixture(name)
        recording = Recording(made.samples, made.sample_rate, Path(f"{name}.wav"))
        yield Take(recording, made.stems)


def takes_in(folder: Path) -> Iterator[Take]:
    """Yield the recordings in a folder: of each a folder with `mix.*` and several `stem_*.*`.

    Parameters
    ----------
    folder : Path
        Anything else in it is passed over.

    Raises
    ------
    ValueError
        If stems differ from their mix in rate or length, or there is no recording at all.
    """
    found = False
    for inside in sorted(it for it in folder.iterdir() if it.is_dir()):
        mix, stems = sorted(inside.glob("mix.*")), sorted(inside.glob(STEM + "*"))
        if len(mix) == 1 and len(stems) > 1:
            found = True
            yield _take(inside.name, mix[0], stems)
    if not found:
        raise ValueError(f"{folder} holds no folder with mix.* and several {STEM}*.*")


def _take(name: str, mix: Path, stem_files: list[Path]) -> Take:
    samples, sample_rate = _read(mix)
    stems = {}
    for file in stem_files:
        stem, its_rate = _read(file)
        if its_rate != sample_rate or stem.shape != samples.shape:
            raise ValueError(f"{file} differs from {mix.name} in rate, length or channels")
        stems[file.stem.removeprefix(STEM)] = stem
    return Take(Recording(samples, sample_rate, Path(f"{name}.wav")), stems)


def _read(path: Path) -> tuple[Samples, int]:
    samples, sample_rate = soundfile.read(path, dtype="float32", always_2d=True)
    return samples, sample_rate
