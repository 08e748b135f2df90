"""One way to tell a person something, or to ask."""

from __future__ import annotations

import logging

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from isnmf_gui.errors import IsnmfError
from isnmf_gui.texts import N_

#: Of the button that leaves a dialog.
CANCEL_TIP = N_("Close this and change nothing (Esc)")

log = logging.getLogger(__name__)


def show_error(parent: QWidget, error: IsnmfError) -> QMessageBox:
    """Open a message about an error, with copyable details; does not wait for the answer.

    A fault that keeps coming is shown once.
    """
    log.warning("%s (%s)", error.message, error.details)
    for open_box in parent.findChildren(QMessageBox):
        if open_box.isVisible() and open_box.text() == error.message:
            return open_box
    box = _told(parent, QMessageBox.Icon.Warning, error.message)
    if error.details:
        box.setDetailedText(error.details)
    box.open()
    return box


def show_information(parent: QWidget, text: str) -> QMessageBox:
    """Open a message; does not wait for the answer."""
    box = _told(parent, QMessageBox.Icon.Information, text)
    box.open()
    return box


def message_box(parent: QWidget, icon: QMessageBox.Icon, text: str, more: str = "") -> QMessageBox:
    """Return a box without buttons, to be given some and opened; it is gone once it is closed.

    Parameters
    ----------
    parent : QWidget
        The window.
    icon : QMessageBox.Icon
        How serious it is.
    text : str
        What is said or asked.
    more : str, optional
        What to know for the answer.

    Returns
    -------
    QMessageBox
        Not open yet.
    """
    box = QMessageBox(icon, "isnmf-gui", text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names may look like markup
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def _told(parent: QWidget, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = message_box(parent, icon, text)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return box
