"""The monkey's deeds: each does one thing by the dice, and says what."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)

from isnmf_gui.gui.actions.action_entries import ENTRIES
from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.window.main_window import MainWindow
from tests.monkey.belongings import Belongings
from tests.monkey.hands import Hands, files
from tests.monkey.sights import (
    described,
    is_dialog,
    names_a_path,
    some_place,
    some_widget,
    topmost,
)
from tests.monkey.wishes import Wishes

KEY = Qt.Key
KEYS = (
    KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Tab, KEY.Key_Backtab,
    KEY.Key_Return, KEY.Key_Escape, KEY.Key_Delete, KEY.Key_Backspace, KEY.Key_Space, KEY.Key_F2,
    KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Menu, KEY.Key_F10,
    KEY.Key_A, KEY.Key_L, KEY.Key_M, KEY.Key_R, KEY.Key_S, KEY.Key_1, KEY.Key_2, KEY.Key_9,
    KEY.Key_Plus, KEY.Key_Minus, KEY.Key_BracketLeft, KEY.Key_BracketRight,
)  # fmt: skip
MODIFIER = Qt.KeyboardModifier
PLAIN, CTRL, SHIFT, ALT = (
    MODIFIER.NoModifier, MODIFIER.ControlModifier, MODIFIER.ShiftModifier, MODIFIER.AltModifier,
)  # fmt: skip
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
#: Actions that end the work at hand; they are seldom wanted, or there would never be much.
ENDS = ("quit", "open", "demo")
#: No path may come of them: "~" and "/" are not among them.
LETTERS = "abc XYZ09.,-+&<>{}%“é音🎸"


class Deeds:
    """What a monkey can do to a window.

    Parameters
    ----------
    hands : Hands
        It does them with.
    belongings : Belongings
        Files for it.
    """

    def __init__(self, hands: Hands, belongings: Belongings) -> None:
        self._hands, self._belongings = hands, belongings
        self._free: list[tuple[Callable[[MainWindow, random.Random], str], int]] = [
            (self.click, 25), (self.drag, 12), (self.key, 12), (self.turn_wheel, 6),
            (self.act, 12), (self.drop, 1), (self.resize, 2), (self.choose_menu, 4),
            (self.type_text, 3), (self.go_in_history, 2), (Wishes(hands).do, 21),
        ]  # fmt: skip

    def do(self, window: MainWindow, dice: random.Random) -> str:
        """Do something to what lies on top, and tell what it was."""
        if self._hands.held is not None:
            return self.let_go(window, dice)
        top = topmost(window)
        if isinstance(top, QMenu):
            return self.use_menu(top, dice)
        if isinstance(top, QFileDialog):
            return self.choose_file(top, dice)
        if is_dialog(top) and dice.random() < 0.4:
            return self.answer(top, dice)
        deeds, weights = zip(*self._free, strict=True)
        (deed,) = dice.choices(deeds, weights)
        return deed(window, dice)

    # -- mouse and keys, anywhere -------------------------------------------------------------

    def click(self, window: MainWindow, dice: random.Random) -> str:
        """Click on something."""
        widget = some_widget(topmost(window), dice)
        if widget is None:
            return "nothing to click on"
        (button,) = dice.choices(BUTTONS, (16, 3, 1))
        (keys,) = dice.choices((PLAIN, CTRL, SHIFT, ALT), (12, 2, 2, 1))
        at, twice = some_place(widget, dice), dice.random() < 0.12
        what = f"{button.name} {keys} {'twice ' * twice}on {described(widget)} at {at.toTuple()}"
        self._hands.click(widget, at, button, keys, twice)
        return f"click {what}"

    def drag(self, window: MainWindow, dice: random.Random) -> str:
        """Drag from something to anywhere."""
        top = topmost(window)
        widget = some_widget(top, dice)
        if widget is None:
            return "nothing to drag"
        start, (keys,) = (
            some_place(widget, dice),
            dice.choices((PLAIN, CTRL, SHIFT, ALT), (8, 1, 4, 1)),
        )
        reach = top.rect() if dice.random() < 0.4 else widget.rect()
        shift = widget.mapTo(top, QPoint(0, 0)) if reach == top.rect() else QPoint(0, 0)
        ends = [
            QPoint(dice.randint(0, reach.width()), dice.randint(0, reach.height())) - shift
            for _ in range(dice.randint(1, 3))
        ]
        told = f"drag {described(widget)} {keys} {start.toTuple()} to {ends[-1].toTuple()}"
        self._hands.drag(widget, [start, start + QPoint(7, 5), *ends], keys)
        return told

    def let_go(self, window: MainWindow, dice: random.Random) -> str:
        """Drop what is being dragged, preferably on a source."""
        rows = [row for row in window.panes.sources.rows if row.isVisible()]
        if rows and dice.random() < 0.6:
            row = dice.choice(rows)
            place = row.mapTo(window, row.rect().center())
        else:
            place = some_place(window, dice)
        self._hands.let_go(place)
        return f"let go at {place.toTuple()}"

    def turn_wheel(self, window: MainWindow, dice: random.Random) -> str:
        """Turn the wheel over something."""
        widget = some_widget(topmost(window), dice)
        if widget is None:
            return "nothing under the wheel"
        amount, (keys,) = (
            dice.choice((-600, -120, 120, 360)),
            dice.choices((PLAIN, CTRL, SHIFT), (4, 2, 1)),
        )
        angle = QPoint(amount, 0) if dice.random() < 0.1 else QPoint(0, amount)
        self._hands.wheel(widget, some_place(widget, dice), angle, keys)
        return f"wheel {angle.toTuple()} {keys} over {described(widget)}"

    def key(self, window: MainWindow, dice: random.Random) -> str:
        """Press a key, some times over."""
        key, (keys,) = dice.choice(KEYS), dice.choices((PLAIN, CTRL, SHIFT, ALT), (8, 1, 2, 1))
        times = dice.choice((1, 1, 1, 2, 5))
        for _ in range(times):
            if isinstance(topmost(window), QFileDialog) or names_a_path(QApplication.focusWidget()):
                return "no key: a path is asked for"
            self._hands.press(topmost(window), key, keys)
        return f"key {key.name} {keys} {times} times"

    def type_text(self, window: MainWindow, dice: random.Random) -> str:
        """Type some text and perhaps press Enter."""
        focus = QApplication.focusWidget()
        fields = [it for it in topmost(window).findChildren(QLineEdit) if it.isVisible()]
        fields = [it for it in fields if not names_a_path(it)]
        if fields and (names_a_path(focus) or dice.random() < 0.7):
            dice.choice(fields).setFocus()
        elif names_a_path(focus):
            return "no text: a path is asked for"
        text = "".join(dice.choice(LETTERS) for _ in range(dice.randint(1, 12)))
        self._hands.type(topmost(window), text)
        if dice.random() < 0.5 and not isinstance(topmost(window), QFileDialog):
            self._hands.press(topmost(window), KEY.Key_Return)
        return f"type {text!r}"

    # -- the window ---------------------------------------------------------------------------

    def act(self, window: MainWindow, dice: random.Random) -> str:
        """Trigger an action that can be used."""
        if is_dialog(topmost(window)):
            return self.answer(topmost(window), dice)
        names = [it.name for it in ENTRIES if it.name not in ENDS or dice.random() < 0.2]
        enabled = [name for name in names if window.actions_[name].isEnabled()]
        name = dice.choice(enabled)
        if name == "quit" and dice.random() < 0.5:
            window.leave()
            return "end the program from outside"
        window.actions_[name].trigger()
        return f"action {name}"

    def choose_menu(self, window: MainWindow, dice: random.Random) -> str:
        """Open a menu of the menu bar, by mouse."""
        if topmost(window) is not window:
            return "no menu: something lies above it"
        bar = window.menuBar()
        action = dice.choice(bar.actions())
        self._hands.click(bar, bar.actionGeometry(action).center())
        return f"menu {action.text()}"

    def use_menu(self, menu: QMenu, dice: random.Random) -> str:
        """Choose from a menu, or close it."""
        actions = [it for it in menu.actions() if not it.isSeparator()]
        if not actions or dice.random() < 0.2:
            self._hands.press(menu, KEY.Key_Escape)
            return "close the menu"
        action = dice.choice(actions)
        told = f"choose {action.text()!r}"
        self._hands.click(menu, menu.actionGeometry(action).center())
        return told

    def drop(self, window: MainWindow, dice: random.Random) -> str:
        """Drop a file, or something that is none."""
        if topmost(window) is not window:
            return "no drop: something lies above the window"
        paths = [self._belongings.some_file(dice) for _ in range(dice.choice((1, 1, 1, 3)))]
        urls = [QUrl.fromLocalFile(str(path)) for path in paths]
        if dice.random() < 0.05:
            urls = [QUrl("https://example.org/song.wav")]
        copy = Qt.DropAction.CopyAction
        self._hands.drop(window, files(urls), some_place(window, dice), copy)
        return f"drop {[url.fileName() for url in urls]}"

    def resize(self, window: MainWindow, dice: random.Random) -> str:
        """Give the window another size or state."""
        way = dice.choice(("resize", "resize", "resize", "showMaximized", "showNormal", "minimize"))
        size = dice.randint(300, 2600), dice.randint(300, 1700)
        if way == "resize":
            window.resize(*size)
        elif way == "minimize":
            window.showMinimized()
            window.showNormal()
        else:
            getattr(window, way)()
        return f"{way} {size}"

    def go_in_history(self, window: MainWindow, dice: random.Random) -> str:
        """Jump to a step."""
        if topmost(window) is not window:
            return "no jump: something lies above the window"
        steps = window.panes.history.list
        if steps.count() == 0:
            return "there is no history"
        row = dice.randrange(steps.count())
        steps.setCurrentRow(row)
        return f"go to step {row}"

    # -- dialogs ------------------------------------------------------------------------------

    def answer(self, dialog: QWidget, dice: random.Random) -> str:
        """Press a button of a dialog, or Enter, or Escape."""
        if isinstance(dialog, ExportDialog):
            dialog.folder_field.setText(str(self._belongings.some_folder(dice)))
        buttons = [it for it in dialog.findChildren(QAbstractButton) if it.isVisible()]
        keys = (KEY.Key_Escape, KEY.Key_Return)
        if not buttons or dice.random() < 0.2:
            key = dice.choice(keys)
            self._hands.press(dialog, key)
            return f"answer {key.name}"
        button = dice.choice(buttons)
        told = f"answer {described(button)} of {dialog.windowTitle()!r}"
        self._hands.click(button, button.rect().center())
        return told

    def choose_file(self, dialog: QFileDialog, dice: random.Random) -> str:
        """Choose a file of the monkey's own, or none."""
        if dice.random() < 0.3:
            dialog.reject()
            return "choose no file"
        path = self._file_for(dialog, dice)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if field is not None:
            field.setText(str(path))
        QDialog.accept(dialog) if field is None else self._hands.press(dialog, KEY.Key_Return)
        return f"choose file {path.name}"

    def _file_for(self, dialog: QFileDialog, dice: random.Random) -> Path:
        if dialog.fileMode() == QFileDialog.FileMode.Directory:
            folder = self._belongings.some_folder(dice)
            return folder if folder.is_dir() else self._belongings.usual.parent
        if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptOpen:
            return self._belongings.some_file(dice)
        suffix = dialog.defaultSuffix()
        return self._belongings.some_target(dice, f".{suffix}" if suffix else ".isnmf")
