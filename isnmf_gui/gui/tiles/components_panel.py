"""All components of the run that is shown: their tiles, and which of them are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.tiles.component_order import ordered
from isnmf_gui.gui.tiles.components_header import ComponentsHeader
from isnmf_gui.gui.tiles.tile import Tile
from isnmf_gui.gui.tiles.tile_grid import TileGrid
from isnmf_gui.gui.tiles.tile_menu import MenuEntry, assign_entries, edit_entries, make_menu
from isnmf_gui.gui.tiles.tile_selection import TileSelection
from isnmf_gui.gui.widgets.component_drag import carry
from isnmf_gui.gui.widgets.focus_keeping import dismiss, focused_place, keep_focus
from isnmf_gui.session.document.component_sounds import Sounds
from isnmf_gui.session.document.document import UNASSIGNED, Component, Run, Source
from isnmf_gui.session.edits import mix_edits
from isnmf_gui.texts import tr

EMPTY = tr("Press Separate: every component appears here as a picture you can click and hear.")
ALL_DELETED = tr("Every component of this run was deleted. Undo brings them back.")


class ComponentsPanel(QWidget):
    """Shows the components; what the person wants of them it emits, and changes nothing itself.

    All signals name components by the columns of the basis.
    """

    #: The selection changed: sorted indices, and the one to show large (or None).
    selection_changed = Signal(object, object)
    play_wanted = Signal(int)
    mute_wanted = Signal(object, bool)
    solo_wanted = Signal(object, bool)
    #: Gains in dB by index, perhaps beyond the ends of a fader.
    gain_wanted = Signal(object)
    rename_wanted = Signal(int, str)
    group_wanted = Signal(object)
    ungroup_wanted = Signal(object)
    reset_wanted = Signal()
    #: Components are to go into a source: its id, and their indices.
    assign_wanted = Signal(int, object)
    #: An action of the window is wanted for the selection, by its name.
    action_wanted = Signal(str)
    #: These components are to be written as sound.
    export_wanted = Signal(object)
    picture_wanted = Signal(int)
    data_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: Run | None = None
        self._editable = False
        #: Returns the keys of an action of the window, to be named in menus.
        self.keys_of: Callable[[str], str] = lambda name: ""
        self._sounds = Sounds()
        self._by_index: dict[int, Tile] = {}
        self._grabbed: dict[int, float] = {}
        self.grid = TileGrid(self)
        self.grid.hide()
        self._selection = TileSelection(self.grid)
        self._selection.changed.connect(self.selection_changed)
        self._empty = QLabel(EMPTY)
        self._empty.setProperty("role", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._header = header = ComponentsHeader()
        self.reset_button, self.order_box = header.reset_button, header.order_box
        self.grid.tab_after = self.order_box
        self.reset_button.clicked.connect(self.reset_wanted)
        self.order_box.activated.connect(self._sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 4)
        layout.addWidget(header)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.grid, 1)
        theme.changed.connect(self._apply_theme)

    def set_editable(self, on: bool) -> None:
        """Offer edits of the parts themselves in menus, or not."""
        self._editable = on

    # -- what is shown ------------------------------------------------------------------------

    @property
    def tiles(self) -> list[Tile]:
        """The tiles in the order they are shown."""
        return self.grid.tiles

    def show_run(self, run: Run | None, mask_kind: str = "wiener") -> None:
        """Show the components of a run, also of one that goes on or whose mix was edited."""
        before, self._run = self._run, run
        self._sounds.take(run, mask_kind)
        indices = sorted(it.index for it in run.components) if run else []
        self.grid.setVisible(bool(indices))
        self._empty.setText(EMPTY if run is None else ALL_DELETED)
        self._empty.setVisible(not indices)
        self._make_tiles(indices)
        if run is not None:
            self._show_components(run)
            if self._sorts_anew(before, run):
                self._sort()
        self._count_heard()
        self.grid.show_run(run)

    def _sorts_anew(self, before: Run | None, run: Run) -> bool:
        """Tell whether tiles may move: not for each snapshot, and not under a fader."""
        if before is None or len(self.tiles) != len(before.components):
            return True
        if self.order_box.currentData() == "source":
            groups = [[it.source_id for it in these.components] for these in (before, run)]
            if groups[0] != groups[1]:
                return True
        finished = run.separation.energies is not None
        return finished and before.separation is not run.separation

    def _make_tiles(self, indices: Sequence[int]) -> None:
        if indices == sorted(self._by_index):
            return
        selected, shown, place = self.selected(), self._selection.anchor, focused_place(self.tiles)
        for index in [index for index in self._by_index if index not in indices]:
            dismiss(self._by_index.pop(index))
        for index in indices:
            if index not in self._by_index:
                self._by_index[index] = self._make_tile(index)
        self.grid.arrange([self._by_index[index] for index in indices])
        self._selection.set_current(indices[0] if indices else 0)
        left = [index for index in selected if index in indices]
        self.select(left, shown if shown in left else None)
        keep_focus(self.tiles, place)

    def _make_tile(self, index: int) -> Tile:
        tile = Tile(index, self._theme, self._sounds.text, self.grid.content)
        tile.clicked.connect(self._selection.click)
        tile.play_wanted.connect(self.play_wanted)
        tile.solo_clicked.connect(self._solo_clicked)
        tile.mute_clicked.connect(self._mute_clicked)
        tile.gain_grabbed.connect(self._gain_grabbed)
        tile.gain_moved.connect(self._gain_moved)
        tile.gain_reset.connect(self._gain_reset)
        tile.renamed.connect(self.rename_wanted)
        tile.arrow_pressed.connect(self._selection.go)
        tile.menu_wanted.connect(self._show_menu)
        tile.focused.connect(self._selection.set_current)
        tile.dragged.connect(self.grid.drag)
        tile.drag_ended.connect(self.grid.end_drag)
        tile.carried.connect(self._carry)
        return tile

    def _show_components(self, run: Run) -> None:
        heard = {component.index for component in mix_edits.heard(run)}
        energies, shares = self._sounds.energies(), self._sounds.shares()
        assert energies is not None
        assert shares is not None
        for component in run.components:
            tile = self._by_index[component.index]
            assigned = component.source_id != UNASSIGNED
            name = run.source(component.source_id).name if assigned else ""
            tile.show_component(component, name, component.index in heard)
            values = float(energies[component.index]), float(shares[component.index])
            of_region = run.separation.region_s is not None
            tile.show_energy(*values, self._sounds.is_estimate(component), of_region)

    def _count_heard(self) -> None:
        run, n_heard = self._run, sum(tile.is_heard for tile in self.tiles)
        mixed: tuple[Component | Source, ...] = ()
        if run is not None:
            mixed = (*run.components, *run.all_sources)
        changed = any(it.is_muted or it.is_soloed or it.gain_db for it in mixed)
        self._header.show_counts(len(self.tiles), n_heard, changed)

    def set_logarithmic(self, on: bool) -> None:
        """Choose the frequency axis of the pictures."""
        self.grid.set_logarithmic(on)

    def set_playing(self, index: int | None) -> None:
        """Show which component is being heard alone."""
        for tile in self._by_index.values():
            tile.set_playing(tile.index == index)

    def set_levels(self, levels: dict[int, float] | NDArray[np.floating] | None) -> None:
        """Show how loud components are at this moment.

        Parameters
        ----------
        levels : dict of int to float, or ndarray of shape (n_bases,), or None
            Root mean squares, 1 being full scale; None: nothing plays.
        """
        given = np.zeros(1 + max(self._by_index, default=0))
        if isinstance(levels, dict):
            for index, level in levels.items():
                given[index] = level
        elif levels is not None:
            given[: len(levels)] = levels[: len(given)]
        decibels = 20 * np.log10(np.maximum(given, 1e-9))
        for index, tile in self._by_index.items():
            tile.set_level(float(decibels[index]))

    @Slot()
    def _sort(self) -> None:
        """Put the tiles in the chosen order; focus and selection stay with their components."""
        if self._run is None:
            return
        order = ordered(
            self._run, self.order_box.currentData(), self._sounds.sizes(), self._sounds.descriptors
        )
        self.grid.arrange([self._by_index[index] for index in order])

    def reveal(self, index: int) -> None:
        """Scroll to a component."""
        self.grid.reveal(self._by_index[index])

    def selected(self) -> list[int]:
        """Return the indices of the selected components, ascending."""
        return self._selection.indices

    def select(self, indices: Sequence[int], show: int | None) -> None:
        """Select components; `show` is the one to see large."""
        self._selection.select(indices, show)

    # -- what the person wants ----------------------------------------------------------------

    def _all(self, indices: Sequence[int], state: str) -> bool:
        """Tell whether components are all muted, or soloed."""
        return all(getattr(self._by_index[i].component, state) for i in indices)

    def mute_selection(self) -> None:
        """Mute the selected components, or unmute them if all are."""
        if selected := self.selected():
            self.mute_wanted.emit(selected, not self._all(selected, "is_muted"))

    def solo_selection(self) -> None:
        """Solo the selected components, or end that if all are."""
        if selected := self.selected():
            self.solo_wanted.emit(selected, not self._all(selected, "is_soloed"))

    def group_selection(self) -> None:
        """Make a source of the selected components."""
        if selected := self.selected():
            self.group_wanted.emit(selected)

    def audition_place(self, place: int) -> None:
        """Hear alone the component that is shown at a place, from 1."""
        if 1 <= place <= len(self.tiles):
            self.play_wanted.emit(self.tiles[place - 1].index)

    @Slot(int)
    def _mute_clicked(self, index: int) -> None:
        self.mute_wanted.emit(
            self._selection.meant_by(index), not self._by_index[index].component.is_muted
        )

    @Slot(int)
    def _solo_clicked(self, index: int) -> None:
        self.solo_wanted.emit(
            self._selection.meant_by(index), not self._by_index[index].component.is_soloed
        )

    def _gains(self, indices: Sequence[int]) -> dict[int, float]:
        return {i: self._by_index[i].component.gain_db for i in indices}

    @Slot(int)
    def _gain_grabbed(self, index: int) -> None:
        self._grabbed = self._gains(self._selection.meant_by(index))

    @Slot(int, float)
    def _gain_moved(self, index: int, gain_db: float) -> None:
        """Move all that are meant by as much, from where they were when the drag began."""
        dragging = self._by_index[index].parts.fader.isSliderDown() and index in self._grabbed
        gains = self._grabbed if dragging else self._gains(self._selection.meant_by(index))
        by_db = gain_db - gains[index]
        self.gain_wanted.emit({i: gain + by_db for i, gain in gains.items()})

    @Slot(int)
    def _gain_reset(self, index: int) -> None:
        self.gain_wanted.emit(dict.fromkeys(self._selection.meant_by(index), 0.0))

    @Slot(int)
    def _carry(self, index: int) -> None:
        """Let the selection be dragged onto a source."""
        meant = self._selection.meant_by(index)
        many = tr("{n} components", n=len(meant))
        name = self._by_index[index].component.name if len(meant) == 1 else many
        carry(self._by_index[index], meant, name)

    @Slot(int, QPoint)
    def _show_menu(self, index: int, place: QPoint) -> None:
        if index not in self.selected():
            self.select([index], index)
        make_menu(self, self.menu_entries(index)).popup(place)

    def menu_entries(self, index: int) -> list[MenuEntry]:
        """Return what the menu of a tile holds."""
        meant, tile = self._selection.meant_by(index), self._by_index[index]
        solo = tr("End solo") if self._all(meant, "is_soloed") else tr("Solo")
        mute = tr("Unmute") if self._all(meant, "is_muted") else tr("Mute")
        grouped = [i for i in meant if self._by_index[i].component.source_id != UNASSIGNED]
        place = self.tiles.index(tile) + 1
        hear = tr("Stop") if tile.is_playing else tr("Hear alone")
        return [
            (hear, str(place) if place < 10 else "", True, lambda: self.play_wanted.emit(index)),
            (solo, self.keys_of("solo"), True, self.solo_selection),
            (mute, self.keys_of("mute"), True, self.mute_selection),
            (tr("Reset gain"), "Ctrl+click", any(self._gains(meant).values()),
             lambda: self._gain_reset(index)),
            None,
            (tr("Rename…"), "F2", True, tile.begin_renaming),
            (tr("Group into a source"), self.keys_of("group"), True, self.group_selection),
            *assign_entries(self._run.sources if self._run else (), meant, self.assign_wanted.emit),
            (tr("Remove from source"), "", bool(grouped),
             lambda: self.ungroup_wanted.emit(grouped)),
            None,
            *edit_entries(len(meant), self._editable, self.keys_of, self.action_wanted.emit),
            None,
            (tr("Save sound…"), self.keys_of("export"), True,
             lambda: self.export_wanted.emit(meant)),
            (tr("Save picture…"), "", True, lambda: self.picture_wanted.emit(index)),
            (tr("Save data as CSV…"), "", True, lambda: self.data_wanted.emit(index)),
        ]  # fmt: skip

    @Slot()
    def _apply_theme(self) -> None:
        for tile in self._by_index.values():
            tile.refresh_colors()
