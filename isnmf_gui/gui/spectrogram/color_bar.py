"""The colour bar beside a spectrogram: what colours mean, and a handle on their range."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.spoken_state import Account, Role, Value, tell_value
from isnmf_gui.session.document.scenes import SHOWN_RANGE_DB
from isnmf_gui.spectral.pictures.colormap import color_table
from isnmf_gui.texts import signed, tr

LOWEST_DB, HIGHEST_DB = -160.0, 20.0
NARROWEST_DB = 10.0
DEFAULT_RANGE_DB = (-SHOWN_RANGE_DB, 0.0)
BAR_WIDTH = 14
# This share of the bar at either end moves that end; what is between moves both.
END_SHARE = 0.3
STEP_DB = 5.0
LABEL_STEPS = (1, 2, 5, 10, 20, 50)
LEAST_LABEL_GAP = 28


class ColorBar(QWidget):
    """Shows the range of levels, which can be dragged.

    Parameters
    ----------
    theme : Theme
        Colours of the labels.
    """

    #: Lowest and highest level in dB.
    range_changed = Signal(float, float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = color_table()
        self._drag: tuple[str, float, tuple[float, float]] | None = None
        self.range_db = DEFAULT_RANGE_DB
        self.zero = ""
        #: Room above and below the bar, so that it stands level with the picture.
        self.margins = (8, 30)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setAccessibleName(tr("Range of levels"))
        theme.changed.connect(self.update)
        self.set_zero(tr("the loudest point"))

    def sizeHint(self) -> QSize:
        """Wide enough for the labels."""
        return QSize(BAR_WIDTH + 14 + self.fontMetrics().horizontalAdvance("−160 dB"), 120)

    def set_zero(self, zero: str) -> None:
        """Say what 0 dB is."""
        if zero == self.zero:
            return
        self.zero = zero
        self.setToolTip(
            tr(
                "Colours of the levels, in dB below {zero}.\nDrag an end to move it, the middle "
                "to move both. Wheel: narrower or wider. Double-click: as at first.\nKeys: up "
                "and down move it, + and − make it narrower or wider, Home resets it.",
                zero=zero,
            )
        )

    def set_colors(self, name: str) -> None:
        """Show another colour map."""
        self._table = color_table(name)
        self.update()

    def set_range(self, low: float, high: float) -> None:
        """Choose the range, within its limits."""
        low = min(max(low, LOWEST_DB), HIGHEST_DB - NARROWEST_DB)
        high = min(max(high, low + NARROWEST_DB), HIGHEST_DB)
        if (low, high) != self.range_db:
            self.range_db = (low, high)
            self.range_changed.emit(low, high)
            tell_value(self, low)
            self.update()

    @Slot()
    def reset(self) -> None:
        """Choose the range that it had at first."""
        self.set_range(*DEFAULT_RANGE_DB)

    def account(self) -> Account:
        """Return what a screen reader is told: the range, whose lower end it can set."""
        low, high = self.range_db
        value = Value(low, LOWEST_DB, high - NARROWEST_DB, STEP_DB, self._set_low)
        says = tr("{low:.0f} to {high:.0f} dB", low=low, high=high)
        return Account(Role.Slider, self.toolTip, value, says)

    def _set_low(self, low_db: float) -> None:
        self.set_range(low_db, self.range_db[1])

    def _bar(self) -> QRectF:
        above, below = self.margins
        return QRectF(2, above, BAR_WIDTH, max(1, self.height() - above - below))

    # -- mouse and keys -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end, or of the middle."""
        bar = self._bar()
        share = (event.position().y() - bar.top()) / bar.height()
        end = "high" if share < END_SHARE else "low" if share > 1 - END_SHARE else "both"
        self._drag = (end, event.position().y(), self.range_db)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken hold of: what is dragged keeps its colour."""
        if self._drag is None:
            return
        end, pressed_at, (low, high) = self._drag
        moved = (event.position().y() - pressed_at) / self._bar().height() * (high - low)
        if end == "high":
            self.set_range(low, max(high + moved, low + NARROWEST_DB))
        elif end == "low":
            self.set_range(min(low + moved, high - NARROWEST_DB), high)
        else:
            self._shift(low, high, moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Reset."""
        self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Make the range narrower or wider."""
        self._widen(-STEP_DB * event.angleDelta().y() / 120)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the same by keyboard."""
        key, (low, high) = event.key(), self.range_db
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(low, high, STEP_DB if key == Qt.Key.Key_Up else -STEP_DB)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._widen(-STEP_DB)
        elif key == Qt.Key.Key_Minus:
            self._widen(STEP_DB)
        elif key == Qt.Key.Key_Home:
            self.reset()
        else:
            super().keyPressEvent(event)

    def _shift(self, low: float, high: float, by_db: float) -> None:
        by_db = min(max(by_db, LOWEST_DB - low), HIGHEST_DB - high)
        self.set_range(low + by_db, high + by_db)

    def _widen(self, by_db: float) -> None:
        """Move the lower end, for the loud is where the eye is."""
        low, high = self.range_db
        self.set_range(min(low - by_db, high - NARROWEST_DB), high)

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and its labels."""
        painter = QPainter(self)
        bar, scheme = self._bar(), self._theme.scheme
        pixels = np.ascontiguousarray(self._table[::-1])
        image = QImage(pixels.data, 1, 256, 3, QImage.Format.Format_RGB888)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, image)
        painter.setPen(QColor(scheme.accent if self.hasFocus() else scheme.line))
        painter.drawRect(bar)
        painter.setPen(QColor(scheme.text))
        low, high = self.range_db
        metrics = self.fontMetrics()
        for level in self._labels():
            y = bar.top() + (high - level) / (high - low) * bar.height()
            text = f"{signed(level, '.0f')} dB"
            painter.drawLine(int(bar.right()) + 1, round(y), int(bar.right()) + 4, round(y))
            painter.drawText(int(bar.right()) + 7, round(y + metrics.capHeight() / 2), text)

    def _labels(self) -> list[float]:
        low, high = self.range_db
        most = max(1.0, self._bar().height() / LEAST_LABEL_GAP)
        step = next((it for it in LABEL_STEPS if (high - low) / it <= most), LABEL_STEPS[-1])
        return [float(it) for it in np.arange(np.ceil(low / step) * step, high + 0.01, step)]
