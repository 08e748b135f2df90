"""How the overview of a recording is painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.spectral.pictures.envelope import Envelope

MARGIN = 4
HANDLE_WIDTH = 5
# Where it is loudest is told of as many pieces.
PIECES = 100
SEEN_ALPHA, OUTSIDE_ALPHA, REGION_ALPHA = 26, 150, 46


@dataclass(frozen=True)
class Marks:
    """What lies over the outline of a recording.

    Attributes
    ----------
    duration_s : float
        Length of the recording.
    position_s : float or None
        What is being heard.
    stretch_s, region_s : tuple of float, the region's or None
        What the spectrogram shows, and what was marked.
    active : int
        Which end of the region keys move.
    """

    duration_s: float
    position_s: float | None
    stretch_s: tuple[float, float]
    region_s: tuple[float, float] | None
    active: int

    def to_x(self, position_s: float, width: int) -> float:
        """Return where a moment is, in pixels."""
        return position_s / self.duration_s * width if self.duration_s > 0 else 0.0


class OverviewPainting:
    """Paints the outline once, and what moves over it each time.

    Parameters
    ----------
    theme : Theme
        Colours.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._envelope: Envelope | None = None
        self._n_samples = 0
        self._outline: QPixmap | None = None

    def set_envelope(self, envelope: Envelope, n_samples: int) -> None:
        """Paint another recording."""
        self._envelope, self._n_samples = envelope, n_samples

    def loudest_share(self) -> float:
        """Return about where the recording is loudest: 0 at its beginning, 1 at its end."""
        if self._envelope is None:
            return 0.0
        n_pieces = min(PIECES, self._n_samples)
        lowest, highest = self._envelope.render(0, self._n_samples, n_pieces)
        return (int(np.argmax(np.maximum(highest, -lowest))) + 0.5) / n_pieces

    def forget(self) -> None:
        """Draw the outline anew the next time: the size or the colours have changed."""
        self._outline = None

    def paint(self, widget: QWidget, marks: Marks) -> None:
        """Paint the widget."""
        painter = QPainter(widget)
        scheme = self._theme.scheme
        painter.fillRect(widget.rect(), QColor(scheme.base))
        if self._envelope is None or marks.duration_s <= 0:
            return
        if self._outline is None:
            self._outline = self._draw_outline(widget)
        painter.drawPixmap(0, 0, self._outline)
        self._paint_stretch(painter, widget, marks)
        self._paint_region(painter, widget, marks)
        if marks.position_s is not None:
            painter.setPen(QPen(QColor(scheme.text), 1))
            x = round(marks.to_x(marks.position_s, widget.width()))
            painter.drawLine(x, 0, x, widget.height())
        painter.setPen(QColor(scheme.accent if widget.hasFocus() else scheme.line))
        painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))

    def _draw_outline(self, widget: QWidget) -> QPixmap:
        ratio = widget.devicePixelRatioF()
        width, height = (max(1, round(n * ratio)) for n in (widget.width(), widget.height()))
        pixmap = QPixmap(width, height)
        pixmap.fill(QColor(self._theme.scheme.base))
        assert self._envelope is not None
        lowest, highest = self._envelope.render(0, self._n_samples, width)
        # At full scale unless it is louder: a quiet recording is to look quiet, but not empty.
        loudest = max(float(np.abs(lowest).max()), float(np.abs(highest).max()))
        scale = (height / 2 - MARGIN * ratio) / max(loudest, 0.25)
        middle = height / 2
        painter = QPainter(pixmap)
        painter.setPen(QPen(self._theme.curve(0), 1))
        painter.drawLines(
            [
                QLineF(x + 0.5, middle - high * scale, x + 0.5, middle - low * scale + 1)
                for x, (low, high) in enumerate(zip(lowest.tolist(), highest.tolist(), strict=True))
            ]
        )
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _paint_stretch(self, painter: QPainter, widget: QWidget, marks: Marks) -> None:
        """Frame what the spectrogram shows, unless that is everything."""
        start, stop = (marks.to_x(it, widget.width()) for it in marks.stretch_s)
        if start <= 0.5 and stop >= widget.width() - 0.5:
            return
        color = QColor(self._theme.scheme.text)
        painter.setPen(QPen(color, 1))
        color.setAlpha(SEEN_ALPHA)
        painter.setBrush(color)
        width = max(2.0, stop - start)
        painter.drawRect(QRectF(start, 1.5, width, widget.height() - 3))

    def _paint_region(self, painter: QPainter, widget: QWidget, marks: Marks) -> None:
        if marks.region_s is None:
            return
        start, stop = (marks.to_x(it, widget.width()) for it in marks.region_s)
        height = widget.height()
        outside = QColor(self._theme.scheme.base)
        outside.setAlpha(OUTSIDE_ALPHA)
        painter.fillRect(QRectF(0, 0, start, height), outside)
        painter.fillRect(QRectF(stop, 0, widget.width() - stop, height), outside)
        accent = QColor(self._theme.scheme.accent)
        inside = QColor(accent)
        inside.setAlpha(REGION_ALPHA)
        painter.fillRect(QRectF(start, 0, stop - start, height), inside)
        for handle, x in enumerate((start, stop)):
            active = widget.hasFocus() and handle == marks.active
            left = x - HANDLE_WIDTH if handle else x
            color = QColor(self._theme.scheme.text) if active else accent
            painter.fillRect(QRectF(left, 0, HANDLE_WIDTH, height), color)
            painter.setPen(QColor(self._theme.scheme.on_accent))
            middle = left + HANDLE_WIDTH / 2
            painter.drawLine(QLineF(middle, height / 2 - 6, middle, height / 2 + 6))
