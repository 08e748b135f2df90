"""Which tiles are selected, and which of them Tab comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.tiles.tile_grid import TileGrid


class TileSelection(QObject):
    """Selects tiles by clicks, keys and boxes, as lists of files do.

    Parameters
    ----------
    grid : TileGrid
        Whose tiles; each knows itself whether it is selected.

    Attributes
    ----------
    anchor : int or None
        The component where the selection began, from which Shift extends it.
    """

    #: The selection changed: sorted indices, and the one to show large (or None).
    changed = Signal(object, object)

    def __init__(self, grid: TileGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self.anchor: int | None = None
        self._boxed_from: list[int] = []
        grid.boxed.connect(self._box)
        grid.box_began.connect(self._box_began)
        grid.background_clicked.connect(self._select_none)

    @property
    def indices(self) -> list[int]:
        """The indices of the selected components, ascending."""
        return sorted(tile.index for tile in self._grid.tiles if tile.is_selected)

    def meant_by(self, index: int) -> list[int]:
        """Return what an operation on a tile is for: all of the selection if it is part of it."""
        selected = self.indices
        return selected if index in selected else [index]

    def select(self, indices: Sequence[int], show: int | None) -> None:
        """Select components; `show` is the one to see large."""
        for tile in self._grid.tiles:
            tile.set_selected(tile.index in indices)
        if show is not None:
            self.anchor = show
        self.changed.emit(self.indices, show)

    @Slot(int, object)
    def click(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select a tile that was clicked: alone, with Ctrl in or out, with Shift all up to it."""
        selected = self.indices
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            remaining = [i for i in selected if i != index]
            selected = remaining if index in selected else [*selected, index]
            self.anchor = index
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._extend(index)
            return
        else:
            selected = [index]
        self.select(selected, index if index in selected else None)

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
            self.select([tile.index], tile.index)

    @Slot(int)
    def set_current(self, index: int) -> None:
        """Let Tab come to one tile only, or it would take hundreds of keys to pass them."""
        for tile in self._grid.tiles:
            tile.set_current(tile.index == index)

    def _extend(self, index: int) -> None:
        """Select all from where the selection began to a component, as they are shown."""
        shown = [tile.index for tile in self._grid.tiles]
        anchor = index if self.anchor not in shown else self.anchor
        ends = sorted((shown.index(anchor), shown.index(index)))
        self.select(shown[ends[0] : ends[1] + 1], index)
        self.anchor = anchor

    @Slot()
    def _select_none(self) -> None:
        if self.indices:
            self.select([], None)

    @Slot(object)
    def _box_began(self, _nothing: object) -> None:
        adds = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        self._boxed_from = self.indices if adds else []

    @Slot(object)
    def _box(self, indices: list[int]) -> None:
        wanted = sorted({*self._boxed_from, *indices})
        if wanted != self.indices:
            shown = self.anchor if self.anchor in wanted else None
            self.select(wanted, shown if shown is not None else next(iter(indices), None))
