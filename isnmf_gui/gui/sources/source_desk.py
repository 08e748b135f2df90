"""What is done in the list of sources becomes edits of the run's sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.playing.listening_desk import ListeningDesk
from isnmf_gui.gui.sources.sources_panel import SourcesPanel
from isnmf_gui.gui.sources.suggest_dialog import SuggestDialog
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import UNASSIGNED, Run, named
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.edits.regrouping import regroup
from isnmf_gui.session.grouping.certainty import Certainty
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.grouping.suggesting import Suggestion
from isnmf_gui.texts import WHAT, filled, tr


class SourceDesk(QObject):
    """Connects the list of sources with the run that is shown."""

    #: Something for the status bar.
    noticed = Signal(str)
    #: Something for screen readers.
    said = Signal(str)
    #: The person wants to be asked about what is doubtful.
    ask_wanted = Signal()

    def __init__(
        self,
        controller: Controller,
        selection: Selection,
        panel: SourcesPanel,
        listening: ListeningDesk,
        theme: Theme,
    ) -> None:
        super().__init__(controller)
        self._controller, self._selection, self._panel = controller, selection, panel
        self._listening, self._theme = listening, theme
        self._n_asked = 0
        self._doubts: dict[int, float] = {}  # how sure suggestions were that were taken, by run
        panel.add_wanted.connect(self.add)
        panel.suggest_wanted.connect(self.suggest)
        panel.ask_wanted.connect(self.ask_wanted)
        panel.mute_wanted.connect(self._mute)
        panel.solo_wanted.connect(self._solo)
        panel.gain_wanted.connect(self._set_gain)
        panel.rename_wanted.connect(self._rename)
        panel.color_wanted.connect(self._color)
        panel.move_wanted.connect(self._move)
        panel.delete_wanted.connect(self._delete)
        panel.assign_wanted.connect(self.assign)
        panel.assign_selected_wanted.connect(self.assign_selected)
        panel.select_wanted.connect(self._select)
        panel.gesture_began.connect(controller.begin_gesture)
        panel.gesture_ended.connect(controller.end_gesture)
        controller.document_changed.connect(self._document_changed)
        controller.recording_opened.connect(self._doubts.clear)
        selection.source_changed.connect(self._show_chosen)
        listening.auditioned.connect(self._show_heard)

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        """Show the sources of the run that is shown."""
        held = changes.sources or changes.mix or changes.guidance
        if changes.shown_run or held or changes.parts:
            self._panel.show_run(self._controller.shown_run())
            self._show_doubt()

    @Slot()
    def _show_chosen(self) -> None:
        self._panel.show_chosen(self._selection.source_id)

    @Slot(object)
    def _show_heard(self, indices: Collection[int]) -> None:
        self._panel.show_heard(self._listening.source_alone if indices else None)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what actions do: for each of the first sources, and for none."""
        places = range(N_NUMBERED + 1)
        assign = {f"into_{place}": partial(self._assign_to_place, place) for place in places}
        return {"suggest": self.suggest, **assign}

    def _edit(self, edited: Callable[[Run], Run], label: str) -> None:
        if run := self._controller.shown_run():
            self._controller.edit_run(edited(run), label)

    def _edit_source(
        self, source_id: int, edited: Callable[[Run], Run], step: str, key: Hashable = None
    ) -> None:
        """Edit a source; {what} in the name of the step stands for it."""
        if run := self._controller.run_with(sources=[source_id]):
            label = filled(step, run.source(source_id).name)
            self._controller.edit_run(edited(run), label, key)

    # -- the list -----------------------------------------------------------------------------

    @Slot()
    def add(self) -> None:
        """Add a source, and let its name be written."""
        self._edit(source_edits.add_source, tr("New source"))
        rows = self._panel.rows
        if len(rows) > 1:
            rows[-2].begin_renaming()  # the last is what is unassigned

    @Slot(int, bool)
    def _mute(self, source_id: int, on: bool) -> None:
        step = tr("Mute {what}") if on else tr("Unmute {what}")
        self._edit_source(
            source_id, lambda run: source_edits.set_source_muted(run, source_id, on), step
        )

    @Slot(int, bool)
    def _solo(self, source_id: int, on: bool) -> None:
        step = tr("Solo {what}") if on else tr("End solo of {what}")
        self._edit_source(
            source_id, lambda run: source_edits.set_source_soloed(run, source_id, on), step
        )

    @Slot(int, float)
    def _set_gain(self, source_id: int, gain_db: float) -> None:
        self._edit_source(
            source_id,
            lambda run: source_edits.set_source_gain(run, source_id, gain_db),
            tr("Gain of {what}"),
            ("source gain", source_id),
        )

    @Slot(int, str)
    def _rename(self, source_id: int, title: str) -> None:
        self._edit_source(
            source_id,
            lambda run: source_edits.rename_source(run, source_id, title),
            tr("Rename {what}"),
        )

    @Slot(int, int)
    def _color(self, source_id: int, color: int) -> None:
        self._edit_source(
            source_id,
            lambda run: source_edits.color_source(run, source_id, color),
            tr("Colour of {name}", name=WHAT),
        )

    @Slot(int, int)
    def _move(self, source_id: int, place: int) -> None:
        self._edit_source(
            source_id,
            lambda run: source_edits.move_source(run, source_id, place),
            tr("Move {name}", name=WHAT),
        )

    @Slot(int)
    def _delete(self, source_id: int) -> None:
        self._edit_source(
            source_id,
            lambda run: source_edits.delete_source(run, source_id),
            tr("Delete {name}", name=WHAT),
        )

    # -- suggestions --------------------------------------------------------------------------

    @Slot()
    def suggest(self) -> SuggestDialog | None:
        """Propose sources, to be taken or not."""
        run = self._controller.shown_run()
        if run is None or not run.components:
            return None
        can_ask = not self._controller.is_busy("run")
        dialog = SuggestDialog(run, self._theme, self._panel.window(), can_ask)
        dialog.proposal_wanted.connect(
            lambda n_sources, rhythm: self._propose(dialog, run, n_sources, rhythm)
        )
        dialog.play_wanted.connect(self._listening.toggle_group)
        self._listening.auditioned.connect(dialog.show_heard)
        before = self._listening.heard_now()
        dialog.finished.connect(lambda: self._listening.go_back(before))
        dialog.taken.connect(lambda labels: self._take(run, labels, dialog.certainty))
        dialog.ask_wanted.connect(self.ask_wanted)
        dialog.finished.connect(lambda: self._controller.jobs.cancel("suggest"))
        dialog.open()
        dialog.ask()
        return dialog

    def _propose(
        self, dialog: SuggestDialog, run: Run, n_sources: int | None, rhythm: bool
    ) -> None:
        """Find the proposal in the background; the last that was wanted counts."""
        self._n_asked += 1
        number, jobs = self._n_asked, self._controller.jobs
        jobs.cancel("suggest")
        jobs.start(
            "suggest",
            partial(propose, run, n_sources, rhythm),
            lambda proposal: self._proposed(dialog, number, proposal),
        )

    def _proposed(self, dialog: SuggestDialog, number: int, proposal: Suggestion) -> None:
        if isValid(dialog) and number == self._n_asked:
            dialog.show_proposal(proposal)

    def _take(self, run: Run, labels: list[int], certainty: Certainty | None) -> None:
        """Make the proposed sources; a run that came to its end may have another order now."""
        now = self._controller.shown_run()
        label_of = {it.id: label for it, label in zip(run.components, labels, strict=True)}
        if now is None or {it.id for it in now.components} != set(label_of):
            self.noticed.emit(tr("No sources were made: the components were changed meanwhile."))
            return
        ordered = [label_of[it.id] for it in now.components]
        if certainty is not None and certainty.is_unsure:
            self._doubts[run.id] = certainty.whole
        else:
            self._doubts.pop(run.id, None)
        self._edit(lambda it: regroup(it, ordered), tr("Suggested sources"))
        if self._panel.doubt.text():
            self.said.emit(self._panel.doubt.text())

    def _show_doubt(self) -> None:
        """Say that sources which were suggested are not sure, unless there are none any more."""
        run = self._controller.shown_run()
        sure = self._doubts.get(run.id) if run is not None and run.sources else None
        self._panel.show_doubt(
            ""
            if sure is None
            else tr(
                "The suggestion is likely right for {share:.0f} % of the sound only. Ask me plays "
                "what is doubtful and sorts it by your answers.",
                share=100 * sure,
            )
        )

    @Slot(int)
    def forget_doubt(self, run_id: int) -> None:
        """Say no more that a suggestion is not sure: something is done about it."""
        self._doubts.pop(run_id, None)
        self._show_doubt()

    # -- components ---------------------------------------------------------------------------

    @Slot(int, object)
    def assign(self, source_id: int, indices: list[int]) -> None:
        """Put components into a source, or out of theirs."""
        run = self._controller.run_with(sources=[source_id])
        if run is None:
            return
        moved = [it.index for it in run.components if it.index in indices]
        moved = [index for index in moved if run.component(index).source_id != source_id]
        if not moved:
            return
        name = run.source(source_id).name
        label = tr("{what} into {name}", what=named(run, moved), name=name)
        if source_id == UNASSIGNED:
            label = tr("Unassign {what}", what=named(run, moved))
        self._edit(lambda run: source_edits.assign(run, moved, source_id), label)

    @Slot(int)
    def assign_selected(self, source_id: int) -> None:
        """Put what is selected into a source."""
        self.assign(source_id, self._selection.components)

    def _assign_to_place(self, place: int) -> None:
        run = self._controller.shown_run()
        if run is not None and place <= len(run.sources):
            self.assign_selected(run.sources[place - 1].id if place else UNASSIGNED)

    @Slot(int)
    def _select(self, source_id: int) -> None:
        self._selection.choose_source(source_id)
        run = self._controller.shown_run()
        if run is not None and (members := [it.index for it in run.members(source_id)]):
            self._selection.select(members)  # none of them is shown large: that may be the source
