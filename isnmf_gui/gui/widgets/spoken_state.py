"""What screen readers are told of widgets that paint themselves: role, value and state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QAccessibleValueChangeEvent,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QGraphicsView, QWidget
from shiboken6 import VoidPtr, getCppPointer

Role = QAccessible.Role


@dataclass(frozen=True)
class Value:
    """A number that a widget shows.

    Attributes
    ----------
    now, least, most, step : float
        The number, its ends, and how far a key moves it.
    take : callable or None
        Takes another number; None: it is only shown.
    """

    now: float
    least: float
    most: float
    step: float = 1.0
    take: Callable[[float], object] | None = None


@dataclass(frozen=True)
class Account:
    """What a widget says of itself.

    Attributes
    ----------
    role : QAccessible.Role
        What kind of thing it is.
    describe : callable or None
        Returns in words what it shows; asked only for that, as it may take its time. None: the
        widget's accessible description says it.
    value : Value or None
        Its number.
    says : str
        The number in words, with its unit.
    is_selected : bool or None
        Whether it is part of the selection; None: it cannot be.
    """

    role: QAccessible.Role
    describe: Callable[[], str] | None = None
    value: Value | None = None
    says: str = ""
    is_selected: bool | None = None


@runtime_checkable
class Accountable(Protocol):
    """A widget that gives an account of itself when it is asked."""

    def account(self) -> Account:
        """Return what a screen reader is told at this moment."""


@cache
def give_accounts() -> None:
    """Let screen readers ask widgets for their `account`, from now on."""
    QAccessible.installFactory(_interface)


def tell_value(widget: QWidget, now: float) -> None:
    """Tell screen readers that a widget's number changed."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, now))


def tell_selected(widget: QWidget) -> None:
    """Tell screen readers that a widget was selected, or is no more."""
    if QAccessible.isActive():
        changed = QAccessible.State()
        changed.selected = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, changed))


class ListArea(QWidget):
    """Holds the items of a list."""

    def account(self) -> Account:
        """Return what a screen reader is told."""
        return Account(Role.List)


def _interface(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    if isinstance(asked, QWidget) and isinstance(asked, Accountable):
        return _Told(asked)
    if isinstance(asked, QGraphicsView):
        return QAccessibleWidget(asked, Role.Chart, "")  # its description is a summary
    return None


class _Told(QAccessibleWidget):
    """Answers for a widget with its account.

    PySide never lets go of it: so it holds nothing but a number that was asked for.
    """

    _number: _Number | None = None

    def __init__(self, widget: QWidget) -> None:
        assert isinstance(widget, Accountable)
        super().__init__(widget, widget.account().role, "")

    def text(self, what: QAccessible.Text) -> str:
        account = self._account()
        if account is not None and what == QAccessible.Text.Description and account.describe:
            return account.describe()
        if account is not None and what == QAccessible.Text.Value and account.says:
            return account.says
        return super().text(what)

    def state(self) -> QAccessible.State:
        state, account = super().state(), self._account()
        if account is not None and account.is_selected is not None:
            state.selectable = True
            state.selected = account.is_selected
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        account = self._account()
        asks = kind == QAccessible.InterfaceType.ValueInterface
        if asks and account is not None and account.value is not None:
            if self._number is None:
                self._number = _Number(self._account)
            return VoidPtr(getCppPointer(self._number)[0])
        # None, which PySide gives here itself, it takes for no pointer, and crashes.
        return super().interface_cast(kind) or VoidPtr(0)

    def _account(self) -> Account | None:
        widget = self.object()  # None once it is gone
        return widget.account() if isinstance(widget, Accountable) else None


class _Number(QAccessibleValueInterface):
    """The number of a widget's account."""

    def __init__(self, account: Callable[[], Account | None]) -> None:
        super().__init__()
        self._account = account

    def _value(self) -> Value:
        account = self._account()
        return account.value if account and account.value else Value(0.0, 0.0, 0.0)

    def currentValue(self) -> float:
        return self._value().now

    def minimumValue(self) -> float:
        return self._value().least

    def maximumValue(self) -> float:
        return self._value().most

    def minimumStepSize(self) -> float:
        return self._value().step

    def setCurrentValue(self, value: float) -> None:
        wanted = self._value()
        if wanted.take is not None:
            wanted.take(min(max(float(value), wanted.least), wanted.most))
