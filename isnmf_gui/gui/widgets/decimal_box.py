"""A field for a number with a fraction, written with a point or a comma."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox


class DecimalBox(QDoubleSpinBox):
    """Takes either decimal mark, whatever the locale's is; digits are not grouped."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is a number, or may become one."""
        return super().validate(self._with_own_mark(text), position)

    def valueFromText(self, text: str) -> float:
        """Return the number that a text is."""
        return super().valueFromText(self._with_own_mark(text))

    def _with_own_mark(self, text: str) -> str:
        mark = self.locale().decimalPoint()
        return text.replace(",", mark).replace(".", mark)
