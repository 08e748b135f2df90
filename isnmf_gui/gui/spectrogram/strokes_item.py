"""All strokes over the spectrogram, in the colours of their sources, as one picture.

It is made anew only where the view or the strokes are others, of what is in sight alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor, QImage, QPainter

from isnmf_gui.gui.spectrogram.stroke_colors import Look, paint_patches
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.spectral.pictures.stroke_pictures import (
    Lines,
    Patch,
    Sheet,
    covered,
    extent,
    in_sight,
    lines_at,
    lines_of,
)

# More pixels than this along an axis are not to be told apart.
MOST_PIXELS = 4096
#: Rings around strokes are so many pixels wide, of which each may be two of the screen's.
MARGIN = 4
#: A click hits a stroke that it misses by so many pixels.
SLACK = 3
#: No frequency is higher, in powers of ten.
MOST_DECADES = 9
NOTHING = lines_of([])


class StrokesItem(pg.GraphicsObject):
    """Draws strokes, and tells which of them lies at a place.

    Attributes
    ----------
    logarithmic : bool
        Whether the axis of frequency is.
    strokes : tuple of Stroke
        What is shown.
    n_drawn : int
        Strokes that the last picture was made of: those in sight.
    n_pictures : int
        Pictures that were made so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.logarithmic = True
        self.n_drawn = self.n_pictures = 0
        self.strokes: tuple[Stroke, ...] = ()
        self._colors: dict[int, QColor] = {}
        self._marked: frozenset[int] = frozenset()
        self._lines = NOTHING
        self._groups = np.zeros(0, np.intp)  # which strokes are drawn at once, for each of them
        self._looks: list[tuple[Stroke, bool]] = []  # one of each group, and whether it is marked
        self._picture: tuple[Sheet, QImage] | None = None

    # -- what is shown ------------------------------------------------------------------------

    def set_strokes(self, strokes: Sequence[Stroke], colors: Mapping[int, QColor]) -> None:
        """Show strokes in the colours of their sources, by the numbers of these."""
        before, self.strokes = self.strokes, tuple(strokes)
        self._colors = dict(colors)
        n = len(before)
        if n and self.strokes[:n] == before:  # most often one was added
            added = lines_of([it.shape for it in self.strokes[n:]])
            self._lines = self._lines.and_then(added, n)
        else:
            self._lines = lines_of([it.shape for it in self.strokes])
        self._group()

    def mark(self, stroke_ids: Collection[int]) -> None:
        """Point out strokes."""
        if frozenset(stroke_ids) != self._marked:
            self._marked = frozenset(stroke_ids)
            self._group()

    def _group(self) -> None:
        """Find which strokes look the same and had the same taken away: they are drawn at once."""
        places: dict[tuple[object, ...], int] = {}
        self._looks, groups = [], []
        for stroke in self.strokes:
            is_marked = stroke.id in self._marked
            key = (is_marked, stroke.source_id, stroke.is_on, stroke.erased)
            if key not in places:
                places[key] = len(places)
                self._looks.append((stroke, is_marked))
            groups.append(places[key])
        self._groups = np.array(groups, np.intp)
        self._picture = None
        self.update()

    def at(self, time_s: float, hertz: float, pixel_s: float, pixel_octaves: float) -> int | None:
        """Return the number of the stroke that lies uppermost at a place, if one does.

        Parameters
        ----------
        time_s, hertz : float
            The place.
        pixel_s, pixel_octaves : float
            Size of a pixel there.
        """
        place = time_s, float(np.log2(max(hertz, 1.0)))
        slack = SLACK * pixel_s, SLACK * pixel_octaves
        near = lines_at(self._lines.numbers, *place, *slack)
        for owner in sorted(set(self._lines.owners[near].tolist()), reverse=True):
            stroke = self.strokes[owner]
            gone = lines_of(stroke.erased).numbers
            if not lines_at(gone, *place, 0.0, 0.0).any():
                return stroke.id
        return None

    # -- drawing ------------------------------------------------------------------------------

    @Slot()
    def view_moved(self) -> None:
        """Draw what is seen now."""
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return what is seen."""
        return QRectF(self.viewRect()) if self.getViewBox() is not None else QRectF()

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Paint the picture, of as many pixels as there are."""
        place = self.boundingRect()
        on_screen = painter.deviceTransform().mapRect(place)
        sheet = self._sheet(place, on_screen.width(), on_screen.height())
        if not self.strokes or sheet is None:
            return
        if self._picture is None or self._picture[0] != sheet:
            self._picture = sheet, self._draw(sheet)
        # The plot's vertical axis points upwards, an image's rows go down.
        painter.translate(0, place.top() + place.bottom())
        painter.scale(1, -1)
        painter.drawImage(place, self._picture[1])

    def _sheet(self, place: QRectF, width: float, height: float) -> Sheet | None:
        columns, rows = (int(min(round(side), MOST_PIXELS)) for side in (width, height))
        if min(columns, rows) < 1 or place.width() <= 0 or place.height() <= 0:
            return None
        low, high = place.top(), place.bottom()
        if self.logarithmic:
            if high > MOST_DECADES:  # the axis was changed, and the view follows
                return None
            low, high = 10.0**low, 10.0**high
        return Sheet(place.left(), place.right(), low, high, columns, rows, self.logarithmic)

    def _draw(self, sheet: Sheet) -> QImage:
        seen = self._lines.only(in_sight(self._lines.numbers, sheet))
        self.n_drawn = len(np.unique(seen.owners))
        self.n_pictures += 1
        pixels = np.zeros((sheet.height, sheet.width), np.uint32)
        patches = []
        groups = self._groups[seen.owners] if len(seen.owners) else seen.owners
        for group in np.unique(groups).tolist():
            stroke, is_marked = self._looks[group]
            patch = self._patch(seen.only(groups == group), stroke, sheet)
            color = self._colors.get(stroke.source_id, QColor("grey"))
            patches.append((patch, Look(color, stroke.is_on, is_marked)))
        paint_patches(pixels, patches, self._ratio())
        upside_down = np.ascontiguousarray(pixels[::-1])
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(upside_down.data, sheet.width, sheet.height, 4 * sheet.width, form)
        return image.copy()  # the pixels go

    def _patch(self, lines: Lines, stroke: Stroke, sheet: Sheet) -> Patch:
        """Return what lines cover, but for what was erased of their strokes."""
        within = extent(lines.numbers, sheet, MARGIN * self._ratio())
        patch = covered(lines.numbers, sheet, within)
        if stroke.erased:
            gone = covered(lines_of(stroke.erased).numbers, sheet, within)
            patch = Patch(patch.row, patch.column, patch.mask & ~gone.mask)
        return patch

    def _ratio(self) -> int:
        """Return how many pixels of the screen are as wide as one that is meant."""
        widget = self.getViewWidget()
        return max(1, round(widget.devicePixelRatioF())) if widget is not None else 1
