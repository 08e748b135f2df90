"""What the window's actions do: the document, the jobs and the player, without any widget."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.control.brush import Brush
from isnmf_gui.gui.control.jobs import Jobs, Work
from isnmf_gui.gui.control.player import Player
from isnmf_gui.gui.control.run_queue import RunQueue
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.session.document.changes import find_changes
from isnmf_gui.session.document.document import (
    Document,
    Run,
    add_run,
    choose_run,
    delete_run,
    rename_run,
    replace_run,
    set_mask,
)
from isnmf_gui.session.document.history import History
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, WouldClip, carry_out_export
from isnmf_gui.session.project.opening import Opened, open_file
from isnmf_gui.session.runs.run_order import LiveRun
from isnmf_gui.spectral.pictures.envelope import Envelope
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.texts import N_, tr

GONE = N_("Nothing was done: what was meant is not here any more.")
MASK_STEPS = {"wiener": N_("Wiener masks"), "ratio": N_("Ratio masks")}


class Controller(QObject):
    """Holds the document with its history, and everything that changes it. GUI thread only."""

    #: The document, or the run that is shown, is another: the `Document`, and its `Changes`.
    document_changed = Signal(object, object)
    #: There is another step, or one of them was gone to.
    history_changed = Signal()
    #: A recording or a project was opened: what is known of it, an `Opened`.
    opened = Signal(object)
    recording_opened = Signal(object)
    #: Something could not be done: a sentence.
    noticed = Signal(str)
    opening_progressed = Signal(float)
    export_progressed = Signal(float)
    export_ended = Signal(object)
    #: Nothing was written yet, for something would be cut off: a `WouldClip`.
    export_would_clip = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(Document())
        self.pictures: PowerPictures | None = None
        self.envelope: Envelope | None = None
        self.jobs = Jobs(self)
        self.running = RunQueue(self.jobs, lambda: self.document, self._next_run_id, self)
        self.player = Player(self.jobs, self)
        self.selection = Selection(self)
        self.brush = Brush(self)
        self._told: tuple[Document, Run | None] = self.document, None
        self._listed: tuple[int | None, str] = None, ""
        self.jobs.reported.connect(self._reported)
        self.running.separated.connect(self._separated)
        for news in (self.running.started, self.running.progressed, self.running.ended):
            news.connect(self._tell)

    @property
    def document(self) -> Document:
        """The document of the moment."""
        return self.history.document

    def _next_run_id(self) -> int:
        """Return a number that no run has, not even one that was undone: it may come back."""
        return max(step.document.next_run_id for step in self.history.steps)

    @property
    def live(self) -> LiveRun | None:
        """The newest snapshot of the run that goes on."""
        return self.running.live

    def is_busy(self, kind: str) -> bool:
        """Tell whether a job of a kind ("open", "run", "export") goes on."""
        return self.jobs.is_busy(kind)

    def cancel(self, kind: str) -> None:
        """Stop a job; a run keeps what it has reached, and those that wait are not begun."""
        if kind == "run":
            self.running.cancel()
        else:
            self.jobs.cancel(kind)

    def close(self) -> None:
        """Stop everything, in the order that leaves nothing behind."""
        self.jobs.close()
        self.player.close()

    @Slot(str, object)
    def _reported(self, kind: str, message: object) -> None:
        if kind == "open":
            self.opening_progressed.emit(message)
        elif kind == "export":
            self.export_progressed.emit(message)

    # -- editing ------------------------------------------------------------------------------

    def edit(self, document: Document, label: str, key: Hashable = None) -> None:
        """Take the document that an edit returned, as a step of the history.

        Parameters
        ----------
        document : Document
            After the edit.
        label : str
            What was done, as shown to people.
        key : hashable, optional
            What was changed, if all changes of it by one gesture are to be one step.
        """
        self.history.push(document, label, key)
        self._tell()
        self.history_changed.emit()

    @Slot()
    def _tell(self) -> None:
        """Tell what differs from what was told last."""
        before, self._told = self._told, (self.document, self.shown_run())
        changes = find_changes(before[0], self._told[0], before[1], self._told[1])
        listed, self._listed = self._listed, (self.running.chosen_run_id, self.running.title)
        if listed != self._listed:  # a run has a line and a name before its first snapshot
            changes = replace(changes, runs=True)
        if changes:
            self.document_changed.emit(self.document, changes)
            self.selection.keep_to(self._told[1])

    def run_with(
        self,
        components: Collection[int] = (),
        sources: Collection[int] = (),
        strokes: Collection[int] = (),
    ) -> Run | None:
        """Return the run that is shown, if it has what is wanted something of; or say so.

        A menu or a dialog may outlive what it is about: a run comes to its end meanwhile.

        Parameters
        ----------
        components, sources, strokes : collection of int
            Indices of components, and ids.

        Returns
        -------
        Run or None
            None also where no run is shown.
        """
        run = self.shown_run()
        if run is None:
            return None
        is_here = all(map(run.has_component, components)) and all(map(run.has_source, sources))
        if is_here and {it.id for it in run.strokes}.issuperset(strokes):
            return run
        self.noticed.emit(str(GONE))
        return None

    def _has_run(self, run_id: int) -> bool:
        """Tell whether the document has a run; or say so."""
        is_here = run_id in [run.id for run in self.document.runs]
        if not is_here:
            self.noticed.emit(str(GONE))
        return is_here

    def edit_run(self, run: Run, label: str, key: Hashable = None) -> None:
        """Take the run that an edit of the shown one's parts or mix returned.

        What is edited while a run goes on becomes part of the step that its end is.
        """
        live = self.running.run
        if live is not None and live.id == run.id:
            self.running.edit(run)
        else:
            self.history.push(replace_run(self.document, run), label, key and (run.id, key))
            self.history_changed.emit()
        self._tell()

    @Slot()
    def begin_gesture(self) -> None:
        """Let changes of one thing be one step until `end_gesture`."""
        self.history.begin_gesture()

    @Slot()
    def end_gesture(self) -> None:
        """Let every change be a step of its own."""
        self.history.end_gesture()

    @Slot(int)
    def go(self, place: int) -> None:
        """Go to a step of the history, if there is one."""
        if not 0 <= place < len(self.history.steps) or place == self.history.place:
            return
        self.history.go(place)
        self._tell()
        self.history_changed.emit()

    # -- opening ------------------------------------------------------------------------------

    def open(self, path: Path) -> bool:
        """Open a recording or a project; the document stays as it is unless that succeeds.

        Returns False if another one is being opened.
        """
        return self.load(partial(open_file, path, self.document.mask))

    def load(self, work: Work) -> bool:
        """Take the `Opened` that work in the background returns, as `open` does."""
        if self.is_busy("open"):
            return False
        self.jobs.start("open", work, self._opened)
        return True

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        self.running.abandon()
        self.player.set_recording(opened.recording)
        self.pictures, self.envelope = opened.pictures, opened.envelope
        name = opened.project.name if opened.project else opened.recording.name
        is_saved = not opened.is_recovered
        label = tr("Open {name}", name=name) if is_saved else tr("Recover {name}", name=name)
        in_file = is_saved and opened.project is not None
        self.history = History(opened.document, label, is_saved=is_saved, in_file=in_file)
        self.opened.emit(opened)
        self.recording_opened.emit(opened.recording)
        self._tell()
        self.history_changed.emit()

    # -- runs ---------------------------------------------------------------------------------

    def continue_run(self, run_id: int, n_more: int, n_threads: int | None = None) -> None:
        """Do more iterations of a run, which is seen and heard from now on."""
        if not self._has_run(run_id):
            return
        if not self.running.is_on and run_id != self.document.current_run_id:
            self.choose_run(run_id)  # what is seen can be edited before the first snapshot
        self.running.continue_run(self.document.run(run_id), n_more, n_threads)

    @Slot(object)
    def _separated(self, run: Run) -> None:
        """Take the result of a run; it is shown unless another one was chosen meanwhile."""
        before = self.document
        is_new = run.id not in [it.id for it in before.runs]
        document = _with(before, run)
        chosen = before.current_run_id
        if self.running.is_shown or chosen is None:
            chosen = run.id
        self.edit(choose_run(document, chosen), self._step_of(run, is_new))

    def _step_of(self, run: Run, is_new: bool) -> str:
        """Return what the history calls the end of a run."""
        if self.running.is_branch:
            return tr("Continue as a new run, for parts were edited: {name}", name=run.name)
        if is_new:
            return tr("Separate: {name}", name=run.name)
        return tr("Continue: {name}", name=run.name)

    @Slot(int)
    def choose_run(self, run_id: int) -> None:
        """Show and hear another run: one of the document, or the one that goes on."""
        self.running.is_shown = run_id == self.running.run_id
        if run_id in [run.id for run in self.document.runs]:
            self.history.amend(choose_run(self.document, run_id))
        self._tell()

    @Slot(int, str)
    def rename_run(self, run_id: int, title: str) -> None:
        """Call a run something else, also the one that goes on."""
        if run_id == self.running.run_id:
            self.running.rename(title)
        if run_id in [run.id for run in self.document.runs]:
            document = rename_run(self.document, run_id, title)
            self.edit(document, tr("Rename run: {name}", name=document.run(run_id).name))
        elif run_id == self.running.run_id or self._has_run(run_id):
            self._tell()

    @Slot(int)
    def delete_run(self, run_id: int) -> None:
        """Remove a run, but for the one that goes on."""
        if run_id != self.running.run_id and self._has_run(run_id):
            name = self.document.run(run_id).name
            self.edit(delete_run(self.document, run_id), tr("Delete run: {name}", name=name))

    @Slot(str)
    def set_mask(self, mask: str) -> None:
        """Cut parts out another way."""
        if mask != self.document.mask:
            self.edit(set_mask(self.document, mask), str(MASK_STEPS[mask]))

    def shown_run(self) -> Run | None:
        """Return what can be seen and heard now: the running factorization, or the chosen run."""
        live = self.running.run if self.running.is_shown else None
        return live or self.document.current_run

    def finished_run(self) -> Run | None:
        """Return the run that is shown, if it does not go on."""
        run = self.document.current_run
        return run if run is self.shown_run() and run is not self.running.run else None

    def document_so_far(self) -> Document:
        """Return the document as it would be if the run that goes on ended now."""
        run, live = self.running.run, self.running.live
        if run is None or live is None or live.iteration == live.first_iteration:
            return self.document
        return choose_run(_with(self.document, run), run.id)

    # -- exporting ----------------------------------------------------------------------------

    def export(self, order: ExportOrder) -> None:
        """Write what was ordered, after an export that goes on."""
        work = partial(carry_out_export, order)
        self.jobs.start("export", work, self._exported, stands_back=True)

    @Slot(object)
    def _exported(self, outcome: Outcome | WouldClip) -> None:
        if isinstance(outcome, WouldClip):
            self.export_would_clip.emit(outcome)
        else:
            self.export_ended.emit(outcome)


def _with(document: Document, run: Run) -> Document:
    """Return the document with a run that may be a new one."""
    is_new = run.id not in [it.id for it in document.runs]
    return add_run(document, run) if is_new else replace_run(document, run)
