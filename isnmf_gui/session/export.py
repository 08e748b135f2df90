"""Writing components as audio files, and proving that they add up."""

from __future__ import annotations

import contextlib
import errno
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.errors import ExportError, Stopped
from isnmf_gui.session.fileset import FileSet, write_error
from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Parts
from isnmf_gui.spectral import Mask
from isnmf_gui.spectral.resynthesis import BLOCK_SAMPLES

#: Called with the share done (0 to 1); returns whether to go on.
OnProgress = Callable[[float], bool]

#: Stands for "exactly zero" in decibels, so that every figure in a report is a number.
SILENCE_DB = -300.0
BINARY = getattr(os, "O_BINARY", 0)  # Windows would otherwise translate line ends
# A plain WAV file cannot be longer; RF64 is the same with 64-bit lengths.
LARGEST_WAV_BYTES = 4_000_000_000
# A part normalized to full scale may miss it by this much, which is not clipping.
ROUNDING = 1e-6


@dataclass(frozen=True)
class AudioFormat:
    """A file format for parts.

    Attributes
    ----------
    label : str
        As shown to people.
    suffix : str
        File name ending with its dot.
    container, encoding : str
        libsndfile's names.
    sample_bytes : int
        Bytes of an uncompressed sample.
    most_channels : int
        Channels the container can hold.
    """

    label: str
    suffix: str
    container: str
    encoding: str
    sample_bytes: int
    most_channels: int

    @property
    def clips(self) -> bool:
        """Whether values beyond full scale are lost."""
        return self.encoding != "FLOAT"


FORMATS = {
    "wav": AudioFormat("WAV, 32-bit float", ".wav", "WAV", "FLOAT", 4, 1024),
    "wav24": AudioFormat("WAV, 24 bit", ".wav", "WAV", "PCM_24", 3, 1024),
    "flac": AudioFormat("FLAC, 24 bit", ".flac", "FLAC", "PCM_24", 3, 8),
}


@dataclass(frozen=True)
class ExportedPart:
    """A file that was written.

    Attributes
    ----------
    component : int
        Index of the component.
    file : str
        Name of the file.
    energy_db : float
        Energy of the part as it lies in the recording, relative to the recording's.
    peak : float
        Largest absolute sample written; full scale is 1.
    clipped : bool
        Whether the format cut off samples beyond full scale.
    """

    component: int
    file: str
    energy_db: float
    peak: float
    clipped: bool


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    parts : tuple of ExportedPart
        In the order of the components.
    null_test_db : float or None
        Energy of (sum of the files, read back, minus the recording) relative to the recording's,
        within the region that was separated; None if not every component was exported.
    """

    parts: tuple[ExportedPart, ...]
    null_test_db: float | None


def part_name(number: int) -> str:
    """Return the file name of a component without its ending; components count from 1."""
    return f"component-{number:02d}"


def decibel_ratio(energy: float, reference: float) -> float:
    """Return 10 log10(energy / reference), `SILENCE_DB` for nothing."""
    if energy <= 0 or reference <= 0:
        return SILENCE_DB
    return max(SILENCE_DB, 10 * math.log10(energy / reference))


def export_components(
    parts: Parts,
    components: Sequence[int],
    files: FileSet,
    format_name: str = "wav",
    on_progress: OnProgress | None = None,
    numbers: Mapping[int, int] | None = None,
) -> Exported:
    """Write components as audio files, as long as the recording.

    Every file is read back before the set may be completed: what a full disk cut off is found.

    Parameters
    ----------
    parts : Parts
        Of a separation.
    components : sequence of int
        Indices of the components to write.
    files : FileSet
        Entered; the caller may add more files to it.
    format_name : str
        A key of `FORMATS`.
    on_progress : callable, optional
        Called with the share done; False stops.
    numbers : mapping of int to int, optional
        For each component the number that it is called by; by default its index plus one.

    Raises
    ------
    ExportError
        If a file cannot be written.
    Stopped
        If `on_progress` said so.
    """
    form = FORMATS[format_name]
    names = {it: part_name(numbers[it] if numbers else it + 1) + form.suffix for it in components}
    check_order(parts.recording, names.values(), files.folder, format_name)
    total = _energy(parts.recording.samples)
    meter = _Meter(on_progress, n_steps=len(components) + 1)
    paths, written = [], []
    for component in components:
        path = files.new(names[component])
        try:
            part = _write_part(parts, component, path, form, total, meter)
            written.append(replace(part, file=names[component]))
        except (soundfile.LibsndfileError, AssertionError, OSError) as error:
            raise _write_failure(files.folder, error) from error
        paths.append(path)
        meter.next_step()
    residual = _check_files(parts, paths, files.folder, meter)
    complete = sorted(components) == list(range(parts.factors.n_parts))
    separated = _energy(parts.recording.samples[slice(*parts.samples)])
    null_test_db = decibel_ratio(residual, separated) if complete else None
    return Exported(tuple(written), null_test_db)


def check_order(recording: Recording, names: Iterable[str], folder: Path, format_name: str) -> None:
    """Refuse what cannot be written, or would overwrite the recording that it comes from.

    Parameters
    ----------
    recording : Recording
        What the components come from.
    names : iterable of str
        Of the files.
    folder : Path
        Where they are to be.
    format_name : str
        A key of `FORMATS`.

    Raises
    ------
    ExportError
        With the reason.
    """
    form = FORMATS[format_name]
    if recording.n_channels > form.most_channels:
        raise ExportError(
            f"{form.container} holds at most {form.most_channels} channels and the recording has "
            f"{recording.n_channels}. Choose WAV."
        )
    for path in (folder / name for name in names):
        with contextlib.suppress(OSError):  # one of them does not exist
            if path.samefile(recording.path):
                raise ExportError(
                    f"“{path.name}” in “{folder}” is the recording itself and would be lost. "
                    "Choose another folder."
                )


class _Meter:
    """Turns progress within steps into one share, and asks whether to go on."""

    def __init__(self, on_progress: OnProgress | None, n_steps: int) -> None:
        self.on_progress, self.n_steps, self.step = on_progress, n_steps, 0

    def next_step(self) -> None:
        self.step += 1

    def __call__(self, share: float) -> None:
        share = (self.step + share) / self.n_steps
        if self.on_progress is not None and not self.on_progress(share):
            raise Stopped


def _write_part(
    parts: Parts, component: int, path: Path, form: AudioFormat, total: float, meter: _Meter
) -> ExportedPart:
    """Render a component and write it, at full scale if the settings say so."""
    mask = parts.mask([component])
    recording = parts.recording
    gain = 1.0
    if parts.settings.part_gain == "peak":
        gain = 1 / (_highest(parts, mask, meter) or 1.0)
    energy = peak = 0.0
    with _create(path, recording.n_channels, recording.sample_rate, recording.n_samples, form) as f:
        done = 0
        for block in parts.resynthesis.blocks(mask):
            energy += _energy(block)
            block *= gain
            peak = max(peak, _peak(block))
            f.write(np.clip(block, -1, 1, out=block) if form.clips else block)
            done += len(block)
            meter(done / recording.n_samples)
    level = decibel_ratio(energy, total)
    return ExportedPart(component, path.name, level, peak, form.clips and peak > 1 + ROUNDING)


def _highest(parts: Parts, mask: Mask, meter: _Meter) -> float:
    """Return a part's peak, before anything is written."""
    highest = 0.0
    for block in parts.resynthesis.blocks(mask):
        highest = max(highest, _peak(block))
        meter(0.0)
    return highest


