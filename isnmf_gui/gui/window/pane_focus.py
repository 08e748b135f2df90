"""Goes from pane to pane by keyboard, to where one was at work in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid


@dataclass(frozen=True, eq=False)
class Pane:
    """A part of the window.

    Attributes
    ----------
    whole : QWidget
        All of it.
    content : QWidget
        What one comes for: it, or the first field in it, gets the focus at first.
    """

    whole: QWidget
    content: QWidget


class PaneFocus(QObject):
    """Remembers which widget had the focus last in each pane.

    Parameters
    ----------
    panes : callable
        Returns the panes of the moment in their order, also those that are hidden.
    owner : QWidget
        What they lie in.
    parent : QObject
        Owner.
    """

    def __init__(
        self, panes: Callable[[], Sequence[Pane]], owner: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panes, self._owner = panes, owner
        self._last: dict[QWidget, QWidget] = {}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._remember)

    @Slot(QWidget, QWidget)
    def _remember(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isValid(self._owner):  # the window is going
            return
        for pane in self._panes():
            if _is_in(now, pane.whole):
                self._last[pane.whole] = now

    def go_on(self) -> None:
        """Give the focus to the next pane; after the last comes the first."""
        self._go(1)

    def go_back(self) -> None:
        """Give it to the pane before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        panes = [(pane, target) for pane in self._panes() if (target := self._target(pane))]
        focus = QApplication.focusWidget()
        here = [n for n, (pane, _) in enumerate(panes) if focus and _is_in(focus, pane.whole)]
        if panes:
            place = here[0] + step if here else min(step, 0)
            _focus(panes[place % len(panes)][1])

    def _target(self, pane: Pane) -> QWidget | None:
        """Return what gets the focus in a pane, if anything there takes it."""
        last = self._last.get(pane.whole)
        if last is not None and isValid(last) and _is_in(last, pane.whole) and _takes_focus(last):
            return last
        within = (*_in_order(pane.content), *_in_order(pane.whole))
        return next((widget for widget in within if _takes_focus(widget)), None)


def _is_in(widget: QWidget, pane: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)


def _takes_focus(widget: QWidget) -> bool:
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes_tab) and widget.isVisible() and widget.isEnabled()


def _in_order(pane: QWidget) -> Iterator[QWidget]:
    """Yield a widget and what lies in it, as Tab goes through it."""
    yield pane
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if pane.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _focus(widget: QWidget) -> None:
    """Give a widget the focus as Tab does, which shows it, and bring it into sight."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
