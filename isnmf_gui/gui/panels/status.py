"""The status line: what goes on, how far it is, and how it ended."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QStatusBar

from isnmf_gui.gui.live import LiveRun
from isnmf_gui.gui.panels.elided import ElidedLabel
from isnmf_gui.session.document import Run
from isnmf_gui.session.settings import RULE_NAMES

WHY = {
    "iterations": "Done",
    "tolerance": "Done: the loss has settled",
    "settled": "Done: the loss is as low as this precision can tell",
    "cancelled": "Cancelled; what was reached is kept",
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
        return "time left unknown"
    if seconds < 60:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left"


class Status(QStatusBar):
    """A sentence, and a progress bar while something goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ElidedLabel()
        self._text.setText("Open a recording to begin.")
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(220)
        self.progress.setTextVisible(True)
        self.progress.setAccessibleName("Progress")
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
        self.show_message(f"Exporting: {100 * share:.0f} %")

    def show_run(self, live: LiveRun, is_paused: bool = False, n_waiting: int = 0) -> None:
        """Show how far a run is, and how many come after it."""
        self.progress.setValue(round(1000 * live.iteration / live.n_iterations))
        if live.iteration == 0:
            self.show_message("Preparing the start …" + (" paused" if is_paused else ""))
            return
        speed = f"{live.iterations_per_s:.3g} iterations/s, {time_left(live.left_s)}"
        text = f"Iteration {live.iteration} of {live.n_iterations}, "
        text += "paused" if is_paused else speed
        if n_waiting:
            text += f"; {RULE_NAMES[live.separation.settings.rule]} now, "
            text += "one more rule to come" if n_waiting == 1 else f"{n_waiting} more rules to come"
        self.show_message(text)

    def show_finished(self, run: Run) -> None:
        """Show how a run ended."""
        separation, result = run.separation, run.separation.factorization
        self.show_message(
            f"{WHY[result.stopped]}: {result.n_iterations} iterations in "
            f"{separation.seconds:.1f} s, loss {shown_loss(result.loss[-1])}."
        )
