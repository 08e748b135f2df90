"""Writing stems as audio files, and proving that they add up."""

from __future__ import annotations

import errno
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.errors import ExportError
from isnmf_gui.session.document.component_factors import factors_of, is_edited
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.export.stems.audio_options import AudioOptions, check_order
from isnmf_gui.session.export.stems.levels import Level, Measured, decibel_ratio
from isnmf_gui.session.export.stems.null_check import Written, null_test
from isnmf_gui.session.export.stems.rendering import in_groups
from isnmf_gui.session.export.stems.stems import Stem, is_complete
from isnmf_gui.session.export.stems.tracks import Track, measure_stems, write_stems
from isnmf_gui.session.files.file_set import FileSet, write_error
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.runs.part_energies import SHARE, energy_of
from isnmf_gui.session.runs.separation import Parts
from isnmf_gui.session.sound_files.formats import DITHER_POWER, AudioFormat

#: A residual with less energy than this, relative to the recording, is called empty.
EMPTY_DB = -100.0


@dataclass(frozen=True, eq=False)
class ExportedStem:
    """A file that was written.

    Attributes
    ----------
    stem : Stem
        What it holds.
    file : str
        Name of the file.
    energy_db : float
        Energy of the stem as it lies in the recording, relative to that of what was separated.
    share : float or None
        Which part of what was separated it holds: shares of all components, or of all sources with
        the rest, and of the residual add up to one. None where masks do not share out: of the
        residual and the mix of ratio masks.
    peak : float
        Largest absolute sample written; full scale is 1.
    clipped : bool
        Whether the format cut off samples beyond full scale.
    gain_db : float
        What the stem was raised by.
    """

    stem: Stem
    file: str
    energy_db: float
    share: float | None
    peak: float
    clipped: bool
    gain_db: float = 0.0


