"""Carrying out an export order, all or nothing."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.export.extras.extras import extra_names, write_extras
from isnmf_gui.session.export.file_names import DEFAULT_PATTERN, file_stems
from isnmf_gui.session.export.stems.audio_options import AudioOptions, check_order
from isnmf_gui.session.export.stems.export_stems import Exported, export_stems, parts_of
from isnmf_gui.session.export.stems.levels import Measured
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.session.export.stems.tracks import measure_stems, would_clip
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Meter, OnProgress


@dataclass(frozen=True, eq=False)
class ExportOrder:
    """What to write, where and how.

    Attributes
    ----------
    run : Run
        What it comes from.
    mask : {"wiener", "ratio"}
        How parts are cut out of the recording.
    folder : Path
        Where to; made if missing.
    stems : tuple of Stem
        What to write as sound.
    options : AudioOptions
        How.
    pattern : str
        Of the file names: see `isnmf_gui.session.export.file_names`.
    extras : tuple of str
        What to write beside the sound: keys of `isnmf_gui.session.export.extras.extras.EXTRAS`.
    asks : bool
        Whether to ask before anything is written that would be cut off at full scale.
    measured : tuple of Measured or None
        What the stems are like, once that is known.
    """

    run: Run
    mask: str
    folder: Path
    stems: tuple[Stem, ...]
    options: AudioOptions = field(default_factory=AudioOptions)
    pattern: str = DEFAULT_PATTERN
    extras: tuple[str, ...] = ()
    asks: bool = False
    measured: tuple[Measured, ...] | None = None

    @classmethod
    def chosen(
        cls, run: Run, mask: str, folder: Path, stems: Sequence[Stem], choices: ExportChoices
    ) -> ExportOrder:
        """Return the order to write some stems of a run as a person chose.

        Parameters
        ----------
        run : Run
            What it comes from.
        mask : {"wiener", "ratio"}
            How parts are cut out of the recording.
        folder : Path
            Where to.
        stems : sequence of Stem
            What to write.
        choices : ExportChoices
            How, under which names, and what beside it.

        Returns
        -------
        ExportOrder
            One that does not ask.
        """
        pattern, extras = choices.pattern, choices.extras
        return cls(run, mask, folder, tuple(stems), choices.options, pattern, extras)

    @property
    def names(self) -> list[str]:
        """Names of the stems' files without their ending."""
        return file_stems(self.stems, self.pattern, self.run.separation.recording.path.stem)

    @property
    def file_names(self) -> list[str]:
        """Names of the stems' files."""
        return [name + self.options.form.suffix for name in self.names]

    @property
    def all_names(self) -> list[str]:
        """Names of all files, those beside the sound last."""
        return [*self.file_names, *extra_names(self.extras, self.run, self.pattern)]

    @property
    def names_there(self) -> list[str]:
        """Those of all names that there are files of, which would be replaced."""
        return names_there(self.folder, self.all_names)

    def check(self) -> None:
        """Refuse what cannot be written.

        Raises
        ------
        ExportError
            With the reason.
        """
        recording = self.run.separation.recording
        check_order(recording, self.all_names, self.folder, self.options)


@dataclass(frozen=True, eq=False)
class Outcome:
    """A finished export.

    Attributes
    ----------
    order : ExportOrder
        What was wanted.
    exported : Exported
        What was written.
    """

    order: ExportOrder
    exported: Exported

    @property
    def names(self) -> list[str]:
        """Names of all files that were written, those beside the sound last."""
        order = self.order
        extras = extra_names(order.extras, order.run, order.pattern)
        return [*(part.file for part in self.exported.stems), *extras]


@dataclass(frozen=True, eq=False)
class WouldClip:
    """An export that was not begun: what would be cut off at full scale.

    Attributes
    ----------
    order : ExportOrder
        To be carried out all the same: it asks no more, and what was measured is in it.
    stems : tuple of Stem
        Those that would lose their peaks.
    over_db : float
        By how much the loudest peak passes full scale.
    """

    order: ExportOrder
    stems: tuple[Stem, ...]
    over_db: float


def carry_out_export(order: ExportOrder, on_progress: OnProgress) -> Outcome | WouldClip:
    """Write the files of an order.

    Parameters
    ----------
    order : ExportOrder
        What to write.
    on_progress : callable
        Called with the share done; False stops.

    Returns
    -------
    Outcome or WouldClip
        What was written; or that nothing was, for the person is to be asked first.

    Raises
    ------
    ExportError
        If something cannot be written; nothing is left behind then.
    Stopped
        If `on_progress` said so; nothing is left behind then either.
    """
    order.check()
    must_measure = order.asks and order.options.form.clips and order.measured is None
    meter = Meter(on_progress, 1 + must_measure)
    with FileSet(order.folder) as files:  # first of all: a bad folder is known at once
        if must_measure:
            parts = parts_of(order.run, order.mask)
            measured = measure_stems(parts, order.stems, order.options, meter.within)
            order = replace(order, measured=tuple(measured), asks=False)
            clipped = would_clip(order.stems, measured, order.options)
            if clipped:
                files.abandon()
                return WouldClip(order, tuple(clipped), _over_db(order, measured))
            meter.next_step()
        return write_export(order, files, meter.within)


def write_export(order: ExportOrder, files: FileSet, on_progress: OnProgress) -> Outcome:
    """Write the files of an order, to appear once the set is complete.

    Parameters
    ----------
    order : ExportOrder
        What to write; it does not ask.
    files : FileSet
        Of the order's folder, entered; the caller may add more to it.
    on_progress : callable
        Called with the share done; False stops.

    Returns
    -------
    Outcome
        What will be there.

    Raises
    ------
    ExportError
        If something cannot be written.
    Stopped
        If `on_progress` said so.
    """
    order.check()
    meter = Meter(on_progress, 1 + bool(order.extras))
    exported = export_stems(
        order.run,
        parts_of(order.run, order.mask),
        order.stems,
        order.names,
        files,
        order.options,
        meter.within,
        measured=order.measured,
    )
    meter.next_step()
    extras, run = order.extras, order.run
    write_extras(extras, run, order.mask, order.pattern, exported, files, meter.within)
    return Outcome(order, exported)


def names_there(folder: Path, names: Iterable[str]) -> list[str]:
    """Return those of some names that there are files of in a folder."""
    return [name for name in names if os.path.lexists(folder / name)]


def _over_db(order: ExportOrder, measured: Sequence[Measured]) -> float:
    gains = order.options.level.gains(measured)
    highest = max(each.peak * gain for each, gain in zip(measured, gains, strict=True))
    return 20 * math.log10(highest)
