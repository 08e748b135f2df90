"""The question what is to become of unsaved work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from isnmf_gui.texts import tr


def ask_about_unsaved(
    parent: QWidget, name: str, save: Callable[[], object], discard: Callable[[], object]
) -> QMessageBox:
    """Ask whether to save work, discard it, or go on with it; does not wait for the answer.

    Parameters
    ----------
    parent : QWidget
        The window.
    name : str
        What the work is called.
    save, discard : callable
        What is done then. Nothing is done if the person wants to go on.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("isnmf-gui")
    box.setTextFormat(Qt.TextFormat.PlainText)  # names may look like markup
    box.setText(tr("Save what you did with “{name}”?", name=name))
    box.setInformativeText(tr("Runs, sources and edits are lost if you do not save them."))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    button = QMessageBox.StandardButton
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    for which, text in ((button.Save, tr("&Save")), (button.Discard, tr("&Discard"))):
        box.button(which).setText(text)  # platforms name them without keys
    box.setDefaultButton(button.Save)
    box.button(button.Save).clicked.connect(lambda: save())
    box.button(button.Discard).clicked.connect(lambda: discard())
    box.open()
    return box
