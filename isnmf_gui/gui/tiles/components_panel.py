"""All components of the run that is shown: their tiles, and what is wanted of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.tiles.component_order import ordered, placed
from isnmf_gui.gui.tiles.components_header import ComponentsHeader
from isnmf_gui.gui.tiles.tile import Tile
from isnmf_gui.gui.tiles.tile_grid import TileGrid
from isnmf_gui.gui.tiles.tile_menu import MenuEntry, assign_entries, edit_entries, make_menu
from isnmf_gui.gui.tiles.tile_painting import COMPACT, NORMAL
from isnmf_gui.gui.tiles.tile_selection import TileSelection
from isnmf_gui.gui.widgets.component_drag import carry
from isnmf_gui.gui.widgets.focus_keeping import dismiss, focused_place, keep_focus
from isnmf_gui.gui.widgets.offer_bar import OfferBar
from isnmf_gui.session.document.changes import EVERYTHING, Changes
from isnmf_gui.session.document.component_sounds import Sounds
from isnmf_gui.session.document.document import UNASSIGNED, Component, Run, Source
from isnmf_gui.session.edits import mix_edits
from isnmf_gui.session.guidance.source_shares import shares_of_components
from isnmf_gui.spectral.hearing.descriptors import Descriptors
from isnmf_gui.texts import N_, tr

EMPTY = N_("Press Separate: every component appears here as a picture you can click and hear.")
ALL_DELETED = N_("Every component of this run was deleted. Undo brings them back.")


class ComponentsPanel(QWidget):
    """Shows the components; what the person wants of them it emits, and changes nothing itself.

    All signals name components by the columns of the basis.
    """

    play_wanted = Signal(int)
    mute_wanted = Signal(object, bool)
    solo_wanted = Signal(object, bool)
    #: Gains in dB by index, perhaps beyond the ends of a fader.
    gain_wanted = Signal(object)
    #: Changes of gains are one step between these: a fader was taken and is let go.
    gesture_began = Signal()
    gesture_ended = Signal()
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
    #: It is not known what the components of this run sound like.
    sounds_wanted = Signal(object)
    compact_changed = Signal(bool)

    def __init__(
        self, theme: Theme, selection: Selection | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.selection = selection or Selection(self)
        self._run: Run | None = None
        self._editable = self._exportable = False
        #: Returns the keys of an action of the window, to be named in menus.
        self.keys_of: Callable[[str], str] = lambda name: ""
        #: Returns what a run is called, by its number.
        self.name_of_run: Callable[[int], str] = lambda run_id: tr("Run {id}", id=run_id)
        self._sounds = Sounds()
        self._by_index: dict[int, Tile] = {}
        self._grabbed: dict[int, float] = {}
        self.grid = TileGrid(self)
        self.grid.hide()
        self._picking = TileSelection(self.grid, self.selection)
        self.selection.reveal_wanted.connect(self.reveal)
        self._empty = QLabel(str(EMPTY))
        self._empty.setProperty("role", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._header = header = ComponentsHeader(theme)
        self.reset_button, self.order_box = header.reset_button, header.order_box
        self.offer = OfferBar()
        self.reset_button.clicked.connect(self.reset_wanted)
        self.order_box.activated.connect(self._sort)
        header.compact_button.toggled.connect(self._set_compact)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 4)
        layout.addWidget(header)
        layout.addWidget(self.offer)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.grid, 1)
        QWidget.setTabOrder(self.order_box, self.offer.take_button)
        QWidget.setTabOrder(self.offer.take_button, self.offer.decline_button)
        self.grid.tab_after = self.offer.decline_button
        theme.changed.connect(self._apply_theme)

    def set_editable(self, on: bool) -> None:
        """Offer edits of the parts themselves in menus, or not."""
        self._editable = on

    def set_exportable(self, on: bool) -> None:
        """Offer to write components as sound, or not."""
        self._exportable = on

    # -- what is shown ------------------------------------------------------------------------

    @property
    def tiles(self) -> list[Tile]:
        """The tiles in the order they are shown."""
        return self.grid.tiles

    def show_run(
        self, run: Run | None, mask_kind: str = "wiener", changes: Changes = EVERYTHING
    ) -> None:
        """Show the components of a run, also of one that goes on or whose mix was edited."""
        before, self._run = self._run, run
        self._sounds.take(run, mask_kind, changes)
        indices = sorted(it.index for it in run.components) if run else []
        self.grid.setVisible(bool(indices))
        self._empty.setText(str(EMPTY if run is None else ALL_DELETED))
        self._empty.setVisible(not indices)
        self._make_tiles(indices)
        if run is not None:
            self._show_components(run)
            if self._sorts_anew(before, run, changes):
                self._sort()
        self._count_heard()
        self.grid.show_run(run, changes)
        if not self._sounds.is_known:
            self.sounds_wanted.emit(run)

    def show_sounds(self, run: Run, descriptors: Descriptors) -> None:
        """Show what the components of a run sound like, once that is known."""
        self._sounds.know(run, descriptors)
        for index, tile in self._by_index.items():
            tile.show_sound(self._sounds.brief(index))

    def _sorts_anew(self, before: Run | None, run: Run, changes: Changes) -> bool:
        """Tell whether tiles may move: not for each snapshot or edit, and not under a fader."""
        by_source = self.order_box.currentData() == "source"
        is_another = before is None or before.separation is not run.separation
        return (
            changes.shown_run
            or (by_source and changes.sources)
            or (is_another and run.separation.energies is not None)
        )

    def _make_tiles(self, indices: Sequence[int]) -> None:
        """Make a tile for each component, beside those that were there already."""
        if indices == sorted(self._by_index):
            return
        place = focused_place(self.tiles)
        for index in [index for index in self._by_index if index not in indices]:
            dismiss(self._by_index.pop(index))
        for index in indices:
            if index not in self._by_index:
                self._by_index[index] = self._make_tile(index)
        order = placed(self._run, [tile.index for tile in self.tiles])
        self.grid.arrange([self._by_index[index] for index in order])
        self._picking.begin()
        self._picking.show()
        keep_focus(self.tiles, place)

    def _make_tile(self, index: int) -> Tile:
        tile = Tile(index, self._theme, self._sounds.text, self.grid.content)
        tile.clicked.connect(self._picking.click)
        tile.play_wanted.connect(self.play_wanted)
        tile.solo_clicked.connect(self._solo_clicked)
        tile.mute_clicked.connect(self._mute_clicked)
        tile.gain_grabbed.connect(self._gain_grabbed)
        tile.gain_released.connect(self.gesture_ended)
        tile.gain_moved.connect(self._gain_moved)
        tile.gain_reset.connect(self._gain_reset)
        tile.renamed.connect(self.rename_wanted)
        tile.arrow_pressed.connect(self._picking.go)
        tile.menu_wanted.connect(self._show_menu)
        tile.focused.connect(self._picking.set_current)
        tile.dragged.connect(self.grid.drag)
        tile.drag_ended.connect(self.grid.end_drag)
        tile.carried.connect(self._carry)
        return tile

    def _show_components(self, run: Run) -> None:
        heard, shared = {it.index for it in mix_edits.heard(run)}, shares_of_components(run)
        energies, shares = self._sounds.energies(), self._sounds.shares()
        assert energies is not None
        assert shares is not None
        for component in run.components:
            tile = self._by_index[component.index]
            assigned = component.source_id != UNASSIGNED
            source = run.source(component.source_id) if assigned else None
            tile.show_component(
                component, source, component.index in heard, self._likeness(component)
            )
            tile.show_shares(shared.get(component.index, ()))
            tile.show_sound(self._sounds.brief(component.index))
            values = float(energies[component.index]), float(shares[component.index])
            of_region = run.separation.region_s is not None
            tile.show_energy(*values, self._sounds.is_estimate(component), of_region)

    def _likeness(self, component: Component) -> str:
        like = component.like
        if like is None:
            return ""
        run = self.name_of_run(like.run_id)
        return tr("Like component {number} of {run}", number=like.number, run=run)

    @property
    def compact_button(self) -> QToolButton:
        """The switch between small and large tiles."""
        return self._header.compact_button

    @Slot(bool)
    def _set_compact(self, on: bool) -> None:
        self.grid.set_form(COMPACT if on else NORMAL)
        self.compact_changed.emit(on)

    def restore(self, preferences: Preferences) -> None:
        """Take the remembered form of the tiles."""
        self.compact_button.setChecked(preferences.compact_tiles)

    def save(self, preferences: Preferences) -> None:
        """Remember it."""
        preferences.compact_tiles = self.compact_button.isChecked()

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

    @Slot(object)
    def show_heard(self, indices: Sequence[int]) -> None:
        """Show which component is heard alone, if it is one."""
        self.set_playing(indices[0] if len(indices) == 1 else None)

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

    @Slot(int)
    def reveal(self, index: int) -> None:
        """Scroll to a component."""
        self.grid.reveal(self._by_index[index])

    # -- what the person wants ----------------------------------------------------------------

    def _all(self, indices: Sequence[int], state: str) -> bool:
        """Tell whether components are all muted, or soloed."""
        return all(getattr(self._by_index[i].component, state) for i in indices)

    def mute_selection(self) -> None:
        """Mute the selected components, or unmute them if all are."""
        if selected := self.selection.components:
            self.mute_wanted.emit(selected, not self._all(selected, "is_muted"))

    def solo_selection(self) -> None:
        """Solo the selected components, or end that if all are."""
        if selected := self.selection.components:
            self.solo_wanted.emit(selected, not self._all(selected, "is_soloed"))

    def group_selection(self) -> None:
        """Make a source of the selected components."""
        if selected := self.selection.components:
            self.group_wanted.emit(selected)

    def audition_number(self, number: int) -> None:
        """Hear alone the component with a number, if there is one, wherever it stands."""
        for tile in self.tiles:
            if tile.component.number == number:
                self.play_wanted.emit(tile.index)

    @Slot(int)
    def _mute_clicked(self, index: int) -> None:
        self.mute_wanted.emit(
            self.selection.meant_by(index), not self._by_index[index].component.is_muted
        )

    @Slot(int)
    def _solo_clicked(self, index: int) -> None:
        self.solo_wanted.emit(
            self.selection.meant_by(index), not self._by_index[index].component.is_soloed
        )

    def _gains(self, indices: Sequence[int]) -> dict[int, float]:
        return {i: self._by_index[i].component.gain_db for i in indices}

    @Slot(int)
    def _gain_grabbed(self, index: int) -> None:
        self.gesture_began.emit()
        self._grabbed = self._gains(self.selection.meant_by(index))

    @Slot(int, float)
    def _gain_moved(self, index: int, gain_db: float) -> None:
        """Move all that are meant by as much, from where they were when the drag began."""
        dragging = self._by_index[index].parts.fader.isSliderDown() and index in self._grabbed
        gains = self._grabbed if dragging else self._gains(self.selection.meant_by(index))
        by_db = gain_db - gains[index]
        self.gain_wanted.emit({i: gain + by_db for i, gain in gains.items()})

    @Slot(int)
    def _gain_reset(self, index: int) -> None:
        self.gain_wanted.emit(dict.fromkeys(self.selection.meant_by(index), 0.0))

    @Slot(int)
    def _carry(self, index: int) -> None:
        """Let the selection be dragged onto a source."""
        meant = self.selection.meant_by(index)
        many = tr("%n component(s)", "", len(meant))
        name = self._by_index[index].component.name if len(meant) == 1 else many
        carry(self._by_index[index], meant, name)

    @Slot(int, QPoint)
    def _show_menu(self, index: int, place: QPoint) -> None:
        if index not in self.selection.components:
            self.selection.select([index], index)
        make_menu(self, self.menu_entries(index)).popup(place)

    def menu_entries(self, index: int) -> list[MenuEntry]:
        """Return what the menu of a tile holds."""
        meant, tile = self.selection.meant_by(index), self._by_index[index]
        solo = tr("End solo") if self._all(meant, "is_soloed") else tr("Solo")
        mute = tr("Unmute") if self._all(meant, "is_muted") else tr("Mute")
        grouped = [i for i in meant if self._by_index[i].component.source_id != UNASSIGNED]
        number = tile.component.number
        keys = self.keys_of(f"hear_{number}") if number <= N_NUMBERED else ""
        hear = tr("Stop") if tile.is_playing else tr("Hear alone")
        return [
            (hear, keys, True, lambda: self.play_wanted.emit(index)),
            (solo, self.keys_of("solo"), True, self.solo_selection),
            (mute, self.keys_of("mute"), True, self.mute_selection),
            (tr("Reset gain"), "Ctrl+click", any(self._gains(meant).values()),
             lambda: self._gain_reset(index)),
            None,
            (tr("Rename…"), "F2", True, tile.begin_renaming),
            (tr("Group into a source"), self.keys_of("group"), True, self.group_selection),
            *assign_entries(
                self._run.sources if self._run else (), meant, self.keys_of, self.assign_wanted.emit
            ),
            (tr("Remove from source"), self.keys_of("ungroup"), bool(grouped),
             lambda: self.ungroup_wanted.emit(grouped)),
            None,
            *edit_entries(len(meant), self._editable, self.keys_of, self.action_wanted.emit),
            None,
            (tr("Save sound…"), "", self._exportable,
             lambda: self.export_wanted.emit(meant)),
            (tr("Save picture…"), "", True, lambda: self.picture_wanted.emit(index)),
            (tr("Save data as CSV…"), "", True, lambda: self.data_wanted.emit(index)),
        ]  # fmt: skip

    @Slot()
    def _apply_theme(self) -> None:
        for tile in self._by_index.values():
            tile.refresh_colors()
