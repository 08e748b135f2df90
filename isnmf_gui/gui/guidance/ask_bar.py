"""The bar in which the program asks, and is answered: by keys that its buttons show, or by clicks.

It leaves all of the window to be seen and used. Its keys count while the focus is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.guidance.answer_buttons import AnswerButton, KeyButton
from isnmf_gui.gui.widgets.button_lines import ButtonLines
from isnmf_gui.gui.widgets.focus_keeping import dismiss, has_focus
from isnmf_gui.gui.widgets.spoken_state import Account, Role
from isnmf_gui.session.document.document import Run, Source
from isnmf_gui.session.grouping.asking import MIXED, SKIP
from isnmf_gui.texts import tr

#: So many sources have a key; the others are in a menu.
N_KEYS = 9
DIGITS = {Qt.Key(Qt.Key.Key_1 + n): n for n in range(N_KEYS)}
SWATCH = 12
Key = Qt.Key


class AskBar(QFrame):
    """Shows a question with its answers, or what there is to say instead; hidden by itself.

    Parameters
    ----------
    theme : Theme
        Colours of the sources.
    """

    #: What was answered: the id of a source, `MIXED` or `SKIP`.
    answered = Signal(object)
    again_wanted = Signal()
    #: The answer is a source that there is not yet.
    new_wanted = Signal()
    suggest_wanted = Signal()
    #: Enough was asked, the search is to end, or the bar to close: what it says on the button.
    end_wanted = Signal()
    #: A key was for a source that is locked: its name.
    locked_meant = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "asking")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._run: Run | None = None
        self._sources: dict[int, AnswerButton] = {}
        self._keys: dict[Qt.Key, Callable[[], object]] = {}
        self._before: QWidget | None = None
        self._build()
        theme.changed.connect(self._color)
        self.hide()

    def _build(self) -> None:
        self.title, self.gain = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.gain.setProperty("role", "dim")
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setValue(0)  # or it is at −1 for screen readers, also while it is hidden
        self.progress.setAccessibleName(tr("Progress of looking for places"))
        self._build_buttons()
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.gain)
        self._lines = ButtonLines()
        self._lines.put((*self._answers, self.suggest, self.end))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addWidget(self.progress)
        layout.addWidget(self._lines)

    def _build_buttons(self) -> None:
        self.more = QPushButton(tr("More sources"))
        self.more.setToolTip(tr("Choose one of the sources that have no key"))
        self._menu = QMenu(self.more)
        self.more.setMenu(self._menu)
        self.new = KeyButton("N", tr("New source…"), tr("It is of a source that is not here yet"))
        self.mixed = KeyButton(
            "M", tr("Mixed"), tr("Several sources are heard: it says nothing about one of them")
        )
        self.again = KeyButton("R", tr("Again"), tr("Hear this place again"))
        self.skip = KeyButton("S →", tr("Skip"), tr("Ask about another place instead"))
        self.suggest = KeyButton(
            "G", tr("Suggest sources…"), tr("Group the components into sources by how they sound")
        )
        self.end = KeyButton("Esc", tr("Enough"), "")
        self._answers = (self.more, self.new, self.mixed, self.again, self.skip)
        self.new.clicked.connect(self.new_wanted)
        self.mixed.clicked.connect(lambda: self.answered.emit(MIXED))
        self.skip.clicked.connect(lambda: self.answered.emit(SKIP))
        self.again.clicked.connect(self.again_wanted)
        self.suggest.clicked.connect(self.suggest_wanted)
        self.end.clicked.connect(self.end_wanted)
        for button in (*self._answers, self.suggest, self.end):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._take_focus)

    # -- what is shown ------------------------------------------------------------------------

    def show_looking(self, text: str) -> None:
        """Say that places are being looked for."""
        self.progress.setValue(0)
        self._show(text, "", (), tr("Cancel"), tr("Look no further, and ask nothing (Esc)"))
        self.progress.show()

    def show_progress(self, share: float) -> None:
        """Show how far the search is, from 0 to 1."""
        self.progress.setValue(round(100 * share))

    def show_lacking(self, text: str, suggests: bool) -> None:
        """Say why nothing can be asked, and offer a suggestion of sources where it helps."""
        buttons = (self.suggest,) if suggests else ()
        self._show(text, "", buttons, tr("Not now"), tr("Close this and change nothing (Esc)"))

    def show_question(self, text: str, gain: str) -> None:
        """Ask."""
        tip = tr("End here; what was answered stays (Esc)")
        self._show(text, gain, self._answers, tr("Enough"), tip)

    def show_end(self, text: str) -> None:
        """Say how it ended."""
        self._show(text, "", (), tr("Close"), tr("Close this bar (Esc)"))

    def _show(self, text: str, gain: str, buttons: tuple[QWidget, ...], end: str, tip: str) -> None:
        had_focus = has_focus(self)
        asks = buttons == self._answers
        self.title.setText(text)
        self.gain.setText(gain)
        self.gain.setVisible(bool(gain))
        self.end.set_words(end, tip)
        self.progress.hide()
        for button in (*self._answers, self.suggest):
            button.setVisible(button in buttons)
        self.more.setVisible(asks and not self._menu.isEmpty())
        for source in self._sources.values():
            source.setVisible(asks)
        self._keys = self._keys_for(asks, self.suggest in buttons)
        self.setAccessibleName(text)
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        if had_focus and not has_focus(self):  # what had it is hidden now
            self.setFocus()

    def _keys_for(self, asks: bool, suggests: bool) -> dict[Qt.Key, Callable[[], object]]:
        keys: dict[Qt.Key, Callable[[], object]] = {Key.Key_Escape: self.end.click}
        if suggests:
            keys[Key.Key_G] = self.suggest.click
        if asks:
            keys |= {
                Key.Key_M: self.mixed.click,
                Key.Key_R: self.again.click,
                Key.Key_S: self.skip.click,
                Key.Key_Right: self.skip.click,
                Key.Key_N: self.new.click,
            }
            keys |= {key: partial(self._answer_place, place) for key, place in DIGITS.items()}
        return keys

    def show_sources(self, run: Run) -> None:
        """Let these be what can be answered."""
        self._run = run
        first = {source.id: n for n, source in enumerate(run.sources[:N_KEYS])}
        for source_id in [it for it in self._sources if it not in first]:
            dismiss(self._sources.pop(source_id))
        asks = Key.Key_M in self._keys
        for source_id, place in first.items():
            if source_id not in self._sources:
                self._sources[source_id] = self._make_button(source_id, asks)
            button, source = self._sources[source_id], run.sources[place]
            button.show_source(source, place + 1, self._swatch(source))
        answers = [self._sources[it] for it in first]
        self._lines.put((*answers, *self._answers, self.suggest, self.end))
        self._fill_menu(run)
        self.more.setVisible(asks and not self._menu.isEmpty())
        stops = (self, *answers, *self._answers, self.suggest, self.end)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _make_button(self, source_id: int, is_seen: bool) -> AnswerButton:
        button = AnswerButton(self._lines)
        button.setVisible(is_seen)
        button.clicked.connect(lambda: self.answered.emit(source_id))
        button.clicked.connect(self._take_focus)
        return button

    def _fill_menu(self, run: Run) -> None:
        self._menu.clear()
        for source in run.sources[N_KEYS:]:
            action = self._menu.addAction(self._swatch(source), source.name.replace("&", "&&"))
            action.setEnabled(not source.is_locked)
            action.triggered.connect(lambda _=False, it=source.id: self.answered.emit(it))

    def _swatch(self, source: Source) -> QIcon:
        pixmap = QPixmap(SWATCH, SWATCH)
        pixmap.fill(self._theme.curve(source.color))
        return QIcon(pixmap)

    @Slot()
    def _color(self) -> None:
        if self._run is not None:
            self.show_sources(self._run)

    # -- what the person does -----------------------------------------------------------------

    @property
    def is_asking(self) -> bool:
        """Whether a question with its answers is shown."""
        return self.isVisible() and Key.Key_M in self._keys

    @property
    def answers(self) -> list[AnswerButton]:
        """The buttons of the sources that have a key, in their order."""
        sources = self._run.sources[:N_KEYS] if self._run else ()
        return [self._sources[source.id] for source in sources]

    def _answer_place(self, place: int) -> None:
        if place >= len(self.answers):
            return
        button = self.answers[place]
        if button.isEnabled():
            button.click()
        else:
            self.locked_meant.emit(button.name)

    @Slot()
    def _take_focus(self) -> None:
        """Let keys answer once a click has."""
        if self.isVisible() and not has_focus(self):
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def close_bar(self) -> None:
        """Hide, and give the focus back to what had it before, if it is still here."""
        had_focus, before, self._before = has_focus(self), self._before, None
        self.hide()
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def account(self) -> Account:
        """Return what a screen reader is told."""
        return Account(Role.Grouping)

    def wants_key(self, event: QKeyEvent) -> bool:
        """Keep the keys that its buttons show."""
        return self.isVisible() and Qt.Key(event.key()) in self._keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer; a key that is held answers once."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self._keys.get(Qt.Key(event.key()))
        if act is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            act()
