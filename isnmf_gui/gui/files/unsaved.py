"""The questions what is to become of unsaved work, and of what goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from isnmf_gui.gui.widgets.message import message_box
from isnmf_gui.texts import N_, tr

#: What is going on, by the kind of job.
GOING_ON = {
    "export": N_("An export is still being written."),
    "split": N_("A component is still being split."),
    "save": N_("Your work is still being saved."),
    "plot": N_("A plot is still being saved or copied."),
}


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


def ask_about_run(
    parent: QWidget,
    n_waiting: int,
    save: Callable[[], object],
    discard: Callable[[], object],
    go_back: Callable[[], object],
) -> QMessageBox:
    """Ask whether to stop the run that goes on; it goes on meanwhile. Does not wait.

    Parameters
    ----------
    parent : QWidget
        The window.
    n_waiting : int
        So many runs wait for it.
    save, discard, go_back : callable
        What is done then.
    """
    more = tr(
        "It goes on while you decide, and if you go back. If you stop and save, it is kept as far "
        "as it has come, and can be continued later; unsaved work is lost if you discard."
    )
    if n_waiting:
        more += " " + tr("The runs that wait for it are not begun then.")
    box = message_box(
        parent, QMessageBox.Icon.Question, tr("A run is still going on. Stop it?"), more
    )
    button = QMessageBox.StandardButton
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.button(button.Save).setText(tr("Stop and &save"))
    box.button(button.Discard).setText(tr("Stop and &discard"))
    box.button(button.Cancel).setText(tr("&Go back"))
    box.setDefaultButton(button.Cancel)
    _let_act(
        box,
        {
            box.button(button.Save): save,
            box.button(button.Discard): discard,
            box.button(button.Cancel): go_back,
        },
    )
    return box


def ask_to_wait(
    parent: QWidget,
    kinds: Sequence[str],
    wait: Callable[[], object],
    do_not: Callable[[], object],
    go_back: Callable[[], object],
) -> QMessageBox:
    """Ask whether to wait for jobs that would be cancelled otherwise; does not wait itself.

    Parameters
    ----------
    parent : QWidget
        The window.
    kinds : sequence of str
        Of the jobs: keys of `GOING_ON`.
    wait, do_not, go_back : callable
        What is done then.
    """
    box = message_box(
        parent,
        QMessageBox.Icon.Question,
        " ".join(str(GOING_ON[kind]) for kind in kinds),
        tr(
            "You can wait until that has ended. If you do not wait, it is cancelled: nothing of "
            "it is kept, no unfinished file is left, and files from before stay as they are."
        ),
    )
    role = QMessageBox.ButtonRole
    waiting = box.addButton(tr("&Wait for it"), role.AcceptRole)
    cancelling = box.addButton(tr("&Cancel it"), role.DestructiveRole)
    going_back = box.addButton(tr("&Go back"), role.RejectRole)
    box.setDefaultButton(waiting)
    box.setEscapeButton(going_back)
    _let_act(box, {waiting: wait, cancelling: do_not, going_back: go_back})
    return box


def _let_act(box: QMessageBox, acts: dict[QAbstractButton, Callable[[], object]]) -> None:
    """Open a box whose buttons do something once it is closed; the last is that of Esc."""
    *_, otherwise = acts.values()
    box.finished.connect(lambda: acts.get(box.clickedButton(), otherwise)())
    box.open()


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