@dataclass(frozen=True, eq=False)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    stems : tuple of ExportedStem
        In the order they were asked for.
    null_tests_db : dict of str to float
        For all components, all sources or the mix, where they were written completely: the energy
        of (sum of the files, read back, minus the recording) relative to the recording's, with
        the residual if it was written, else within the region that was separated.
    residual_is_empty : bool
        Whether the residual was left out since there is nothing in it.
    dither_db : float or None
        What the dither of all files together comes to, relative to the recording's energy; None
        without dither.
    """

    stems: tuple[ExportedStem, ...]
    null_tests_db: dict[str, float]
    residual_is_empty: bool = False
    dither_db: float | None = None

    @property
    def null_test_db(self) -> float | None:
        """The worst of the null tests; None if nothing was complete."""
        return max(self.null_tests_db.values(), default=None)


def parts_of(run: Run, mask: str) -> Parts:
    """Return what a run's stems are rendered from, edited or not.

    Parts that were edited or are cut out by ratio masks may be many times as loud as the
    recording. In float32 what is rounded off them would be more than −120 dB of it, so these are
    rendered in float64.
    """
    precision = "float64" if mask == "ratio" or is_edited(run) else None
    return Parts(run.separation, mask, factors_of(run), precision, sharing_of(run))


def export_stems(
    run: Run,
    parts: Parts,
    stems: Sequence[Stem],
    names: Sequence[str],
    files: FileSet,
    options: AudioOptions | None = None,
    on_progress: OnProgress | None = None,
    *,
    measured: Sequence[Measured] | None = None,
) -> Exported:
    """Write stems as audio files, as long as the recording.

    Every file is read back before the set may be completed: what a full disk cut off is found.

    Parameters
    ----------
    run : Run
        What the stems come from.
    parts : Parts
        Of the run: `parts_of`.
    stems : sequence of Stem
        What to write. A residual that turns out to be empty is not, unless it is alone.
    names : sequence of str
        Of their files, without the ending.
    files : FileSet
        Entered; the caller may add more files to it.
    options : AudioOptions, optional
        By default 32-bit float WAV at the recording's rate and balance.
    on_progress : callable, optional
        Called with the share done; False stops.
    measured : sequence of Measured, optional
        What `measure_stems` returned, if that was called.

    Returns
    -------
    Exported
        What was written, and the null tests.

    Raises
    ------
    ExportError
        If a file cannot be written.
    Stopped
        If `on_progress` said so.
    """
    options = options or AudioOptions()
    full_names = [name + options.form.suffix for name in names]
    check_order(parts.recording, full_names, files.folder, options)
    is_measured = measured is not None or options.level == Level()
    n_groups = len(in_groups(stems))
    meter = Meter(on_progress, n_groups + 1 + (not is_measured))
    if not is_measured:
        measured = measure_stems(parts, stems, options, meter.within)
        meter.next_step()
    gains = [1.0] * len(stems) if measured is None else options.level.gains(measured)
    try:
        orders = list(zip(stems, full_names, gains, strict=True))
        tracks = write_stems(parts, orders, files, options, meter)
        return _checked(run, parts, tracks, files, options, meter)
    except soundfile.LibsndfileError as error:
        raise write_failure(files.folder, error) from error


def _checked(
    run: Run,
    parts: Parts,
    tracks: list[Track],
    files: FileSet,
    options: AudioOptions,
    meter: Meter,
) -> Exported:
    """Drop a residual with nothing in it, read back all others, and tell what was written."""
    total, shares = energy_of(parts.recording.samples), energies_of(run, SHARE)
    separated = energy_of(parts.recording.samples[slice(*parts.samples)])
    empty = [
        track
        for track in tracks
        if track.file.stem.is_residual
        and len(tracks) > 1
        and decibel_ratio(track.lane.energy, total) < EMPTY_DB
    ]
    for track in empty:
        files.drop(track.name)
    kept = [track for track in tracks if track not in empty]
    written = [track.file for track in kept]
    rate = options.rate_for(parts.recording)
    tests = null_test(parts, written, _complete_balances(run, written), rate, meter)
    stems = tuple(
        _exported(track, options.form, separated, _share(track.file.stem, shares, parts.mask_kind))
        for track in kept
    )
    dither_db = _dither_db(parts, written, total) if options.form.is_dithered else None
    return Exported(stems, tests, bool(empty), dither_db)


def _dither_db(parts: Parts, files: Sequence[Written], total: float) -> float:
    """Return what the dither of files comes to where they lie in the recording."""
    power = sum(DITHER_POWER / file.gain**2 for file in files)
    return decibel_ratio(power * parts.recording.samples.size, total)


def _complete_balances(run: Run, files: Sequence[Written]) -> list[str]:
    by_balance: dict[str, list[Stem]] = {}
    for file in files:
        if not file.stem.is_residual:
            by_balance.setdefault(file.stem.balance, []).append(file.stem)
    return [balance for balance, stems in by_balance.items() if is_complete(stems, run)]


def _share(stem: Stem, shares: NDArray[np.float64], mask: str) -> float | None:
    if mask == "ratio" and stem.kind in ("mix", "residual"):
        return None
    share = float(stem.gains @ shares)
    return max(0.0, 1 - share) if stem.is_residual else share


def _exported(
    track: Track, form: AudioFormat, separated: float, share: float | None
) -> ExportedStem:
    peak = track.encoder.peak
    return ExportedStem(
        track.file.stem,
        track.name,
        decibel_ratio(track.lane.energy, separated),
        share,
        peak,
        form.cuts(peak),
        20 * math.log10(track.file.gain),
    )


def write_failure(folder: Path, error: soundfile.LibsndfileError) -> ExportError:
    """Return why a file could not be written.

    Libsndfile does not pass on why the system refused: a full disk is nearly always why.
    """
    number = errno.ENOSPC if folder.is_dir() else errno.ENOENT
    return write_error(folder, OSError(number, str(error)))
