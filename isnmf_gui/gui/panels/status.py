"""The status line: what goes on, how far it is, and how it ended."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar

from isnmf_gui.gui.live import LiveRun
from isnmf_gui.session.document import Run
from isnmf_gui.session.settings import RULE_NAMES
from isnmf_gui.texts import tr

WHY = {
    "iterations": tr("Done"),
    "tolerance": tr("Done: the loss has settled"),
    "settled": tr("Done: the loss is as low as this precision can tell"),
    "cancelled": tr("Cancelled; what was reached is kept"),
}


def shown_loss(loss: float) -> str:
    """Return a loss with as many digits as matter."""
    return f"{loss:,.0f}" if loss >= 1000 else f"{loss:.4g}"


def length(seconds: float) -> str:
    """Return the length of a recording in words."""
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def time_left(seconds: float | None) -> str:
    """Return a time to wait in words."""
    if seconds is None:
        return tr("time left unknown")
    if seconds < 60:
        return tr("{seconds:.0f} s left", seconds=seconds)
    return tr("{seconds:.0f} min left", seconds=seconds / 60)


class Status(QStatusBar):
    """A sentence, and a progress bar while something goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._text = QLabel(tr("Open a recording to begin."))
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(220)
        self.progress.setTextVisible(True)
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.hide()
        self.addWidget(self._text, 1)
        self.addPermanentWidget(self.progress)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def show_message(self, text: str) -> None:
        """Show a sentence."""
        self._text.setText(text)
        self._text.setToolTip(text)

    def set_busy(self, busy: bool) -> None:
        """Show or hide the progress bar."""
        if busy != self.progress.isVisible():
            self.progress.setValue(0)
            self.progress.setVisible(busy)

    @Slot(float)
    def show_opening(self, share: float) -> None:
        """Show how much of a file was read."""
        self.progress.setValue(round(1000 * share))

    @Slot(float)
    def show_export(self, share: float) -> None:
        """Show how much was written."""
        self.progress.setValue(round(1000 * share))
        self.show_message(tr("Exporting: {share:.0f} %", share=100 * share))

    def show_run(self, live: LiveRun, is_paused: bool = False, n_waiting: int = 0) -> None:
        """Show how far a run is, and how many come after it."""
        self.progress.setValue(round(1000 * live.iteration / live.n_iterations))
        if live.iteration == 0:
            self.show_message(tr("Preparing the start …") + (tr(" paused") if is_paused else ""))
            return
        speed = tr(
            "{iterations_per_s:.3g} iterations/s, {time_left}",
            iterations_per_s=live.iterations_per_s,
            time_left=time_left(live.left_s),
        )
        text = tr(
            "Iteration {iteration} of {n_iterations}, ",
            iteration=live.iteration,
            n_iterations=live.n_iterations,
        )
        text += "paused" if is_paused else speed
        if n_waiting:
            text += tr("; {rule_names} now, ", rule_names=RULE_NAMES[live.separation.settings.rule])
            text += (
                tr("one more rule to come")
                if n_waiting == 1
                else tr("{n_waiting} more rules to come", n_waiting=n_waiting)
            )
        self.show_message(text)

    def show_finished(self, run: Run) -> None:
        """Show how a run ended."""
        separation, result = run.separation, run.separation.factorization
        self.show_message(
            tr(
                "{why}: {n_iterations} iterations in {seconds:.1f} s, loss {shown_loss}.",
                why=WHY[result.stopped],
                n_iterations=result.n_iterations,
                seconds=separation.seconds,
                shown_loss=shown_loss(result.loss[-1]),
            )
        )
