"""The status line: what goes on, how far it is, and how it ended."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from isnmf_gui.gui.runs.run_rows import shown_loss
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.runs.run_order import LiveRun
from isnmf_gui.session.runs.settings import RULE_NAMES
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import N_, moment, number, tr

WHY = {
    "iterations": N_("Done"),
    "tolerance": N_("Done: the loss has settled"),
    "settled": N_("Done: the loss is as low as this precision can tell"),
    "cancelled": N_("Cancelled; what was reached is kept"),
}


def length(seconds: float) -> str:
    """Return the length of a recording in words."""
    if seconds >= 1:
        return moment(seconds, 1)
    return f"{number(1000 * seconds, '.3g')} ms"


def describe_recording(recording: Recording) -> str:
    """Return what there is to say of a recording that was just opened."""
    n_channels = recording.n_channels
    channels = {1: tr("mono"), 2: tr("stereo")}.get(n_channels, tr("{n} channels", n=n_channels))
    rate = number(recording.sample_rate / 1000, "g")
    text = f"{recording.name}: {length(recording.duration_s)}, {channels}, {rate} kHz."
    if recording.is_silent:
        text += " " + tr("It is digital silence: its components will be silent too.")
    return f"{text} {recording.notice}".rstrip()


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
        self._text = ElidedLabel()
        self._text.setText(tr("Open a recording to begin."))
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setValue(0)  # or it is at −1 for screen readers, also while it is hidden
        self.progress.setFixedWidth(220)
        self.progress.setTextVisible(True)
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.hide()
        self.folder_button = QPushButton(tr("Open folder"))
        self.folder_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.folder_button.hide()
        self.addWidget(self._text, 1)
        self.addWidget(self.folder_button)
        self.addPermanentWidget(self.progress)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def show_message(self, text: str) -> None:
        """Show a sentence."""
        self._text.setText(text)
        self._text.setToolTip(text)
        self.folder_button.hide()

    @Slot(object)
    def offer_folder(self, folder: Path) -> None:
        """Let the folder that the sentence is about be opened, until there is another one."""
        name = tr("Open the folder {folder}", folder=folder)
        self.folder_button.setAccessibleName(name)
        self.folder_button.setToolTip(name)
        self.folder_button.show()

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

    @Slot(float)
    def show_splitting(self, share: float) -> None:
        """Show how far a component is split."""
        self.progress.setValue(round(1000 * share))
        self.show_message(tr("Splitting … {share:.0f} %", share=100 * share))

    def show_run(self, live: LiveRun, is_paused: bool = False, n_waiting: int = 0) -> None:
        """Show how far a run is, and how many come after it."""
        self.progress.setValue(round(1000 * live.iteration / live.n_iterations))
        if live.iteration == 0:
            preparing, waiting = tr("Preparing the start …"), tr("Preparing the start … paused")
            self.show_message(waiting if is_paused else preparing)
            return
        if live.iteration == live.n_iterations:  # with many components that takes a while
            self.show_message(tr("Measuring the components …"))
            return
        speed = tr(
            "{iterations_per_s:.3g} iterations/s, {time_left}",
            iterations_per_s=live.iterations_per_s,
            time_left=time_left(live.left_s),
        )
        text = tr(
            "Iteration {iteration} of {n_iterations}, {how}",
            iteration=live.iteration,
            n_iterations=live.n_iterations,
            how=tr("paused") if is_paused else speed,
        )
        rule = RULE_NAMES[live.separation.settings.rule]
        if n_waiting == 1:
            text += "; " + tr("{rule} now, one more rule to come", rule=rule)
        elif n_waiting:
            text += "; " + tr("{rule} now, {n} more rules to come", rule=rule, n=n_waiting)
        self.show_message(text)

    def show_finished(self, run: Run) -> None:
        """Show how a run ended."""
        separation, result = run.separation, run.separation.factorization
        self.show_message(
            tr(
                "{why}: %n iteration(s) in {time}, loss {loss}.",
                "",
                result.n_iterations,
                why=WHY[result.stopped],
                time=moment(separation.seconds, 1),
                loss=shown_loss(result.loss[-1]),
            )
        )
