"""Every action of the window: its name, icon, shortcut and what it does, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QToolBar,
)

from isnmf_gui.gui.theme import Theme


@dataclass(frozen=True)
class Entry:
    """An action.

    Attributes
    ----------
    name : str
        Key to find it by.
    menu : str
        Menu it stands in.
    text : str
        As shown in the menu, with its mnemonic.
    tip : str
        What it does.
    shortcut : str
        Keys, or "".
    icon : str
        Name of a bundled icon, or "".
    on_toolbar : bool
        Whether it is on the toolbar too.
    """

    name: str
    menu: str
    text: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    on_toolbar: bool = False


ENTRIES = (
    Entry("open", "&File", "&Open…", "Open a recording", "Ctrl+O", "open", True),
    Entry("demo", "&File", "Open the &demo", "Open the demo recording", "", "note"),
    Entry(
        "export", "&File", "&Export components…", "Save components as files", "Ctrl+E",
        "export", True,
    ),
    Entry("quit", "&File", "&Quit", "Stop everything and close the window", "Ctrl+Q"),
    Entry(
        "separate", "&Run", "&Separate", "Separate the recording with the settings shown",
        "Ctrl+R", "separate", True,
    ),
    Entry(
        "compare", "&Run", "Compare &rules", "Run MM, ME and Fast from the same start, one after "
        "another, with the settings shown", "Ctrl+Shift+R", "compare", True,
    ),
    Entry(
        "continue", "&Run", "C&ontinue", "Do more iterations of the run that is shown, as many as "
        "the list of runs says", "Ctrl+Shift+C", "plus", True,
    ),
    Entry(
        "pause", "&Run", "&Pause", "Let the run wait, or go on", "Ctrl+P", "pause", True,
    ),
    Entry(
        "cancel", "&Run", "&Cancel", "Stop the run and keep what it has reached, or stop "
        "opening or exporting", "Ctrl+.", "cancel", True,
    ),
    Entry("play", "&Listen", "&Play or pause", "Play what is shown, or pause", "Space", "play"),
    Entry("play_recording", "&Listen", "Play the &recording", "Play the recording", "R", "note"),
    Entry("stop", "&Listen", "&Stop", "Stop and go back to the beginning", "Esc", "stop"),
    Entry("select_all", "&View", "Select &all components", "For export", "Ctrl+A"),
    Entry("recording", "&View", "Show the &recording", "In the large spectrogram", "Ctrl+0",
          "spectrogram"),
    Entry("fit", "&View", "&Fit", "Show the whole recording", "Ctrl+F", "zoom-fit"),
    Entry("about", "&Help", "&About isnmf-gui", "What this program is", "", "info"),
)  # fmt: skip

# Where these have the focus, the plain keys are theirs: Space presses a button.
TAKES_KEYS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


class Actions(QObject):
    """The window's actions, its menus and its toolbar."""

    def __init__(
        self, window: QMainWindow, theme: Theme, handlers: dict[str, Callable[[], object]]
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._by_name: dict[str, QAction] = {}
        self.toolbar = QToolBar("Main", window)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        window.addToolBar(self.toolbar)
        self.menus = {title: window.menuBar().addMenu(title) for title in _menu_titles()}
        for entry in ENTRIES:
            self._add(window, entry, handlers[entry.name])
        theme.changed.connect(self._set_icons)
        self._set_icons()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def _add(self, window: QMainWindow, entry: Entry, handler: Callable[[], object]) -> None:
        action = QAction(entry.text, window)
        action.setShortcut(QKeySequence(entry.shortcut))
        keys = f" ({entry.shortcut})" if entry.shortcut else ""
        action.setToolTip(entry.tip + keys)
        action.setStatusTip(entry.tip)
        action.triggered.connect(lambda _checked=False: handler())
        self._by_name[entry.name] = action
        self.menus[entry.menu].addAction(action)
        if entry.on_toolbar:
            action.setIconText(entry.text.replace("&", "").replace(" components…", "").rstrip("…"))
            self.toolbar.addAction(action)

    def _set_icons(self) -> None:
        for entry in ENTRIES:
            if entry.icon:
                self._by_name[entry.name].setIcon(self._theme.icon(entry.icon))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys without a modifier to the widget that has the focus, if it uses them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and isinstance(watched, TAKES_KEYS)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)


def _menu_titles() -> list[str]:
    return list(dict.fromkeys(entry.menu for entry in ENTRIES))
