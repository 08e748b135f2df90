"""All components of the run that is shown, as tiles in a grid."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from isnmf_gui.gui.panels.tiles import TILE, Tile
from isnmf_gui.gui.scenes import LOWEST_HZ, RANGE_DB, ComponentScene, Region
from isnmf_gui.gui.theme import Theme
from isnmf_gui.session.separation import Separation
from isnmf_gui.spectral.pictures import to_levels

EMPTY = "Press Separate: every component appears here as a picture you can click and hear."
GAP = 6


class ComponentsPanel(QWidget):
    """Shows the components and which of them are selected."""

    #: The selection changed: sorted indices, and the one to show large (or None).
    selection_changed = Signal(object, object)
    play_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._separation: Separation | None = None
        self.tiles: list[Tile] = []
        self._columns = 1
        self._heading = QLabel("Components")
        self._heading.setProperty("role", "heading")
        self._empty = QLabel(EMPTY)
        self._empty.setProperty("role", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addWidget(self._heading)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._scroll, 1)
        self._scroll.hide()
        theme.changed.connect(self._apply_theme)

    # -- what is shown ------------------------------------------------------------------------

    def show_separation(self, separation: Separation | None) -> None:
        """Show the components of a run, or of a snapshot of one."""
        self._separation = separation
        n_bases = separation.settings.n_bases if separation else 0
        if n_bases != len(self.tiles):
            self._make_tiles(n_bases)
        self._empty.setVisible(n_bases == 0)
        self._scroll.setVisible(n_bases > 0)
        self._heading.setText(f"Components ({n_bases})" if n_bases else "Components")
        if separation is not None:
            self._show_energies(separation)
        self._redraw.start(0)

    def set_playing(self, index: int | None) -> None:
        """Show which component is being heard."""
        for tile in self.tiles:
            tile.set_playing(tile.index == index)

    def selected(self) -> list[int]:
        """Return the indices of the selected components, in order."""
        return [tile.index for tile in self.tiles if tile.is_selected]

    def select(self, indices: list[int], show: int | None) -> None:
        """Select components; `show` is the one to see large."""
        for tile in self.tiles:
            tile.set_selected(tile.index in indices)
        self.selection_changed.emit(self.selected(), show)

    def _make_tiles(self, n_bases: int) -> None:
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [Tile(index, self._theme) for index in range(n_bases)]
        for tile in self.tiles:
            tile.clicked.connect(self._tile_clicked)
            tile.play_wanted.connect(self.play_wanted)
            tile.arrow_pressed.connect(self._go)
        self._arrange()
        self.selection_changed.emit([], None)

    def _show_energies(self, separation: Separation) -> None:
        for tile in self.tiles:
            shares = separation.energies
            kind = separation.settings.mask
            tile.set_energy(None if shares is None else float(shares[kind][tile.index]))

    # -- arranging and drawing ----------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange the tiles anew when the space for them changes."""
        if isinstance(event, QResizeEvent):
            columns = max(1, (event.size().width() + GAP) // (TILE.width() + GAP))
            if columns != self._columns:
                self._columns = columns
                self._arrange()
            self._redraw.start(0)
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // self._columns, place % self._columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(column < self._columns))

    @Slot()
    def _scrolled(self) -> None:
        self._redraw.start(0)  # tiles that were out of sight have not been drawn

    @Slot()
    def _draw(self) -> None:
        separation = self._separation
        if separation is None:
            return
        recording = separation.recording
        for tile in self.tiles:
            if tile.visibleRegion().isEmpty():
                continue
            scene = ComponentScene(separation, tile.index)
            width, height = tile.picture.pixels()
            top = recording.sample_rate / 2
            region = Region(0, recording.duration_s, LOWEST_HZ, top, width, height, True)
            tile.picture.show_levels(to_levels(scene.render(region), -RANGE_DB, 0))

    # -- selecting ----------------------------------------------------------------------------

    @Slot(int, object)
    def _tile_clicked(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        selected = self.selected()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            remaining = [i for i in selected if i != index]
            selected = remaining if index in selected else [*selected, index]
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and selected:
            ends = sorted((selected[0], index))
            selected = list(range(ends[0], ends[1] + 1))
        else:
            selected = [index]
        self.select(selected, index if index in selected else None)

    @Slot(int, int, object)
    def _go(self, right: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        """Go to a neighbour: alone, with Shift extending the selection, with Ctrl leaving it."""
        focused = next((tile.index for tile in self.tiles if tile.hasFocus()), 0)
        index = focused + right + down * self._columns
        if not 0 <= index < len(self.tiles):
            return
        self.tiles[index].setFocus()
        self._scroll.ensureWidgetVisible(self.tiles[index])
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.select([*self.selected(), focused, index], index)
        elif not modifiers & Qt.KeyboardModifier.ControlModifier:
            self.select([index], index)

    @Slot()
    def _apply_theme(self) -> None:
        for tile in self.tiles:
            tile.refresh_icons()
