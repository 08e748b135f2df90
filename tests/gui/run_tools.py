"""What a person does to runs and their list."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.runs.run_rows import RunState
from isnmf_gui.gui.window.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def make_it_long(window: MainWindow) -> None:
    """Choose settings with which a run takes half a minute or more."""
    fields = window.panes.settings._fields
    fields["n_iterations"].setValue(10_000)
    for name, value in (("rule", "mm"), ("precision", "float64")):
        fields[name].setCurrentIndex(fields[name].findData(value))


def runs_of(window: MainWindow):
    return window.controller.document.runs


def states(window: MainWindow) -> list[RunState]:
    return [row.state for row in window.panes.runs.model.rows]


def cell(window: MainWindow, row: int, column: int = 0) -> QPoint:
    view = window.panes.runs.view
    return view.visualRect(view.model().index(row, column)).center()


def click(window: MainWindow, qtbot, row: int, column: int = 0) -> None:
    view = window.panes.runs.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell(window, row, column))


def choose(box, data: object) -> None:
    assert box.findData(data) >= 0
    box.setCurrentIndex(box.findData(data))


def separate(window: MainWindow, wait, **values: int) -> None:
    for name, value in values.items():
        window.panes.settings._fields[name].setValue(value)
    window.runs.separate()
    wait(lambda: not window.controller.is_busy("run"))


def begin(window: MainWindow, wait) -> None:
    make_it_long(window)
    window.runs.separate()
    wait(lambda: window.controller.live and window.controller.live.iteration > 5)


def end(window: MainWindow, wait) -> None:
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))


def question(window: MainWindow, words: str = "Save what") -> QMessageBox | None:
    """Return the question with some words, if it is asked: by default that of unsaved work."""
    boxes = window.findChildren(QMessageBox)
    return next((it for it in boxes if it.isVisible() and words in it.text()), None)


def answer(window: MainWindow, wait, words: str, text: str) -> None:
    """Wait for the question with some words, and press the button with a text."""
    wait(lambda: question(window, words))
    buttons = question(window, words).buttons()
    next(it for it in buttons if it.text().replace("&", "") == text).click()


def answer_unsaved(window: MainWindow, wait, answer: str) -> None:
    """Wait for the question about unsaved work, and answer it."""
    wait(lambda: question(window))
    question(window).button(QMessageBox.StandardButton[answer]).click()


def forget_work(window: MainWindow) -> None:
    """Let the document pass for saved."""
    window.controller.history.mark_saved(window.controller.history.step)
