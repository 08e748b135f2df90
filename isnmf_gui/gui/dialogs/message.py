"""One way to tell a person that something went wrong."""

from __future__ import annotations

import logging

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from isnmf_gui.errors import IsnmfError

log = logging.getLogger(__name__)


def show_error(parent: QWidget, error: IsnmfError) -> QMessageBox:
    """Open a message about an error, with copyable details; does not wait for the answer.

    A fault that keeps coming is shown once.
    """
    log.warning("%s (%s)", error.message, error.details)
    for open_box in parent.findChildren(QMessageBox):
        if open_box.isVisible() and open_box.text() == error.message:
            return open_box
    box = _box(parent, QMessageBox.Icon.Warning, error.message)
    if error.details:
        box.setDetailedText(error.details)
    box.open()
    return box


def show_information(parent: QWidget, text: str) -> QMessageBox:
    """Open a message; does not wait for the answer."""
    box = _box(parent, QMessageBox.Icon.Information, text)
    box.open()
    return box


def _box(parent: QWidget, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(icon, "isnmf-gui", text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like markup
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
