"""Parts of a panel that go, while the person may be at work on them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def has_focus(widget: QWidget) -> bool:
    """Tell whether the keys go to a widget or to a part of it."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def dismiss(widget: QWidget) -> None:
    """Let a widget go, which wants nothing from now on.

    Until it is deleted, a part of it would keep the focus though it is hidden, and take keys.
    """
    widget.blockSignals(True)
    focus = QApplication.focusWidget()
    if focus is not None and widget.isAncestorOf(focus):
        focus.clearFocus()
    widget.hide()
    widget.deleteLater()
