"""Asks how a source is called that is an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from isnmf_gui.gui.widgets.deliberate_dialog import DeliberateDialog
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.texts import tr


class NewSourceDialog(DeliberateDialog):
    """A name, which may be left out; Enter takes it."""

    #: The source is to be made, with this name or "".
    named = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New source"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setMaxLength(100)
        self.name.setToolTip(tr("What the source is called; without a name it gets a number"))
        form = QFormLayout()
        form.addRow(tr("&Name"), self.name)
        button = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(button.Cancel)
        self.make = self.accepting = buttons.addButton(
            tr("&Make it"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.make.setToolTip(tr("Make this source, and let it be the answer"))
        buttons.button(button.Cancel).setToolTip(str(CANCEL_TIP))
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.name.setFocus()

    def entered(self, field: QWidget | None) -> None:
        """Make the source from its name."""
        if field is self.name:
            self.make.click()

    @Slot()
    def _make(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()
