"""Start the window in Japanese, in a process of its own, and print what a person may see of it.

The window's modules are imported first, in English: what they keep is translated when it is shown.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTableWidget,
    QTabWidget,
    QWidget,
)

import isnmf_gui.gui.window.main_window  # noqa: F401 - for what its modules keep
from isnmf_gui.gui.app import make_window
from isnmf_gui.gui.appearance.language import chosen_language, install_language
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.widgets.elided import ElidedLabel

SMALL = (1024, 520)  # the least the window can be made
LONG_S = 60.0


def main(folder: Path, recording: Path) -> None:
    """Use the window as a person would, and print all texts met and those that are cut off."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    store = open_store()
    store.setValue("language", "ja")
    app = QApplication([])
    imported = sorted(name for name in sys.modules if name.startswith("isnmf_gui."))
    install_language(app, chosen_language(store))
    window = make_window(app)
    window.resize(*SMALL)
    window.show()
    met = set(texts_of(window))
    use(window, recording)
    met |= set(texts_of(window))
    cut = sorted(cut_texts(window))
    window.grab().save(str(folder / "japanese.png"))
    for begin in dialogs(window):
        met |= set(texts_of(opened(begin)))
    for place in range(1, 9):
        met |= tour_texts(window, place)
    window.files.close_now()
    print(json.dumps({"met": sorted(met), "cut": cut, "imported": imported}))


def use(window, recording: Path) -> None:
    """Open a recording, separate it, group and edit components."""
    window.files.open(recording)
    wait(lambda: window.controller.document.recording is not None)
    window.panes.settings.choose_preset("fast")
    window.runs.separate()
    wait(lambda: window.controller.document.current_run is not None)
    wait(lambda: not window.controller.is_busy("run"))
    window.selection.select([0, 1], 0)
    for name in ("group", "mute", "solo", "duplicate", "merge", "delete"):
        window.selection.select([0, 1], 0)
        window.actions_[name].trigger()
        QApplication.processEvents()
    for tab in range(window.panes.left.count()):
        window.panes.left.setCurrentIndex(tab)
        QApplication.processEvents()
    for tool in ("box", "harmonic", "brush"):
        window.actions_[f"tool_{tool}"].trigger()
        QApplication.processEvents()
    window.selection.select([2], 2)
    time.sleep(0.1)
    QApplication.processEvents()


def dialogs(window) -> Iterator[Callable[[], object]]:
    """Yield what opens each dialog."""
    for name in ("export", "shortcuts", "about", "suggest", "band"):
        yield window.actions_[name].trigger


def opened(begin: Callable[[], object]) -> list[str]:
    """Open a dialog, also one that waits for its end, and return what it says."""
    found: list[str] = []

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                found.extend(texts_of(widget))
                widget.reject()

    QTimer.singleShot(600, look)
    begin()
    wait(lambda: bool(found))
    return found


def tour_texts(window, place: int) -> set[str]:
    tour = window.show_around()
    for _ in range(place - 1):
        tour.next.click()
    QApplication.processEvents()
    found = set(texts_of(tour))
    tour.close()
    tour.deleteLater()
    return found


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < end
        QApplication.processEvents()
        time.sleep(0.01)


# -- what is seen ----------------------------------------------------------------------------


def texts_of(root) -> Iterator[str]:
    """Yield every text, tooltip and accessible name below a widget."""
    if isinstance(root, list):
        yield from root
        return
    for widget in [root, *root.findChildren(QWidget)]:
        yield from filter(None, own_texts(widget))
    for action in root.findChildren(QAction):
        yield from filter(None, (action.text(), action.toolTip(), action.statusTip()))


def own_texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QGroupBox | QMenu):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(n) for n in range(widget.count()))
    elif isinstance(widget, QListWidget):
        yield from (widget.item(n).text() for n in range(widget.count()))
    elif isinstance(widget, QTableWidget):
        cells = [(row, n) for row in range(widget.rowCount()) for n in range(widget.columnCount())]
        yield from (item.text() for cell in cells if (item := widget.item(*cell)) is not None)
    elif isinstance(widget, Plot):
        yield from (axis.labelText for axis in widget.area.axes.values())


def cut_texts(window: QWidget) -> Iterator[str]:
    """Yield the texts of labels and buttons that are narrower than what they say."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):  # that one has a tooltip
            continue
        if not isinstance(widget, QLabel | QAbstractButton):
            continue
        wraps = isinstance(widget, QLabel) and (widget.wordWrap() or "<" in widget.text())
        lines = [] if wraps else widget.text().replace("&", "").split("\n")
        widest = max((widget.fontMetrics().horizontalAdvance(line) for line in lines), default=0)
        if widest > widget.width() + 1:
            yield f"{type(widget).__name__}: {widget.text()}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
