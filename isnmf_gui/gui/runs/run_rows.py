"""What the list of runs and the loss plot show of each run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.run_queue import RunQueue
from isnmf_gui.session.document.document import Document, Run
from isnmf_gui.session.runs.settings import RULE_NAMES, Settings
from isnmf_gui.texts import N_, number, tr

OTHERS = (
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class RunState(StrEnum):
    """How a run stands."""

    DONE = "done"
    CANCELLED = "cancelled"
    RUNNING = "running"
    PAUSED = "paused"
    WAITING = "waiting"


STATE_NAMES = {
    RunState.DONE: N_("done"),
    RunState.CANCELLED: N_("cancelled"),
    RunState.RUNNING: N_("running"),
    RunState.PAUSED: N_("paused"),
    RunState.WAITING: N_("waiting"),
}


@dataclass(frozen=True, eq=False)
class Row:
    """A run of the document, the one that goes on, or one that waits.

    Attributes
    ----------
    id : int
        The number that the run has or will have.
    title : str
        What the person calls it, or "".
    settings : Settings
        How it is made.
    loss : ndarray of float64, shape (n_iterations,)
        So far; empty before the first iteration.
    seconds : float
        Time taken so far.
    state : RunState
        How it stands.
    is_chosen : bool
        Whether it is the one to see and hear.
    """

    id: int
    title: str
    settings: Settings
    loss: NDArray[np.float64]
    seconds: float
    state: RunState
    is_chosen: bool

    def is_as(self, other: Row | None) -> bool:
        """Tell whether another one would be shown the same."""
        return other is not None and self.loss is other.loss and self._rest == other._rest

    @property
    def _rest(self) -> tuple[object, ...]:
        return self.id, self.title, self.settings, self.seconds, self.state, self.is_chosen

    @property
    def name(self) -> str:
        """Name shown to people."""
        return self.title or tr("Run {id}", id=self.id)

    @property
    def label(self) -> str:
        """Name, rule and domain, for the legend."""
        domain = number(self.settings.domain, "g")
        return f"{self.name} · {RULE_NAMES[self.settings.rule]} · p = {domain}"

    @property
    def is_live(self) -> bool:
        """Whether it goes on, or is to begin."""
        return self.state in (RunState.RUNNING, RunState.PAUSED, RunState.WAITING)


def rows_of(document: Document, running: RunQueue) -> list[Row]:
    """Return a row for each run, in the order they are made."""
    live_id, shown = running.run_id, running.chosen_run_id
    rows = [
        _live(running, shown) if run.id == live_id else _finished(run, shown)
        for run in document.runs
    ]
    first = document.next_run_id
    if live_id is not None and live_id not in [run.id for run in document.runs]:
        rows.append(_live(running, shown))
        first = live_id + 1
    for n, settings in enumerate(running.waiting):
        rows.append(Row(first + n, "", settings, np.zeros(0), 0.0, RunState.WAITING, False))
    return rows


def _finished(run: Run, shown: int | None) -> Row:
    separation = run.separation
    result = separation.factorization
    state = RunState.CANCELLED if result.stopped == "cancelled" else RunState.DONE
    settings, seconds = separation.settings, separation.seconds
    return Row(run.id, run.title, settings, result.loss, seconds, state, run.id == shown)


def _live(running: RunQueue, shown: int | None) -> Row:
    assert running.run_id is not None
    assert running.settings is not None
    run, run_id = running.run, running.run_id
    state = RunState.PAUSED if running.is_paused else RunState.RUNNING
    loss = run.separation.factorization.loss if run else np.zeros(0)
    seconds = run.separation.seconds if run else 0.0
    return Row(run_id, running.title, running.settings, loss, seconds, state, run_id == shown)


def shown_loss(loss: float) -> str:
    """Return a loss with as many digits as matter."""
    return number(loss, ",.0f" if loss >= 1000 else ".4g")


def pen_of(theme: Theme, row: Row) -> QPen:
    """Return the pen of a run's curve.

    The one that is shown is solid and thicker; the others differ by more than their colour.
    """
    style = Qt.PenStyle.SolidLine if row.is_chosen else OTHERS[row.id % len(OTHERS)]
    pen = QPen(theme.curve(row.id - 1), 2.0 if row.is_chosen else 1.0, style)
    pen.setCosmetic(True)
    return pen
