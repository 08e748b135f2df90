"""Buttons that show the key they can be pressed by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from isnmf_gui.session.document.document import Source
from isnmf_gui.texts import tr

#: Longer names are cut off on the button; its tip has all of them.
WIDEST = 150


class KeyButton(QPushButton):
    """Says its key, then what it does.

    Parameters
    ----------
    key : str
        As it is shown.
    words, tip : str
        What it does, in short and at length.
    parent : QWidget, optional
        What it lies in.
    """

    def __init__(self, key: str, words: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.set_words(words, tip)

    def set_words(self, words: str, tip: str) -> None:
        """Say that it does something else."""
        self.setText(f"{self._key}  {words}")
        self.setToolTip(tip)
        self.setAccessibleName(tr("{words}, key {key}", words=words, key=self._key))


class AnswerButton(KeyButton):
    """A source as an answer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", "", parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name = ""

    def show_source(self, source: Source, number: int, swatch: QIcon) -> None:
        """Be a source that is answered by a number."""
        self.name, self._key = source.name, str(number)
        self.set_words(source.name, self._tip(source))
        shown = self.fontMetrics().elidedText(source.name, Qt.TextElideMode.ElideRight, WIDEST)
        self.setText(f"{number}  {shown}".replace("&", "&&"))
        self.setIcon(swatch)
        self.setEnabled(not source.is_locked)

    def _tip(self, source: Source) -> str:
        if source.is_locked:
            return tr("{name} is locked: unlock it to give it more", name=source.name)
        return tr("This place is of {name}", name=source.name)
