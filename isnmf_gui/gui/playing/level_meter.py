"""How loud it is: peak and RMS of every channel, and a mark where full scale was passed."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.spoken_state import Account, Role, Value
from isnmf_gui.texts import N_, tr

#: Lower end of the scale, in dB of full scale.
LOWEST_DB = -60.0
#: How fast the bars fall, and how long the highest peak stays.
FALL_DB_PER_S = 24.0
HOLD_S = 1.5
CLIP_WIDTH = 7
TIP = N_(
    "Level of what you hear: bar RMS, line peak. The mark at the end lights up once full scale "
    "was passed; click it to put it out."
)


def in_db(amplitude: ArrayLike) -> NDArray[np.float64]:
    """Return 20 log10 of amplitudes, `LOWEST_DB` at least."""
    least = 10 ** (LOWEST_DB / 20)
    levels: NDArray[np.float64] = 20 * np.log10(np.maximum(np.asarray(amplitude, float), least))
    return levels


class LevelMeter(QWidget):
    """A bar per channel, on a scale in decibels."""

    #: The person has seen that it clipped.
    clip_seen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = time.monotonic
        self._fell_s = self._clock()
        self.set_channels(2)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Level"))
        theme.changed.connect(self.update)

    def set_channels(self, n_channels: int) -> None:
        """Show so many bars."""
        self.rms_db = np.full(n_channels, LOWEST_DB)
        self.peak_db = np.full(n_channels, LOWEST_DB)
        self.clipped = np.zeros(n_channels, bool)
        self._held_s = np.zeros(n_channels)

    def sizeHint(self) -> QSize:
        """Return a size that fits into the transport bar."""
        return QSize(132, 20)

    # -- values -------------------------------------------------------------------------------

    def show_levels(self, peak: ArrayLike, rms: ArrayLike, clipped: ArrayLike) -> None:
        """Take what was heard since the last call, each of shape (n_channels,), linear."""
        peaks, now_s = in_db(peak), self._clock()
        if len(peaks) != len(self.peak_db):
            self.set_channels(len(peaks))
        fall_db = FALL_DB_PER_S * (now_s - self._fell_s)
        self._fell_s = now_s
        self.rms_db = np.maximum(in_db(rms), self.rms_db - fall_db)
        fallen = np.where(now_s - self._held_s > HOLD_S, self.peak_db - fall_db, self.peak_db)
        is_higher = peaks >= fallen
        self._held_s[is_higher] = now_s
        self.peak_db = np.maximum(np.where(is_higher, peaks, fallen), LOWEST_DB)
        self.clipped = np.asarray(clipped, bool)
        self.update()

    def rest(self) -> None:
        """Let all bars fall: nothing plays. Clip marks stay until they were seen."""
        self.rms_db.fill(LOWEST_DB)
        self.peak_db.fill(LOWEST_DB)
        self.update()

    def text(self) -> str:
        """Return the levels in words."""
        names = (tr("left"), tr("right")) if len(self.peak_db) == 2 else None
        parts = []
        for channel, (peak, rms) in enumerate(zip(self.peak_db, self.rms_db, strict=True)):
            name = names[channel] if names else tr("channel {channel}", channel=channel + 1)
            level = (
                tr("silent")
                if peak <= LOWEST_DB
                else tr("peak {peak:.0f}, RMS {rms:.0f} dB", peak=peak, rms=rms)
            )
            if self.clipped[channel]:
                level = tr("{level}, clipped", level=level)
            parts.append(f"{name} {level}")
        return "; ".join(parts)

    def account(self) -> Account:
        """Return what a screen reader is told: the highest peak, and all levels in words."""
        value = Value(min(float(self.peak_db.max()), 0.0), LOWEST_DB, 0.0)
        return Account(Role.ProgressBar, lambda: str(TIP), value, self.text())

    # -- Qt -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tell the levels when the pointer rests here."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(
                event.globalPos(), f"{TIP}\n\n" + tr("Now: {levels}", levels=self.text()), self
            )
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the clip mark out."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._see_clip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the clip mark out with Enter or Backspace."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace):
            self._see_clip()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _see_clip(self) -> None:
        self.clipped = np.zeros_like(self.clipped)
        self.clip_seen.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a bar, a line and a mark for every channel."""
        painter = QPainter(self)
        scheme = self._theme.scheme
        n_channels = len(self.peak_db)
        gap = 2 if n_channels <= 4 else 1
        height = (self.height() - gap * (n_channels - 1)) / n_channels
        width = self.width() - CLIP_WIDTH - 2
        for channel in range(n_channels):
            top = channel * (height + gap)
            painter.fillRect(QRectF(0, top, width, height), QColor(scheme.line))
            bar = QRectF(0, top, self._place(self.rms_db[channel], width), height)
            painter.fillRect(bar, QColor(scheme.meter))
            if self.peak_db[channel] > LOWEST_DB:
                at = min(self._place(self.peak_db[channel], width), width - 2)
                painter.fillRect(QRectF(at, top, 2, height), QColor(scheme.text))
            color = scheme.alarm if self.clipped[channel] else scheme.line
            painter.fillRect(QRectF(width + 2, top, CLIP_WIDTH, height), QColor(color))
        if self.hasFocus():
            painter.setPen(QColor(scheme.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    @staticmethod
    def _place(level_db: float, width: float) -> float:
        return max(0.0, min(1.0, 1 - level_db / LOWEST_DB)) * width