def _create(
    path: Path, n_channels: int, rate: int, n_samples: int, form: AudioFormat
) -> soundfile.SoundFile:
    large = n_samples * n_channels * form.sample_bytes > LARGEST_WAV_BYTES
    container = "RF64" if form.container == "WAV" and large else form.container
    # By descriptor, like reading: no file name has to survive libsndfile's encoding.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
    return soundfile.SoundFile(
        descriptor, "w", rate, n_channels, form.encoding, format=container, closefd=True
    )


def _write_failure(folder: Path, error: Exception) -> ExportError:
    if isinstance(error, OSError):
        return write_error(folder, error)
    # libsndfile does not pass on why the system refused; an empty disk is nearly always why.
    return write_error(folder, OSError(errno.ENOSPC, str(error)))


def _check_files(parts: Parts, paths: list[Path], folder: Path, meter: _Meter) -> float:
    """Read all files back; return the energy of their sum minus what they are to add up to.

    That is the recording within the region that was separated, all of it without one.
    """
    samples = parts.recording.samples
    start, stop = parts.samples
    residual = 0.0
    done = 0
    try:
        for total in _summed(paths, len(samples)):
            inside = slice(max(start - done, 0), max(stop - done, 0))
            residual += _energy(samples[done : done + len(total)][inside] - total[inside])
            done += len(total)
            meter(done / len(samples))
    except (soundfile.LibsndfileError, OSError) as error:
        raise _write_failure(folder, error) from error
    if paths and done < len(samples):
        raise write_error(folder, OSError(errno.ENOSPC, "a file is shorter than what was written"))
    return residual


def _summed(paths: list[Path], n_samples: int) -> Iterator[NDArray[np.float64]]:
    """Yield the sum of the files block by block, as long as every file lasts."""
    with contextlib.ExitStack() as stack:
        files = [
            stack.enter_context(
                soundfile.SoundFile(os.open(path, os.O_RDONLY | BINARY), closefd=True)
            )
            for path in paths
        ]
        for start in range(0, n_samples, BLOCK_SAMPLES):
            size = min(BLOCK_SAMPLES, n_samples - start)
            blocks = [file.read(size, dtype="float64", always_2d=True) for file in files]
            if any(len(block) < size for block in blocks):
                return
            yield sum(blocks[1:], start=blocks[0])


def _peak(samples: NDArray[np.floating]) -> float:
    return float(np.abs(samples).max())


def _energy(samples: NDArray[np.floating]) -> float:
    """Return the sum of squares, without a copy of the whole in float64."""
    energy = 0.0
    for start in range(0, len(samples), BLOCK_SAMPLES):
        flat = samples[start : start + BLOCK_SAMPLES].astype(np.float64).ravel()
        energy += float(flat @ flat)
    return energy
