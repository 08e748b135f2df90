"""Every action of the window: its name, icon, shortcut and what it does, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QToolBar,
    QWidget,
)

from isnmf_gui.gui.panels.source_row import OWN_KEYS, SourceRow
from isnmf_gui.gui.panels.spectrogram_plot import SpectrogramPlot
from isnmf_gui.gui.preferences import Preferences
from isnmf_gui.gui.theme import Theme
from isnmf_gui.texts import plain, tr


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
    Entry("open", tr("&File"), tr("&Open…"), tr("Open a recording or a project"), "Ctrl+O",
          "open", True),
    Entry("demo", tr("&File"), tr("Open the &demo"), tr("Open the demo recording"), "", "note"),
    Entry("save", tr("&File"), tr("&Save"),
          tr("Save recording, runs, sources and edits in one project file"), "Ctrl+S", "save",
          True),
    Entry("save_as", tr("&File"), tr("Save &as…"), tr("Save into another project file"),
          "Ctrl+Shift+S"),
    Entry("export", tr("&File"), tr("&Export…"),
          tr("Save sources, components or the mix as files"), "Ctrl+E", "export", True),
    Entry("quit", tr("&File"), tr("&Quit"), tr("Stop everything and close the window"), "Ctrl+Q"),
    Entry("undo", tr("&Edit"), tr("&Undo"), tr("Take the last step back"), "Ctrl+Z", "undo",
          True),
    Entry("redo", tr("&Edit"), tr("&Redo"), tr("Take the step again that was taken back"),
          "Ctrl+Shift+Z", "redo", True),
    Entry("merge", tr("&Edit"), tr("M&erge"),
          tr("Make one component of those selected; it sounds as they do together"), "Ctrl+J"),
    Entry("split", tr("&Edit"), tr("Split in t&wo"),
          tr("Fit the selected component anew as two; the others stay as they are"), "Ctrl+K"),
    Entry("duplicate", tr("&Edit"), tr("D&uplicate"), tr("Add copies of the selected components"),
          "Ctrl+D"),
    Entry("delete", tr("&Edit"), tr("&Delete"),
          tr("Remove the selected components; what they hold is left to the residual"), "Del"),
    Entry("silence", tr("&Edit"), tr("S&ilence in the region"),
          tr("Silence the selected components within the marked region"), "Ctrl+Del"),
    Entry("band", tr("&Edit"), tr("Remove a &band…"),
          tr("Remove a band of frequencies from the selected components"), "Ctrl+B"),
    Entry("restore", tr("&Edit"), tr("Re&store as fitted"),
          tr("Take back what was drawn, smoothed, erased or changed in level, of the "
             "selected components")),
    Entry("separate", tr("&Run"), tr("&Separate"),
          tr("Separate the recording with the settings shown"), "Ctrl+R", "separate", True),
    Entry("separate_region", tr("&Run"), tr("Separate only the re&gion"),
          tr("Look for components in the marked region only; Shift+drag in the overview "
             "marks one"), "Ctrl+Alt+R"),
    Entry("compare", tr("&Run"), tr("Compare &rules"),
          tr("Run MM, ME and Fast from the same start, one after another, with the settings "
             "shown"), "Ctrl+Shift+R", "compare", True),
    Entry("continue", tr("&Run"), tr("C&ontinue"),
          tr("Do more iterations of the run that is shown, as many as the list of runs says"),
          "Ctrl+Shift+C", "plus", True),
    Entry("pause", tr("&Run"), tr("&Pause"), tr("Let the run wait, or go on"), "Ctrl+P", "pause",
          True),
    Entry("cancel", tr("&Run"), tr("&Cancel"),
          tr("Stop the run and keep what it has reached, or stop opening or exporting"), "Ctrl+.",
          "cancel", True),
    Entry("play", tr("&Listen"), tr("&Play or pause"), tr("Play what is chosen below, or pause"),
          "Space", "play"),
    Entry("play_recording", tr("&Listen"), tr("Hear the &recording"),
          tr("The recording as it was opened"), "R", "note"),
    Entry("swap", tr("&Listen"), tr("Switch to the recording and &back"),
          tr("Compare what you hear with the recording, at the same place"), "A"),
    Entry("loop", tr("&Listen"), tr("&Loop"), tr("Repeat the region, or all of it"), "L", "loop"),
    Entry("back", tr("&Listen"), tr("A second b&ack"), tr("Go back a second"), "Ctrl+Left"),
    Entry("forward", tr("&Listen"), tr("A second &on"), tr("Go on a second"), "Ctrl+Right"),
    Entry("step_back", tr("&Listen"), tr("A moment ba&ck"), tr("Go back a tenth of a second"),
          "Ctrl+Shift+Left"),
    Entry("step_forward", tr("&Listen"), tr("A moment o&n"), tr("Go on a tenth of a second"),
          "Ctrl+Shift+Right"),
    Entry("stop", tr("&Listen"), tr("&Stop"), tr("Stop and go back to the beginning"), "Esc",
          "stop"),
    Entry("mute", tr("Mi&x"), tr("&Mute"),
          tr("Silence the selected components, or let them be heard again"), "M"),
    Entry("solo", tr("Mi&x"), tr("&Solo"), tr("Hear only the selected components, or all again"),
          "S"),
    Entry("reset_mix", tr("Mi&x"), tr("&Reset the mix"),
          tr("Every component as it lies in the recording"), "Ctrl+Shift+M"),
    Entry("group", tr("Mi&x"), tr("&Group into a source"),
          tr("Make a source of the selected components"), "Ctrl+G"),
    Entry("ungroup", tr("Mi&x"), tr("&Remove from its source"),
          tr("Take the selected components out of their sources"), "Ctrl+Shift+G"),
    Entry("suggest", tr("Mi&x"), tr("Su&ggest sources…"),
          tr("Group the components into sources by how they sound"), "Ctrl+Shift+U"),
    Entry("select_all", tr("&View"), tr("Select &all components"), tr("For export"), "Ctrl+A"),
    Entry("recording", tr("&View"), tr("Show the &recording"), tr("In the large spectrogram"),
          "Ctrl+0", "spectrogram"),
    Entry("fit", tr("&View"), tr("&Fit"), tr("Show the whole recording"), "Ctrl+F", "zoom-fit"),
    Entry("tour", tr("&Help"), tr("Guided &tour"), tr("Be shown around in the window"), "F1",
          "help"),
    Entry("shortcuts", tr("&Help"), tr("&Keyboard shortcuts…"),
          tr("See and change the keys of all actions"), "Ctrl+?"),
    Entry("about", tr("&Help"), tr("&About isnmf-gui"), tr("What this program is"), "", "info"),
)  # fmt: skip

#: As many components can be heard alone with the keys 1 to 9.
N_AUDITIONS = 9

# What was clicked there is done: Space plays, and S is solo. With Tab they are gone to for more.
LET_GO = (QAbstractButton, QComboBox)
# Where these have the focus, keys without a modifier are theirs: letters are typed or searched.
TAKES_KEYS = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


class Actions(QObject):
    """The window's actions, its menus and its toolbar."""

    def __init__(
        self,
        window: QMainWindow,
        theme: Theme,
        preferences: Preferences,
        handlers: dict[str, Callable[[], object]],
        audition: Callable[[int], object],
    ) -> None:
        super().__init__(window)
        self._theme, self._preferences = theme, preferences
        self._entries = {entry.name: entry for entry in ENTRIES}
        self._by_name: dict[str, QAction] = {}
        self._clicked = False
        self._icons = {entry.name: entry.icon for entry in ENTRIES if entry.icon}
        self.toolbar = QToolBar(tr("Main"), window)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        window.addToolBar(self.toolbar)
        self.menus = {title: window.menuBar().addMenu(title) for title in _menu_titles()}
        for entry in ENTRIES:
            self._add(window, entry, handlers[entry.name])
        self._add_auditions(window, audition)
        theme.changed.connect(self._set_icons)
        self._set_icons()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def _add(self, window: QMainWindow, entry: Entry, handler: Callable[[], object]) -> None:
        action = QAction(entry.text, window)
        action.setStatusTip(entry.tip)
        action.triggered.connect(lambda _checked=False: handler())
        self._by_name[entry.name] = action
        self._show_keys(entry.name, self._preferences.keys(entry.name, entry.shortcut))
        self.menus[entry.menu].addAction(action)
        if entry.on_toolbar:
            action.setIconText(plain(entry.text))
            self.toolbar.addAction(action)

    def _add_auditions(self, window: QMainWindow, audition: Callable[[int], object]) -> None:
        """Add a menu with a key for each of the first components."""
        self.auditions = self.menus[tr("&Listen")].addMenu(tr("Hear a component &alone"))
        for place in range(1, N_AUDITIONS + 1):
            action = QAction(tr("The &{place}.", place=place), window)
            action.setShortcut(QKeySequence(str(place)))
            action.setStatusTip(tr("Hear this component alone; again: what was heard before"))
            action.triggered.connect(lambda _checked=False, place=place: audition(place))
            self.auditions.addAction(action)

    # -- keys ---------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The actions whose keys can be changed, in the order of the menus."""
        return sorted(self._entries, key=lambda it: list(self.menus).index(self.entry(it).menu))

    @property
    def fixed_keys(self) -> list[str]:
        """Keys of the numbered actions, which cannot be changed."""
        numbers = range(1, N_AUDITIONS + 1)
        return [*map(str, numbers), *(f"Alt+{n}" for n in (0, *numbers))]

    def entry(self, name: str) -> Entry:
        """Return what an action is, with its keys as delivered."""
        return self._entries[name]

    def keys(self, name: str) -> str:
        """Return the keys of an action: Ctrl+S, or ""."""
        return self._by_name[name].shortcut().toString()

    def set_keys(self, name: str, keys: str) -> None:
        """Give an action other keys, now and when the program starts again."""
        self._preferences.set_keys(name, keys, self._entries[name].shortcut)
        self._show_keys(name, keys)

    def _show_keys(self, name: str, keys: str) -> None:
        action, tip = self._by_name[name], self._entries[name].tip
        action.setShortcut(QKeySequence(keys))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)

    def show_as(self, name: str, text: str, icon: str) -> None:
        """Let an action that does two things in turn say which comes next."""
        self._by_name[name].setText(text)
        self._by_name[name].setIconText(plain(text))
        self._icons[name] = icon
        self._set_icons()

    def _set_icons(self) -> None:
        for name, icon in self._icons.items():
            self._by_name[name].setIcon(self._theme.icon(icon))

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watch the widget that gets the keys, and no other: it would cost every event."""
        self._clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys without a modifier to the widget that has the focus, if it uses them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and not (self._clicked and isinstance(watched, LET_GO))
            and _takes(watched, event)
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)


def _takes(widget: QObject, event: QKeyEvent) -> bool:
    """Tell whether a widget uses a key that is an action's too."""
    in_row = isinstance(widget, SourceRow) or isinstance(widget.parent(), SourceRow)
    if in_row and event.key() in OWN_KEYS:
        return True
    if event.key() == Qt.Key.Key_Delete:
        return isinstance(widget, (*TAKES_KEYS, QAbstractSlider))
    if isinstance(widget, QAbstractButton):
        return event.key() == Qt.Key.Key_Space
    if isinstance(widget, QAbstractSpinBox) and event.key() == Qt.Key.Key_Space:
        return False  # there is none in a number
    if isinstance(widget, SpectrogramPlot):
        return widget.reading.wants(event)
    return isinstance(widget, TAKES_KEYS) and event.text().isprintable() and event.text() != ""


def _menu_titles() -> list[str]:
    return list(dict.fromkeys(entry.menu for entry in ENTRIES))
