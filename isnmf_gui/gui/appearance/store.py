"""Where the preferences are stored."""

from __future__ import annotations

from PySide6.QtCore import QSettings


def open_store() -> QSettings:
    """Open the person's preferences."""
    ini = QSettings.Format.IniFormat
    return QSettings(ini, QSettings.Scope.UserScope, "isnmf-gui", "isnmf-gui")
