"""Parts of a panel that go, while the person may be at work on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget


def has_focus(widget: QWidget) -> bool:
    """Tell whether the keys go to a widget or to a part of it."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def focused_place(parts: Sequence[QWidget]) -> int | None:
    """Return the place of the part that has the focus, itself or a part of it."""
    return next((place for place, part in enumerate(parts) if has_focus(part)), None)


def keep_focus(parts: Sequence[QWidget], place: int | None) -> None:
    """Give the focus to what is now at the place that had it, if it is gone from there."""
    if place is not None and parts and focused_place(parts) is None:
        parts[min(place, len(parts) - 1)].setFocus()


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
