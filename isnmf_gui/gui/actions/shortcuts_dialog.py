"""All actions with their keys, to be read and changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.widgets.deliberate_dialog import DeliberateDialog
from isnmf_gui.gui.widgets.field_table import FieldTable
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.texts import plain, tr, without_mnemonic

TEXT = QKeySequence.SequenceFormat.NativeText
WHAT, MENU, KEYS = range(3)


class ShortcutsDialog(DeliberateDialog):
    """Lists the actions as they are; what is changed counts once it is accepted.

    Parameters
    ----------
    actions : Actions
        Whose keys.
    parent : QWidget
        The window.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search for an action"))
        self.search.setToolTip(tr("Show only the actions with this in their name or menu"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = FieldTable(len(actions.names), [tr("Action"), tr("Menu"), tr("Keys")])
        self.table.setAccessibleName(tr("Actions and their keys"))
        self.table.setToolTip(tr("Click the keys of an action and press others"))
        self.edits: dict[str, QKeySequenceEdit] = {}
        self._fill()
        self.conflict = QLabel()
        self.conflict.setWordWrap(True)
        self._lay_out()
        self._look_for_conflicts()
        self.resize(560, 520)

    def _fill(self) -> None:
        self.table.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(KEYS, 150)
        for row, name in enumerate(self._actions.names):
            entry = self._actions.entry(name)
            parts = filter(None, (entry.submenu, entry.text))
            what = QTableWidgetItem(" ".join(plain(str(part)) for part in parts))
            what.setToolTip(str(entry.tip))
            self.table.setItem(row, WHAT, what)
            self.table.setItem(row, MENU, QTableWidgetItem(plain(str(entry.menu))))
            edit = QKeySequenceEdit(QKeySequence(self._actions.keys(name)))
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            edit.setAccessibleName(tr("Keys of {text}", text=what.text()))
            edit.setToolTip(tr("Press the keys for this. {tip}", tip=entry.tip))
            edit.keySequenceChanged.connect(self._look_for_conflicts)
            self.edits[name] = edit
            self.table.setCellWidget(row, KEYS, edit)

    def _lay_out(self) -> None:
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel | button.RestoreDefaults)
        self.accepting = self.buttons.button(button.Ok)
        for which, tip in (
            (button.Ok, tr("Use these keys from now on")),
            (button.Cancel, str(CANCEL_TIP)),
            (button.RestoreDefaults, tr("The keys that the program came with")),
        ):
            self.buttons.button(which).setToolTip(tip)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(button.RestoreDefaults).clicked.connect(self._restore)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.conflict)
        layout.addWidget(self.buttons)

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        for row in range(self.table.rowCount()):
            items = (self.table.item(row, column) for column in (WHAT, MENU))
            texts = [item.text().lower() for item in items if item is not None]
            found = any(wanted.strip().lower() in text for text in texts)
            self.table.setRowHidden(row, not found)

    def entered(self, field: QWidget | None) -> None:
        """Go from the search to what it found first."""
        found = (row for row in range(self.table.rowCount()) if not self.table.isRowHidden(row))
        if field is self.search and (row := next(found, None)) is not None:
            self.table.cellWidget(row, KEYS).setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self) -> dict[str, list[str]]:
        """Return which actions want the same keys."""
        wanted: dict[str, list[str]] = {}
        for name, edit in self.edits.items():
            if keys := edit.keySequence().toString():
                wanted.setdefault(keys, []).append(name)
        return {keys: names for keys, names in wanted.items() if len(names) > 1}

    @Slot()
    def _look_for_conflicts(self) -> None:
        """Say which keys are wanted twice; then they would do nothing."""
        said = []
        for keys, names in self._taken().items():
            texts = [without_mnemonic(str(self._actions.entry(it).text)) for it in names]
            shown = QKeySequence(keys).toString(TEXT)
            said.append(
                tr("{keys} is wanted for {actions}.", keys=shown, actions=tr(" and ").join(texts))
            )
        self.conflict.setText(" ".join(said))
        self.conflict.setVisible(bool(said))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not said)

    @Slot()
    def _restore(self) -> None:
        for name, edit in self.edits.items():
            edit.setKeySequence(QKeySequence(self._actions.entry(name).shortcut))

    @Slot()
    def _accept(self) -> None:
        for name, edit in self.edits.items():
            self._actions.set_keys(name, edit.keySequence().toString())
        self.accept()
