"""The window's actions, with their menus, their keys and the toolbar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from isnmf_gui.gui.actions.action_entries import ENTRIES, Entry
from isnmf_gui.gui.actions.key_sharing import KeySharing
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.widgets.menus import add_submenu
from isnmf_gui.texts import Marked, plain, tr


class Actions(QObject):
    """The window's actions, its menus and its toolbar."""

    def __init__(
        self,
        window: QMainWindow,
        theme: Theme,
        preferences: Preferences,
        handlers: dict[str, Callable[[], object]],
    ) -> None:
        super().__init__(window)
        self._theme, self._preferences = theme, preferences
        self._entries = {entry.name: entry for entry in ENTRIES}
        self._by_name: dict[str, QAction] = {}
        self._enabled: dict[str, bool] = {}
        self._icons = {entry.name: entry.icon for entry in ENTRIES if entry.icon}
        self.toolbar = QToolBar(tr("Main"), window)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        window.addToolBar(self.toolbar)
        self.menus = {menu: add_submenu(window.menuBar(), str(menu)) for menu in _menus()}
        self._submenus: dict[Marked, QMenu] = {}
        for entry in ENTRIES:
            self._add(window, entry, handlers[entry.name])
        theme.changed.connect(self._set_icons)
        self._set_icons()
        self._keys = KeySharing(window)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def _add(self, window: QMainWindow, entry: Entry, handler: Callable[[], object]) -> None:
        action = QAction(str(entry.text), window)
        action.setStatusTip(str(entry.tip))
        action.triggered.connect(lambda _checked=False: handler())
        self._by_name[entry.name] = action
        self._show_keys(entry.name, self._preferences.keys(entry.name, entry.shortcut))
        self._menu_of(entry).addAction(action)
        if entry.on_toolbar:
            action.setIconText(plain(str(entry.text)))
            self.toolbar.addAction(action)

    def set_enabled(self, enabled: dict[str, bool]) -> None:
        """Say of actions, by name, whether they can be used now; mostly few have changed."""
        for name, on in enabled.items() - self._enabled.items():
            self._by_name[name].setEnabled(on)
        self._enabled = enabled

    def _menu_of(self, entry: Entry) -> QMenu:
        menu = self.menus[entry.menu]
        if entry.submenu is None:
            return menu
        if entry.submenu not in self._submenus:
            self._submenus[entry.submenu] = add_submenu(menu, str(entry.submenu))
        return self._submenus[entry.submenu]

    # -- keys ---------------------------------------------------------------------------------

    @property
    def names(self) -> list[str]:
        """The actions whose keys can be changed, in the order of the menus."""
        return sorted(self._entries, key=lambda it: list(self.menus).index(self.entry(it).menu))

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
        action, tip = self._by_name[name], str(self._entries[name].tip)
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


def _menus() -> list[Marked]:
    return list(dict.fromkeys(entry.menu for entry in ENTRIES))
