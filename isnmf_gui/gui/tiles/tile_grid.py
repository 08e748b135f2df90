"""Where tiles stand: rows of equal tiles that scroll, drawn as they come into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QRubberBand, QScrollArea, QWidget

from isnmf_gui.gui.tiles.tile import Tile
from isnmf_gui.gui.tiles.tile_levels import tile_levels
from isnmf_gui.gui.tiles.tile_painting import NORMAL, Form
from isnmf_gui.gui.widgets.spoken_state import ListArea
from isnmf_gui.session.document.changes import EVERYTHING, Changes
from isnmf_gui.session.document.document import Run
from isnmf_gui.texts import tr

GAP = 6
#: Where there is room tiles are larger, by this factor at most.
MOST_ENLARGED = 3.0


class TileGrid(QScrollArea):
    """Holds tiles in order. It knows nothing of selections but the box that makes them."""

    #: Tiles lie under the box that is being drawn: their indices, and the modifiers.
    boxed = Signal(object)
    box_began = Signal(object)
    background_clicked = Signal()
    #: The tiles have another order, or there are others.
    arranged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
        self.columns = 1
        self.form = NORMAL
        #: What Tab goes on from to the tiles.
        self.tab_after: QWidget = self
        self._run: Run | None = None
        self._logarithmic = True
        self._drawn: set[int] = set()
        self._pressed: QPoint | None = None
        self.content = ListArea()
        self.content.setAccessibleName(tr("Components"))
        self.content.installEventFilter(self)
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.content)
        self.setWidget(self.content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._redraw = QTimer(self)  # several changes of one moment are drawn once
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self.draw)

    # -- placing ------------------------------------------------------------------------------

    def arrange(self, tiles: Sequence[Tile]) -> None:
        """Put tiles in this order."""
        self.tiles = list(tiles)
        self._place()
        before = self.tab_after
        for tile in self.tiles:
            for stop in tile.tab_stops:
                QWidget.setTabOrder(before, stop)
                before = stop
        self.arranged.emit()

    def set_form(self, form: Form) -> None:
        """Lay the tiles out another way."""
        self.form = form
        self._place()
        self.ask_for_drawing(everything=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among as many tiles as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.columns, size = self._fitting()
        n_rows = -(-len(self.tiles) // self.columns)
        self.content.resize(self.viewport().width(), n_rows * (size.height() + GAP))
        self.verticalScrollBar().setSingleStep((size.height() + GAP) // 3)
        resized = bool(self.tiles) and self.tiles[0].size() != size
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, self.columns)
            x, y = column * (size.width() + GAP), row * (size.height() + GAP)
            tile.set_form(self.form)
            tile.setGeometry(QRect(QPoint(x, y), size))
        self.ask_for_drawing(everything=resized)

    def _fitting(self) -> tuple[int, QSize]:
        """Return the number of columns and the size of tiles: as large as all of them have room.

        Where not even the smallest have, they are those, and the rest is scrolled to.
        """
        least, area = self.form.size(self.fontMetrics()), self.viewport().size()
        width = area.width() - 4
        most = max(1, (width + GAP) // (least.width() + GAP))
        found = most, QSize((width + GAP) // most - GAP, least.height())
        for columns in range(most - 1, 0, -1):
            wide = (width + GAP) // columns - GAP
            share = wide / least.width()
            size = QSize(wide, round(least.height() * share))
            n_rows = -(-len(self.tiles) // columns)
            if share > MOST_ENLARGED or n_rows * (size.height() + GAP) > area.height():
                break
            found = columns, size
        return found

    def reveal(self, tile: Tile) -> None:
        """Scroll to a tile."""
        tile.show()
        self.ensureWidgetVisible(tile)

    # -- drawing ------------------------------------------------------------------------------

    def show_run(self, run: Run | None, changes: Changes = EVERYTHING) -> None:
        """Draw other factors: all tiles of another result, only those of edited components."""
        self._run = run
        if changes.shown_run or changes.parts:
            self._drawn -= changes.parts
            self.ask_for_drawing(everything=changes.shown_run)

    def set_logarithmic(self, on: bool) -> None:
        """Choose the frequency axis of the pictures."""
        self._logarithmic = on
        self.ask_for_drawing(everything=True)

    def ask_for_drawing(self, everything: bool = False) -> None:
        """Draw soon what is in sight and has not been drawn, or all that is in sight."""
        if everything:
            self._drawn.clear()
        if not self._redraw.isActive():
            self._redraw.start(0)

    @property
    def is_waiting(self) -> bool:
        """Whether tiles are to be drawn soon."""
        return self._redraw.isActive()

    @Slot()
    def _scrolled(self) -> None:
        self.ask_for_drawing()  # tiles that were out of sight have not been drawn

    @Slot()
    def draw(self) -> None:
        """Draw the tiles in sight, all with one pooling of the factors; the others stay hidden."""
        run = self._run
        seen = QRect(QPoint(0, self.verticalScrollBar().value()), self.viewport().size())
        tiles = [
            tile
            for tile in self.tiles
            if tile.index not in self._drawn and tile.geometry().intersects(seen)
        ]
        if run is None or not tiles:
            return
        components = [run.component(tile.index) for tile in tiles]
        size = tiles[0].parts.picture.pixels()
        levels = tile_levels(run, components, *size, self._logarithmic)
        for tile, picture in zip(tiles, levels, strict=True):
            tile.parts.picture.show_levels(picture)
            tile.show()
        self._drawn.update(tile.index for tile in tiles)

    # -- the box that selects -----------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw a box from the gaps between tiles too."""
        if watched is self.content and isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = at
                if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.background_clicked.emit()
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                self.drag(self._pressed, at)
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
                self.end_drag()
        return super().eventFilter(watched, event)

    @Slot(QPoint, QPoint)
    def drag(self, origin: QPoint, at: QPoint) -> None:
        """Draw the box from where a drag began to where it is, both on the screen."""
        start, end = self.content.mapFromGlobal(origin), self.content.mapFromGlobal(at)
        if not self._band.isVisible():
            self._origin = start  # on the content, which may scroll under the pointer
            self.box_began.emit(None)
            self._band.show()
            self._band.raise_()
        box = QRect(self._origin, end).normalized()
        self._band.setGeometry(box.intersected(self.content.rect()))
        self.ensureVisible(end.x(), end.y(), 0, 20)
        self.boxed.emit([tile.index for tile in self.tiles if tile.geometry().intersects(box)])

    @Slot()
    def end_drag(self) -> None:
        """Take the box away."""
        self._band.hide()
