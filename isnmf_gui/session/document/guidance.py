"""What a person painted: strokes that say which source a place in time and frequency belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from isnmf_gui.spectral.strokes import Box, Path, Shape

__all__ = ["Box", "Path", "Shape", "Stroke"]

#: No more strokes are kept in a run.
MOST_STROKES = 20_000


@dataclass(frozen=True)
class Stroke:
    """A place that belongs to a source.

    Attributes
    ----------
    id : int
        Number within its run, from 1; none is given twice.
    source_id : int
        The source.
    shape : Box or Path
        The place.
    erased : tuple of Box or Path
        What was taken away from it again.
    is_on : bool
        Whether it counts.
    """

    id: int
    source_id: int
    shape: Shape
    erased: tuple[Shape, ...] = ()
    is_on: bool = True
