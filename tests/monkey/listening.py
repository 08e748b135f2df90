"""A screen reader's way through a window: it asks everything what it is, over and over."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)


def begin_to_listen() -> None:
    """Let the program know that somebody listens."""
    QAccessible.setActive(True)


def listen(window: QWidget) -> Iterator[str]:
    """Ask everything in a window what it is; yield a sentence for what makes no sense."""
    root = QAccessible.queryAccessibleInterface(window)
    if root is not None:
        yield from _listen(root)


def _listen(asked: QAccessibleInterface) -> Iterator[str]:
    said, _ = [asked.text(what) for what in TEXTS], asked.state()
    value = asked.valueInterface()
    if value is not None:
        least, now, most = value.minimumValue(), value.currentValue(), value.maximumValue()
        if None not in (least, now, most) and not float(least) <= float(now) <= float(most):
            yield f"{said} is {now}, not from {least} to {most}"
    for place in range(asked.childCount()):
        child = asked.child(place)
        if child is not None and child.isValid():
            yield from _listen(child)
