"""Fields for numbers that take whatever number is typed, and say so where it is beyond a limit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QSpinBox, QWidget

from isnmf_gui.texts import tr

#: So long a note can be read.
NOTE_MS = 8000
GAP = 2


class LimitNote(QLabel):
    """A sentence at a field, within its window, for as long as it takes to read."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", "note")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(NOTE_MS)
        self._rest.timeout.connect(self.hide)
        field.destroyed.connect(self.deleteLater)

    def say(self, text: str) -> None:
        """Show a sentence, and let screen readers say it."""
        if text == self.text() and self.isVisible():
            return
        self.setText(text)
        self.adjustSize()
        self._move_beside()
        self.show()
        self.raise_()
        self._rest.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, text))

    def _move_beside(self) -> None:
        """Stand below the field, or above it where the window ends."""
        room = self.window().rect()
        place = self._field.mapTo(self.window(), QPoint(0, self._field.height() + GAP))
        if place.y() + self.height() > room.bottom():
            place.setY(place.y() - self._field.height() - 2 * GAP - self.height())
        place.setX(max(min(place.x(), room.right() - self.width()), 0))
        self.move(place)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget how long it was to be seen."""
        self._rest.stop()
        super().hideEvent(event)


class LimitWatch(QObject):
    """Knows where a number that is typed into a field is beyond its limits, and says so.

    Qt's own boxes ignore the key that would lead beyond the highest number, so that 20000 becomes
    2000 where 10000 is the most, and go back to the number before where it is too low.

    Parameters
    ----------
    field : QSpinBox or QDoubleSpinBox
        Which asks for the `limit` of what is typed.
    """

    def __init__(self, field: QSpinBox | QDoubleSpinBox) -> None:
        super().__init__(field)
        self._field = field
        self._typed = ""
        self._note: LimitNote | None = None
        field.lineEdit().textEdited.connect(self._edited)
        field.editingFinished.connect(self._finished)
        field.installEventFilter(self)

    def limit(self, text: str) -> float | None:
        """Return the limit that a text is beyond; None if it is no number, or one within."""
        number, is_number = self._field.locale().toDouble(self._bare(text))
        least, most = self._field.minimum(), self._field.maximum()
        if not is_number or least <= number <= most:
            return None
        return most if number > most else least

    def _bare(self, text: str) -> str:
        """Return a text without what stands around the number, with the mark of the locale."""
        bare = text.removeprefix(self._field.prefix()).removesuffix(self._field.suffix()).strip()
        is_decimal = isinstance(self._field, QDoubleSpinBox)
        return with_own_mark(bare, self._field) if is_decimal else bare

    @Slot(str)
    def _edited(self, text: str) -> None:
        """Say where the limit is while what is typed is beyond it, unless digits may follow."""
        limit = self.limit(text)
        self._typed = self._bare(text) if limit is not None else ""
        is_upper = limit is not None and limit == self._field.maximum()
        if limit is not None and is_upper != self._typed.startswith("-"):
            self._say(self._sentence(limit))
        elif self._note is not None:
            self._note.hide()

    @Slot()
    def _finished(self) -> None:
        """Say what became of a number beyond the limits."""
        typed, self._typed = self._typed, ""
        if typed:
            limit = self._sentence(self._field.value())
            self._say(tr("{limit} It is that now, not {typed}.", limit=limit, typed=typed))

    def _sentence(self, limit: float) -> str:
        field = self._field
        if isinstance(field, QSpinBox):
            shown = field.textFromValue(int(limit)) + field.suffix()
        else:
            shown = field.textFromValue(limit) + field.suffix()
        if limit == self._field.maximum():
            return tr("At most {number}.", number=shown)
        return tr("At least {number}.", number=shown)

    def _say(self, text: str) -> None:
        if self._note is None:
            self._note = LimitNote(self._field)
        self._note.say(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the note away with the field."""
        if self._note is not None and event.type() in (QEvent.Type.Hide, QEvent.Type.Move):
            self._note.hide()
        return super().eventFilter(watched, event)


class NumberBox(QSpinBox):
    """A field for a whole number."""

    def __init__(self) -> None:
        super().__init__()
        self._limits = LimitWatch(self)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is a number, or may become one."""
        if self._limits.limit(text) is not None:
            return QValidator.State.Acceptable, text, position
        return super().validate(text, position)

    def valueFromText(self, text: str) -> int:
        """Return the number that a text is, or the limit that it is beyond."""
        limit = self._limits.limit(text)
        return super().valueFromText(text) if limit is None else int(limit)


class DecimalBox(QDoubleSpinBox):
    """A field for a number with a fraction; takes a point or a comma, whatever the locale's is."""

    def __init__(self) -> None:
        super().__init__()
        self._limits = LimitWatch(self)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Tell whether a text is a number, or may become one."""
        if self._limits.limit(text) is not None:
            return QValidator.State.Acceptable, text, position
        return super().validate(with_own_mark(text, self), position)

    def valueFromText(self, text: str) -> float:
        """Return the number that a text is, or the limit that it is beyond."""
        limit = self._limits.limit(text)
        return super().valueFromText(with_own_mark(text, self)) if limit is None else limit


def with_own_mark(text: str, field: QWidget) -> str:
    """Return a text with the decimal mark of a field's locale; digits are not grouped."""
    mark = field.locale().decimalPoint()
    return text.replace(",", mark).replace(".", mark)
