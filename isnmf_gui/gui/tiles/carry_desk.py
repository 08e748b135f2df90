"""A new run is offered sources, names and strokes of an earlier one, or gets them when wished."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from isnmf_gui.gui.control.controller import GONE, Controller
from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.gui.widgets.menus import add_submenu
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits.carrying import (
    Likeness,
    find_likeness,
    has_something,
    references,
)
from isnmf_gui.session.files.progress import Report
from isnmf_gui.texts import tr

ACTION = "carry_over"


class CarryDesk(QObject):
    """Finds what fits in the background, offers it above the tiles, and carries it over.

    Parameters
    ----------
    controller : Controller
        Whose runs are compared, as the job "match".
    tiles : ComponentsPanel
        Where it is offered.
    """

    #: Something is offered: a sentence.
    offered = Signal(str)
    #: Something could not be done: a sentence.
    noticed = Signal(str)

    def __init__(self, controller: Controller, tiles: ComponentsPanel) -> None:
        super().__init__(controller)
        self._controller, self._tiles = controller, tiles
        self._offers: dict[int, Likeness] = {}
        #: Runs to be compared with others, and whether a person waits for it.
        self._waiting: deque[tuple[Run, Sequence[Run], bool]] = deque()
        tiles.offer.taken.connect(self.take)
        tiles.offer.declined.connect(self._decline)
        controller.running.separated.connect(self._separated)
        for news in (controller.document_changed, controller.running.started):
            news.connect(self.show)
        controller.running.ended.connect(self.show)  # perhaps without a result
        controller.recording_opened.connect(self._forget)
        controller.jobs.ended.connect(self._ended)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {ACTION: self.take}

    def add_menu(self, menu: QMenu) -> None:
        """Add the choice of a run to carry over from."""
        self._menu = add_submenu(menu, tr("Carry over &from"))
        self._menu.aboutToShow.connect(self._fill_menu)

    # -- what is offered ----------------------------------------------------------------------

    @Slot(object)
    def _separated(self, run: Run) -> None:
        """Compare a run that is new with those before it."""
        history = self._controller.history
        before = history.steps[history.place - 1].document
        if run.id not in [it.id for it in before.runs]:
            self._compare(run, references(self._controller.document, run), False)

    @Slot()
    def show(self) -> None:
        """Show what is offered to the run that is shown, or nothing."""
        text = self._text(self._offered())
        bar = self._tiles.offer
        if not text:
            bar.hide()
        elif text != bar.text:
            bar.offer(text, self._tiles.keys_of(ACTION))
            self.offered.emit(text)

    def _shown(self) -> Run | None:
        """Return the run that is shown, if it goes on no more."""
        return self._controller.finished_run()

    def _offered(self) -> Likeness | None:
        run = self._shown()
        likeness = self._offers.get(run.id) if run else None
        return likeness and likeness.in_document(self._controller.document)

    def _text(self, likeness: Likeness | None) -> str:
        gain = likeness.changes() if likeness else None
        if likeness is None or gain is None or not gain.is_any:
            return ""
        run = self._tiles.name_of_run(likeness.reference.id)
        if not gain.n_components:
            return tr("Strokes of {run} for this run too: %n.", "", gain.n_strokes, run=run)
        values = {
            "run": run,
            "n": gain.n_components,
            "n_components": len(likeness.run.components),
        }
        if not gain.names:
            said = tr("Sources of {run} fit {n} of {n_components} components.", **values)
        elif not gain.sources:
            said = tr("Names of {run} fit {n} of {n_components} components.", **values)
        else:
            said = tr("Sources and names of {run} fit {n} of {n_components} components.", **values)
        if not gain.n_strokes:
            return said
        along = tr("With %n stroke(s).", "", gain.n_strokes)
        return f"{said} {along}"

    @Slot()
    def _decline(self) -> None:
        run = self._shown()
        if run is not None:
            self._offers.pop(run.id, None)
        self.show()

    # -- carrying over ------------------------------------------------------------------------

    @Slot()
    def take(self) -> None:
        """Carry over what is offered; where nothing is, look for what fits best and do it."""
        likeness, run = self._offered(), self._shown()
        if likeness is not None and likeness.changes().is_any:
            self._carry(likeness)
        elif run is not None:
            self._compare(run, references(self._controller.document, run), True)

    def _carry_from(self, run_id: int) -> None:
        """Carry over from the run that was chosen."""
        run = self._shown()
        others = [it for it in self._controller.document.runs if it.id == run_id]
        if run is not None and others:
            self._compare(run, others, True)
        else:
            self.noticed.emit(str(GONE))

    def _carry(self, likeness: Likeness) -> None:
        self._offers.pop(likeness.run.id, None)
        name = self._tiles.name_of_run(likeness.reference.id)
        self._controller.edit_run(likeness.carried(), tr("Carry over from {run}", run=name))

    @Slot()
    def _fill_menu(self) -> None:
        """Offer every other run that has sources, names or strokes."""
        self._menu.clear()
        shown = self._shown()
        runs = self._controller.document.runs if shown else ()
        for run in runs:
            if shown is not None and run.id != shown.id and has_something(run):
                action = self._menu.addAction(self._tiles.name_of_run(run.id).replace("&", "&&"))
                action.setStatusTip(
                    tr("Bring the strokes of this run, and the sources and names that fit")
                )
                action.triggered.connect(
                    lambda _checked=False, run_id=run.id: self._carry_from(run_id)
                )
        if self._menu.isEmpty():
            nothing = self._menu.addAction(tr("No other run has sources or names"))
            nothing.setStatusTip(tr("Make sources, or name components, in another run first"))
            nothing.setEnabled(False)

    # -- comparing ----------------------------------------------------------------------------

    def _compare(self, run: Run, others: Sequence[Run], is_wished: bool) -> None:
        if others:
            self._waiting.append((run, others, is_wished))
            self._begin()

    def _begin(self) -> None:
        jobs = self._controller.jobs
        if self._waiting and not jobs.is_busy("match"):
            order = self._waiting.popleft()
            jobs.start("match", partial(_compared, *order), self._compared, stands_back=True)

    @Slot(object)
    def _compared(self, found: tuple[Likeness | None, bool]) -> None:
        likeness, is_wished = found
        now = likeness and likeness.in_document(self._controller.document)
        shown = self._shown()
        if now is None or not now.changes().is_any:
            if is_wished:
                self.noticed.emit(
                    tr("Nothing fits: no component is like one with a source or name.")
                )
            return
        self._offers[now.run.id] = now
        if is_wished and shown is not None and shown.id == now.run.id:
            self._carry(now)
        else:
            self.show()

    @Slot(str)
    def _ended(self, kind: str) -> None:
        if kind == "match":
            self._begin()

    @Slot()
    def _forget(self) -> None:
        """Another recording is open."""
        self._offers.clear()
        self._waiting.clear()
        self.show()


def _compared(
    run: Run, others: Sequence[Run], is_wished: bool, report: Report
) -> tuple[Likeness | None, bool]:
    return find_likeness(run, others, lambda: report(None)), is_wished
