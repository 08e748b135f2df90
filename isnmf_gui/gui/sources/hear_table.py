"""A table whose rows can be heard: one stop for Tab, with arrows, Space and Enter in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.mixer_controls import TileButton
from isnmf_gui.texts import tr

HEAR, NAME = range(2)
PLAYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
SWATCH = 12


class HearTable(QTableWidget):
    """Lists what can be heard; a button in each row for the mouse, keys for the current row.

    Parameters
    ----------
    theme : Theme
        Colours.
    titles : sequence of str
        Of the columns; the first two are the button and the name.
    """

    #: A row is to be heard, or no longer: its number.
    hear_wanted = Signal(int)

    def __init__(self, theme: Theme, titles: Sequence[str]) -> None:
        super().__init__(0, len(titles))
        self._theme = theme
        self._said: dict[int, str] = {}
        self.setHorizontalHeaderLabels(titles)
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(line + 10)
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # or Tab would never leave it
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(HEAR, 2 * line + 4)

    def add_row(self, name: str, color: int, tip: str) -> None:
        """Add something that can be heard; the tip of its button is what the button is called."""
        row = self.rowCount()
        self.insertRow(row)
        button = TileButton(self, self._theme)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the table
        button.show_state(False, tip, tip, "play")
        button.clicked.connect(lambda: self._clicked(button))
        self.setCellWidget(row, HEAR, button)
        item = QTableWidgetItem(self.swatch(color), name)
        self.setItem(row, NAME, item)

    def swatch(self, color: int) -> QIcon:
        """Return a patch of a colour of curves; the same where its row is selected."""
        pixmap = QPixmap(SWATCH, SWATCH)
        pixmap.fill(self._theme.curve(color))
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
        return icon

    def cell(self, row: int, column: int) -> QTableWidgetItem:
        """Return what stands in a cell."""
        item = self.item(row, column)
        assert item is not None
        return item

    def button(self, row: int) -> TileButton:
        """Return the button of a row."""
        button = self.cellWidget(row, HEAR)
        assert isinstance(button, TileButton)
        return button

    def show_heard(self, heard: Sequence[bool]) -> None:
        """Show which rows are being heard."""
        for row, on in enumerate(heard):
            button = self.button(row)
            tip = button.accessibleName()
            button.show_state(on, tip, tip, "stop" if on else "play")
            self._tell(row)

    def say(self, row: int, said: str) -> None:
        """Let a screen reader say this of a row, and whether it is heard."""
        self._said[row] = said
        self._tell(row)

    def _tell(self, row: int) -> None:
        said = self._said.get(row, "")
        if self.button(row).isChecked():
            said = f"{said}, {tr('heard alone')}"
        for column in range(NAME, self.columnCount()):
            self.cell(row, column).setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def go_to(self, row: int) -> None:
        """Make a row the one that keys are for."""
        self.setCurrentCell(row, NAME)
        self._mark()

    def _mark(self) -> None:
        """Mark the current row, unless keys go elsewhere."""
        if self.hasFocus():
            self.selectRow(self.currentRow())
        else:
            self.clearSelection()

    @Slot()
    def _clicked(self, button: TileButton) -> None:
        row = next(it for it in range(self.rowCount()) if self.cellWidget(it, HEAR) is button)
        self.go_to(row)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.hear_wanted.emit(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a current row as soon as keys come here."""
        super().focusInEvent(event)
        if self.rowCount():
            self.go_to(max(self.currentRow(), 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark no row."""
        super().focusOutEvent(event)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear the current row, or go through the rows."""
        key, row = Qt.Key(event.key()), self.currentRow()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rowCount() - 1}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or row < 0:
            event.ignore()  # Ctrl+Enter is the dialog's
        elif key in PLAYS:
            self.hear_wanted.emit(row)
        elif key in ends:
            self.go_to(ends[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()
