"""A bar that offers to carry sources and names over, and waits for no answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from isnmf_gui.texts import tr


class OfferBar(QFrame):
    """Says what fits, with a button that takes it and one that does not; hidden by itself."""

    taken = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "offer")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.take_button = QPushButton(tr("Carry over"))
        self.decline_button = QPushButton(tr("No"))
        self.decline_button.setAccessibleName(tr("Do not carry over"))
        self.decline_button.setToolTip(
            tr("Leave them as they are; the menu Mix carries over later too")
        )
        self.take_button.clicked.connect(self.taken)
        self.decline_button.clicked.connect(self.declined)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 3, 3)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.take_button)
        layout.addWidget(self.decline_button)
        self.hide()

    @property
    def text(self) -> str:
        """What is offered; "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def offer(self, text: str, keys: str) -> None:
        """Offer something; the keys take it too."""
        self._text.setText(text)
        tip = tr(
            "Give these components the sources and names of those that they are like; "
            "Undo takes it back"
        )
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.take_button.setToolTip(f"{tip} ({shown})" if shown else tip)
        self.show()
