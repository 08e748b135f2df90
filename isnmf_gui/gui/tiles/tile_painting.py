"""What is painted on a tile itself: its frame, number, name, energy and source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from isnmf_gui.gui.appearance.theme import Scheme
from isnmf_gui.session.document.component_sounds import LEAST_SHARE
from isnmf_gui.texts import signed, tr

PICTURE_HEIGHT, METER_HEIGHT = 46, 4
EDGE, STRIPE, GAP = 5, 4, 4
# Share of the accent in the ground of a selected tile.
TINT = 0.12
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Look:
    """What a tile shows by painting."""

    color: QColor
    number: str
    name: str
    energy: str
    share: str
    source: str
    is_heard: bool
    is_selected: bool
    has_focus: bool


def tile_size(metrics: QFontMetrics) -> QSize:
    """Return the smallest size of a tile in a font."""
    line = metrics.height()
    height = 2 * EDGE + 3 * GAP + 2 * (line + 4) + line + PICTURE_HEIGHT + METER_HEIGHT
    return QSize(max(168, 11 * line), height)


def energy_text(energy: float) -> str:
    """Write an energy, relative to the recording's, in decibels."""
    if energy < LEAST_SHARE:
        return tr("silent")
    level = round(10 * float(np.log10(energy)), 1) + 0.0  # no minus before zero
    return f"{signed(level, '.1f')} dB"


def paint_tile(painter: QPainter, box: QRect, name_box: QRect, look: Look, scheme: Scheme) -> None:
    """Paint a tile; what is selected or has the focus differs by more than a colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_frame(painter, box, look, scheme)
    _paint_head(painter, name_box, look, scheme)
    _paint_foot(painter, box, look, scheme)


def _paint_frame(painter: QPainter, box: QRect, look: Look, scheme: Scheme) -> None:
    frame = QRectF(box).adjusted(1, 1, -1, -1)
    edge = QColor(scheme.accent if look.is_selected else scheme.line)
    painter.setPen(QPen(edge, 2 if look.is_selected else 1))
    painter.setBrush(_ground(scheme, look.is_selected))
    painter.drawRoundedRect(frame, 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color)
    painter.drawRoundedRect(QRectF(4, EDGE, STRIPE - 1, box.height() - 2 * EDGE), 1.5, 1.5)
    if look.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(scheme.text), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), 3, 3)


def _ground(scheme: Scheme, is_selected: bool) -> QColor:
    ground, tint = QColor(scheme.raised), QColor(scheme.accent)
    if not is_selected:
        return ground
    pairs = (
        (ground.red(), tint.red()),
        (ground.green(), tint.green()),
        (ground.blue(), tint.blue()),
    )
    red, green, blue = (round(plain + TINT * (pure - plain)) for plain, pure in pairs)
    return QColor(red, green, blue)


def _paint_head(painter: QPainter, name_box: QRect, look: Look, scheme: Scheme) -> None:
    """Paint the number on the component's colour, and the name."""
    left = EDGE + STRIPE + 1
    badge = QRect(left, name_box.y() + 1, name_box.x() - GAP - left, name_box.height() - 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color)
    painter.drawRoundedRect(badge, 3, 3)
    painter.setPen(QColor(scheme.base))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, look.number)
    painter.setPen(QColor(scheme.text if look.is_heard else scheme.dim))
    painter.drawText(name_box, LEFT, _elided(painter, look.name, name_box.width()))


def _paint_foot(painter: QPainter, box: QRect, look: Look, scheme: Scheme) -> None:
    """Paint the energy, and the source in place of the share if there is one."""
    metrics = painter.fontMetrics()
    line = metrics.height()
    foot = QRect(EDGE + STRIPE, box.height() - EDGE - line, 0, line)
    foot.setRight(box.width() - EDGE - 1)
    painter.setPen(QColor(scheme.dim))
    if not look.source:
        painter.drawText(foot, LEFT, "  ".join(filter(None, (look.energy, look.share))))
        return
    painter.drawText(foot, LEFT, look.energy)
    room = foot.width() - metrics.horizontalAdvance(look.energy) - 8
    name = _elided(painter, look.source, room - 12)
    chip = QRect(foot)
    chip.setLeft(foot.right() - metrics.horizontalAdvance(name) - 11)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
    painter.setPen(QColor(scheme.text))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
