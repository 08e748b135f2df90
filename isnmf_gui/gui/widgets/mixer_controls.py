"""The controls on a tile: small buttons, a fader, and the field to rename in.

They paint themselves: of 64 tiles there are hundreds, and style sheets would take their time.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLineEdit, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.spoken_state import Account, Role, Value
from isnmf_gui.session.edits.mix_edits import LEAST_GAIN_DB, MOST_GAIN_DB
from isnmf_gui.texts import signed, tr

# The fader counts in tenths of a decibel.
STEPS_PER_DB = 10
# Drags catch 0 dB this near to it.
CATCH_DB = 0.4
# With Shift a drag is finer by this factor.
FINE = 0.1
HANDLE_WIDTH = 6
# Pixels; with fewer, a drag is too coarse.
LEAST_TRACK = 60


class TileButton(QAbstractButton):
    """A small button with a letter or an icon; it shows what it is told, not what was pressed."""

    def __init__(self, parent: QWidget, theme: Theme, letter: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = ""
        self._inverted = letter == "M"  # so that it differs from S by more than its letter
        self.setText(letter)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_state(self, on: bool, name: str, tip: str, icon: str = "") -> None:
        """Show whether it is on, and what it does; its name is the same either way."""
        self._icon_name = icon
        self.setChecked(on)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        if tip != self.toolTip():
            self.setToolTip(tip)
        self.update()

    def nextCheckState(self) -> None:
        """Leave the state alone: it follows the document."""

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer is elsewhere."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a rounded box, filled when on."""
        scheme = self._theme.scheme
        fill, ink = QColor(scheme.raised), QColor(scheme.text)
        if self.isChecked():
            fill = QColor(scheme.text if self._inverted else scheme.accent)
            ink = QColor(scheme.raised if self._inverted else scheme.on_accent)
        elif not self.isEnabled():
            ink = QColor(scheme.line)
        elif self.isDown() or self.underMouse():
            fill = QColor(scheme.line)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(fill)
        painter.setPen(QColor(scheme.text if self.hasFocus() else scheme.line))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self._icon_name:
            self._paint_icon(painter, ink)
        else:
            painter.setPen(ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _paint_icon(self, painter: QPainter, ink: QColor) -> None:
        """Paint a triangle or a square: an icon would be pale on the filled button."""
        side = min(self.width(), self.height()) * 0.46
        x, y = (self.width() - side) / 2, (self.height() - side) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if self._icon_name == "stop":
            painter.drawRect(QRectF(x, y, side, side))
        else:
            right = QPoint(round(x + side), round(y + side / 2))
            painter.drawPolygon(
                [QPoint(round(x), round(y - 1)), right, QPoint(round(x), round(y + side + 1))]
            )


class Fader(QAbstractSlider):
    """A horizontal gain fader with its value beside it."""

    #: The person begins to move it, by mouse or by a key that is held down; and ends that.
    grabbed = Signal()
    released = Signal()
    #: The person wants this gain in dB.
    moved = Signal(float)
    #: The person wants 0 dB.
    reset_wanted = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._color = QColor()
        self._from: tuple[float, float] | None = None
        self._is_wheeled = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(round(LEAST_GAIN_DB * STEPS_PER_DB), round(MOST_GAIN_DB * STEPS_PER_DB))
        self.setSingleStep(STEPS_PER_DB // 2)
        self.setPageStep(3 * STEPS_PER_DB)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip(
            tr(
                "Gain. Drag it (with Shift finely), or use the arrow keys. "
                "Double-click, Ctrl+click or Delete: 0 dB"
            )
        )
        self.valueChanged.connect(self._changed)

    @property
    def gain_db(self) -> float:
        """The gain it shows."""
        return self.value() / STEPS_PER_DB

    def show_gain(self, gain_db: float, name: str, color: QColor) -> None:
        """Show a gain without wanting it."""
        with QSignalBlocker(self):
            self.setValue(round(gain_db * STEPS_PER_DB))
        self._color = color
        self.setAccessibleName(tr("Gain of {name}", name=name))
        self.update()

    def account(self) -> Account:
        """Return what a screen reader is told: the gain in decibels, which it can set."""
        ends = LEAST_GAIN_DB, MOST_GAIN_DB
        step = self.singleStep() / STEPS_PER_DB
        value = Value(self.gain_db, *ends, step, lambda db: self.setValue(round(db * STEPS_PER_DB)))
        return Account(Role.Slider, value=value, says=gain_text(self.gain_db))

    @Slot(int)
    def _changed(self, value: int) -> None:
        self.moved.emit(value / STEPS_PER_DB)

    # -- mouse and keys -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, wherever the pointer is: a careless click shall not jump."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.reset_wanted.emit()
        else:
            self.setSliderDown(True)
            self._from = event.position().x(), _place(self.gain_db)
            self.grabbed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle."""
        if self._from is None:
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        x, place = self._from
        way = (event.position().x() - x) / max(1, self._track().width() - HANDLE_WIDTH)
        place += way * (FINE if fine else 1.0)
        self._from = event.position().x(), place  # past an end too, so that the way back is as long
        gain_db = _gain(min(max(place, 0.0), 1.0))
        if abs(gain_db) < CATCH_DB and not fine:
            gain_db = 0.0
        self.setValue(round(gain_db * STEPS_PER_DB))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._let_go()

    def _let_go(self) -> None:
        if self._from is not None or self._is_wheeled:
            self._from, self._is_wheeled = None, False
            self.setSliderDown(False)
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to 0 dB."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Follow the wheel only with the focus, so that scrolling past changes nothing."""
        if not self.hasFocus():
            event.ignore()
            return
        if not self._is_wheeled:
            self._is_wheeled = True
            self.grabbed.emit()
        super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """End what the wheel did: it tells nobody when it rests."""
        super().leaveEvent(event)
        self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to 0 dB with Delete; the rest is every slider's."""
        if not event.isAutoRepeat():
            self.grabbed.emit()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End what a key did that was held down."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.released.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what is not there any more."""
        super().hideEvent(event)
        self._let_go()

    # -- painting -----------------------------------------------------------------------------

    def _track(self) -> QRect:
        text = self.fontMetrics().horizontalAdvance(f"−60.0{self._unit}")
        return self.rect().adjusted(2, 0, -text - 6, 0)

    @property
    def _unit(self) -> str:
        """The unit of the value, where that leaves enough of the track."""
        text = self.fontMetrics().horizontalAdvance("−60.0 dB")
        return " dB" if self.width() - text >= LEAST_TRACK else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track, the stretch between 0 dB and the handle, the handle and the value."""
        scheme, track = self._theme.scheme, self._track()
        middle, way = track.center().y(), track.width() - HANDLE_WIDTH
        at, zero = (track.left() + round(way * _place(gain)) for gain in (self.gain_db, 0.0))
        painter = QPainter(self)
        half = HANDLE_WIDTH // 2
        painter.fillRect(QRect(track.left(), middle - 1, track.width(), 3), QColor(scheme.line))
        left, right = sorted((at, zero))
        painter.fillRect(QRect(left + half, middle - 1, right - left, 3), self._color)
        painter.fillRect(QRect(zero + half, middle - 4, 1, 9), QColor(scheme.dim))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.accent if self.hasFocus() else scheme.text))
        painter.drawRoundedRect(QRect(at, middle - 6, HANDLE_WIDTH, 13), 2, 2)
        painter.setPen(QColor(scheme.text if self.value() else scheme.dim))
        painter.drawText(self.rect(), _RIGHT, gain_text(self.gain_db, self._unit))
        painter.end()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def gain_text(gain_db: float, unit: str = " dB") -> str:
    """Write a gain: −3.5 dB; at the lower end it is −∞."""
    if gain_db <= LEAST_GAIN_DB:
        return f"−∞{unit}"
    sign = "+" if gain_db > 0 else ""
    return f"{sign}{signed(gain_db + 0.0, '.1f')}{unit}"


# Faders are squeezed towards the quiet end: half of the way is about the loudest 20 dB.
def _place(gain_db: float) -> float:
    return float(((gain_db - LEAST_GAIN_DB) / (MOST_GAIN_DB - LEAST_GAIN_DB)) ** 2)


def _gain(place: float) -> float:
    return float(LEAST_GAIN_DB + (MOST_GAIN_DB - LEAST_GAIN_DB) * place**0.5)


class NameField(QLineEdit):
    """Edits a name in place: Enter or leaving takes it, Esc does not."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, hint: str) -> None:
        super().__init__(title, parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(tr("New name of {hint}", hint=hint))
        self.setToolTip(tr("Enter takes the name, Esc leaves the old one; empty: its number again"))
        self.selectAll()
        self._ended = False
        self.editingFinished.connect(self._finish)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window's actions."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _finish(self) -> None:
        if not self._ended:  # leaving after Enter finishes again
            self._ended = True
            self.named.emit(self.text())
            self._end()

    def _end(self) -> None:
        self._ended = True
        parent = self.parentWidget()
        if self.hasFocus() and parent is not None:
            parent.setFocus()
        self.hide()
        self.deleteLater()
