"""Widgets in benchmarks: taken away for good, so that none is still told of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def dispose(widget: QWidget) -> None:
    """Close a widget and delete it now: outside an event loop Qt would put that off for ever."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.close()
    widget.deleteLater()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
