"""How tiles are selected by mouse and keys, and which of them Tab comes to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.tiles.tile_grid import TileGrid


class TileSelection(QObject):
    """Selects components by clicks, keys and boxes on their tiles, as lists of files do.

    Parameters
    ----------
    grid : TileGrid
        Whose tiles.
    selection : Selection
        What is selected.

    Attributes
    ----------
    anchor : int or None
        The component where the selection began, from which Shift extends it.
    """

    def __init__(self, grid: TileGrid, selection: Selection) -> None:
        super().__init__(grid)
        self._grid, self._selection = grid, selection
        self.anchor: int | None = None
        self._was_there = False  # the person, at a tile of those there are
        self._boxed_from: list[int] = []
        grid.arranged.connect(self._follow_order)
        grid.boxed.connect(self._box)
        grid.box_began.connect(self._box_began)
        grid.background_clicked.connect(self._select_none)
        selection.changed.connect(self.show)

    @Slot()
    def show(self) -> None:
        """Let tiles show whether they are selected."""
        selected = set(self._selection.components)
        for tile in self._grid.tiles:
            tile.set_selected(tile.index in selected)
        if self._selection.active is not None:
            self.anchor = self._selection.active

    @Slot(int, object)
    def click(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select a tile that was clicked: alone, with Ctrl in or out, with Shift all up to it."""
        selected = self._selection.components
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            remaining = [i for i in selected if i != index]
            selected = remaining if index in selected else [*selected, index]
            self.anchor = index
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend(index)
            return
        else:
            selected = [index]
        self._selection.select(selected, index if index in selected else None)

    @Slot(int, int, object)
    def go(self, right: int, down: int, modifiers: Qt.KeyboardModifier) -> None:
        """Go to a neighbour: alone, with Shift extending the selection, with Ctrl leaving it."""
        tiles = self._grid.tiles
        place = next((i for i, tile in enumerate(tiles) if tile.hasFocus()), 0)
        place += right + down * self._grid.columns
        if not 0 <= place < len(tiles):
            return
        tile = tiles[place]
        self._grid.reveal(tile)
        tile.setFocus()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend(tile.index)
        elif not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.select([tile.index], tile.index)

    def begin(self) -> None:
        """Let Tab come to the first tile that is shown, until the person goes to another."""
        self._was_there = False
        self._follow_order()

    @Slot()
    def _follow_order(self) -> None:
        if not self._was_there and self._grid.tiles:
            self._show_current(self._grid.tiles[0].index)

    @Slot(int)
    def set_current(self, index: int) -> None:
        """Let Tab come back to the tile where the person is."""
        self._was_there = True
        self._show_current(index)

    def _show_current(self, index: int) -> None:
        """Let Tab come to one tile only, or it would take hundreds of keys to pass them."""
        for tile in self._grid.tiles:
            tile.set_current(tile.index == index)

    def _extend(self, index: int) -> None:
        """Select all from where the selection began to a component, as they are shown."""
        shown = [tile.index for tile in self._grid.tiles]
        anchor = index if self.anchor not in shown else self.anchor
        ends = sorted((shown.index(anchor), shown.index(index)))
        self._selection.select(shown[ends[0] : ends[1] + 1], index)
        self.anchor = anchor

    @Slot()
    def _select_none(self) -> None:
        if self._selection.components:
            self._selection.clear()

    @Slot(object)
    def _box_began(self, _nothing: object) -> None:
        adds = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        self._boxed_from = self._selection.components if adds else []

    @Slot(object)
    def _box(self, indices: list[int]) -> None:
        wanted = sorted({*self._boxed_from, *indices})
        if wanted != self._selection.components:
            shown = self.anchor if self.anchor in wanted else None
            active = shown if shown is not None else next(iter(indices), None)
            self._selection.select(wanted, active)
