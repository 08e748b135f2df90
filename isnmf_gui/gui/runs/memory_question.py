"""The question whether to begin a run that there is not enough memory for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from isnmf_gui.gui.widgets.message import message_box
from isnmf_gui.session.runs.memory_need import Shortage
from isnmf_gui.texts import N_, tr

ADVICE = N_(
    "The computer may become very slow, or the system may end the program. A larger hop, fewer "
    "bases, single precision or a shorter region need less; so does closing other programs."
)


def ask_to_go_on(parent: QWidget, short: Shortage, begin: Callable[[], object]) -> QMessageBox:
    """Ask whether to begin a run all the same; does not wait for the answer.

    Parameters
    ----------
    parent : QWidget
        The window.
    short : Shortage
        What it lacks.
    begin : callable
        Called if the person wants it.
    """
    text = tr("{sentence} Go on?", sentence=short.sentence)
    box = message_box(parent, QMessageBox.Icon.Warning, text, str(ADVICE))
    go_on = box.addButton(tr("&Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    go_on.clicked.connect(lambda: begin())
    box.open()
    return box
