"""Carrying out an export order from the window, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from isnmf_gui.session.document import Run
from isnmf_gui.session.export import Exported, export_components
from isnmf_gui.session.fileset import FileSet
from isnmf_gui.session.separation import Parts
from isnmf_gui.session.shapes import factors_of


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
    format_name : str
        A key of `isnmf_gui.session.export.FORMATS`.
    components : tuple of int
        Indices of the components.
    """

    run: Run
    mask: str
    folder: Path
    format_name: str
    components: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """A finished export: the order and what was written."""

    order: ExportOrder
    exported: Exported


def carry_out(order: ExportOrder, on_progress: Callable[[float], bool]) -> Outcome:
    """Write the files of an order.

    Parameters
    ----------
    order : ExportOrder
        What to write.
    on_progress : callable
        Called with the share done; False stops.

    Returns
    -------
    Outcome
        What was written.

    Raises
    ------
    ExportError
        If something cannot be written; nothing is left behind then.
    Stopped
        If `on_progress` said so; nothing is left behind then either.
    """
    with FileSet(order.folder) as files:
        exported = export_components(
            Parts(order.run.separation, order.mask, factors_of(order.run)),
            order.components,
            files,
            order.format_name,
            on_progress,
            {part.index: part.number for part in order.run.components},
        )
    return Outcome(order, exported)
