"""What the monkey sees: the window that takes its clicks, and what can be pointed at there."""

from __future__ import annotations

import random

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from isnmf_gui.gui.export.export_dialog import ExportDialog


def topmost(window: QWidget) -> QWidget:
    """Return what takes clicks and keys now: a menu, a dialog, or the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or window


def some_widget(top: QWidget, dice: random.Random) -> QWidget | None:
    """Return a visible widget: each kind as often as the others, however many there are."""
    kinds: dict[str, list[QWidget]] = {}
    for widget in [top, *top.findChildren(QWidget)]:
        if widget.window() is top and widget.isVisible() and not names_a_path(widget):
            kinds.setdefault(type(widget).__name__, []).append(widget)
    while kinds:
        kind = dice.choice(sorted(kinds))
        seen = [it for it in kinds.pop(kind) if not it.visibleRegion().isEmpty()]
        if seen:
            return dice.choice(seen)
    return None


def some_place(widget: QWidget, dice: random.Random) -> QPoint:
    """Return a place on a widget, where it can be seen."""
    seen = widget.visibleRegion().boundingRect()
    return QPoint(
        dice.randint(seen.left(), max(seen.left(), seen.right())),
        dice.randint(seen.top(), max(seen.top(), seen.bottom())),
    )


def described(widget: QWidget) -> str:
    """Name a widget for the journal."""
    name = widget.accessibleName() or widget.objectName()
    text = getattr(widget, "text", None)
    words = str(name or (text() if callable(text) else "")).split()
    return f"{type(widget).__name__} “{' '.join(words)[:40]}”"


def names_a_path(widget: QWidget | None) -> bool:
    """Tell whether what is typed here would be a place to write to."""
    dialog = widget.window() if widget is not None else None
    if isinstance(dialog, ExportDialog):
        return widget is dialog.folder_field
    return isinstance(dialog, QFileDialog) and isinstance(widget, QLineEdit)


def is_dialog(top: QWidget) -> bool:
    """Tell whether something has to be answered before anything else."""
    return isinstance(top, QDialog) and not isinstance(top, QMenu)
