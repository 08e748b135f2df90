"""The questions what is to become of unsaved work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from isnmf_gui.gui.widgets.message import message_box
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
    box = message_box(
        parent,
        QMessageBox.Icon.Question,
        tr("Save what you did with “{name}”?", name=name),
        tr("Runs, sources and edits are lost if you do not save them."),
    )
    button = QMessageBox.StandardButton
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    for which, text in ((button.Save, tr("&Save")), (button.Discard, tr("&Discard"))):
        box.button(which).setText(text)  # platforms name them without keys
    box.setDefaultButton(button.Save)
    box.button(button.Save).clicked.connect(lambda: save())
    box.button(button.Discard).clicked.connect(lambda: discard())
    box.open()
    return box


def ask_about_changed(
    parent: QWidget,
    name: str,
    overwrite: Callable[[], object],
    save_elsewhere: Callable[[], object],
    give_up: Callable[[], object],
) -> QMessageBox:
    """Ask where to save work if the file was changed by somebody else; does not wait.

    Parameters
    ----------
    parent : QWidget
        The window.
    name : str
        Of the file.
    overwrite, save_elsewhere, give_up : callable
        What is done then.
    """
    box = message_box(
        parent,
        QMessageBox.Icon.Warning,
        tr("“{name}” was changed since you opened or saved it here.", name=name),
        tr(
            "Another window, program or computer has saved into it. Save your work under another "
            "name to keep both, or overwrite what the others did."
        ),
    )
    role = QMessageBox.ButtonRole
    elsewhere = box.addButton(tr("&Save as…"), role.AcceptRole)
    anyway = box.addButton(tr("&Overwrite"), role.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(elsewhere)
    acts: dict[QAbstractButton, Callable[[], object]] = {
        elsewhere: save_elsewhere,
        anyway: overwrite,
        cancel: give_up,
    }
    box.finished.connect(lambda: acts.get(box.clickedButton(), give_up)())
    box.open()
    return box
