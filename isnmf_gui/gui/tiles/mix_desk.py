"""What is done to components on their tiles becomes edits of the run's mix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import UNASSIGNED, Document, named
from isnmf_gui.session.edits import mix_edits, source_edits
from isnmf_gui.texts import tr


class MixDesk(QObject):
    """Connects the tiles with the mix of the run that is shown."""

    def __init__(
        self, controller: Controller, selection: Selection, tiles: ComponentsPanel
    ) -> None:
        super().__init__(controller)
        self._controller, self._selection, self._tiles = controller, selection, tiles
        tiles.mute_wanted.connect(self._mute)
        tiles.solo_wanted.connect(self._solo)
        tiles.gain_wanted.connect(self._set_gains)
        tiles.rename_wanted.connect(self._rename)
        tiles.group_wanted.connect(self._group)
        tiles.ungroup_wanted.connect(self._ungroup)
        tiles.reset_wanted.connect(self._reset)
        tiles.gesture_began.connect(controller.begin_gesture)
        tiles.gesture_ended.connect(controller.end_gesture)
        tiles.name_of_run = self._name_of_run
        controller.document_changed.connect(self._document_changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        tiles = self._tiles
        numbers = range(1, N_NUMBERED + 1)
        return {
            **{f"hear_{number}": partial(tiles.audition_number, number) for number in numbers},
            "mute": tiles.mute_selection,
            "solo": tiles.solo_selection,
            "group": tiles.group_selection,
            "ungroup": self._ungroup_selected,
            "reset_mix": self._reset,
            "compact": tiles.compact_button.click,
        }

    @Slot(object, object)
    def _document_changed(self, document: Document, changes: Changes) -> None:
        """Show the components of the run that is shown, and which of another run they are like."""
        mixed = changes.mix or changes.sources or changes.mask or changes.guidance
        if changes.looks or mixed or changes.runs:
            self._tiles.show_run(self._controller.shown_run(), document.mask, changes)

    def _name_of_run(self, run_id: int) -> str:
        runs = {run.id: run.title for run in self._controller.document.runs}
        return runs.get(run_id) or tr("Run {id}", id=run_id)

    @Slot(object, bool)
    def _mute(self, indices: list[int], on: bool) -> None:
        if run := self._controller.run_with(indices):
            what = named(run, indices)
            label = tr("Mute {what}", what=what) if on else tr("Unmute {what}", what=what)
            self._controller.edit_run(mix_edits.set_muted(run, indices, on), label)

    @Slot(object, bool)
    def _solo(self, indices: list[int], on: bool) -> None:
        if run := self._controller.run_with(indices):
            what = named(run, indices)
            label = tr("Solo {what}", what=what) if on else tr("End solo of {what}", what=what)
            self._controller.edit_run(mix_edits.set_soloed(run, indices, on), label)

    @Slot(object)
    def _set_gains(self, gains: dict[int, float]) -> None:
        run = self._controller.run_with(gains)
        if run is None:
            return
        for index, gain_db in gains.items():
            run = mix_edits.set_gain(run, [index], gain_db)
        label = tr("Gain of {what}", what=named(run, list(gains)))
        self._controller.edit_run(run, label, ("gain", *gains))

    @Slot(int, str)
    def _rename(self, index: int, title: str) -> None:
        if run := self._controller.run_with([index]):
            renamed = mix_edits.rename_component(run, index, title)
            self._controller.edit_run(renamed, tr("Rename {what}", what=named(run, [index])))

    @Slot(object)
    def _group(self, indices: list[int]) -> None:
        if run := self._controller.run_with(indices):
            label = tr("Group {what}", what=named(run, indices))
            self._controller.edit_run(source_edits.group(run, indices), label)

    @Slot(object)
    def _ungroup(self, indices: list[int]) -> None:
        run = self._controller.run_with(indices)
        if run is None:
            return
        grouped = [it for it in indices if run.component(it).source_id != UNASSIGNED]
        if grouped:
            label = tr("Ungroup {what}", what=named(run, grouped))
            self._controller.edit_run(source_edits.ungroup(run, grouped), label)

    def _ungroup_selected(self) -> None:
        self._ungroup(self._selection.components)

    @Slot()
    def _reset(self) -> None:
        if run := self._controller.shown_run():
            self._controller.edit_run(mix_edits.reset_mix(run), tr("Reset mix"))
