"""A table whose cells are fields, as dialogs have it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget


class FieldTable(QTableWidget):
    """Shows rows of fields; nothing in it is selected, and Tab goes through its fields.

    Parameters
    ----------
    n_rows : int
        How many.
    titles : sequence of str
        Of the columns.
    """

    def __init__(self, n_rows: int, titles: Sequence[str]) -> None:
        super().__init__(n_rows, len(titles))
        self.setHorizontalHeaderLabels(titles)
        self.verticalHeader().hide()
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # or Tab would never leave it
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
