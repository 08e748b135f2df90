"""What is painted on a tile itself: its frame, number, name, sound, energy and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from isnmf_gui.gui.appearance.theme import Scheme, Theme
from isnmf_gui.session.document.component_sounds import LEAST_SHARE
from isnmf_gui.session.document.document import UNASSIGNED, Source
from isnmf_gui.texts import signed, tr

STRIPE = 4
# Share of the accent in the ground of a selected tile.
TINT = 0.12
# Between the number and the name, between words on one line, and within a pill's ends.
BADGE_GAP, SPACE, PILL_EDGE = 4, 8, 6
# A pill may take so much of its line; a name keeps room for so many digits beside "like 13".
MOST_OF_LINE, LEAST_NAME = 0.5, 6
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


#: Colours with their shares of a whole; None is the colour of what belongs to no source.
Stripe = tuple[tuple[QColor | None, float], ...]


@dataclass(frozen=True)
class Form:
    """How a tile is laid out; all in pixels.

    Attributes
    ----------
    edge, gap : int
        Around everything, and between its rows.
    picture, meter : int
        Heights: of the picture the least.
    width, lines_wide : int
        The least width, and how many times as wide as a line is high it is at least.
    n_lines : int
        Lines of writing below the controls.
    """

    edge: int
    gap: int
    picture: int
    meter: int
    width: int
    n_lines: int
    lines_wide: int = 11

    def size(self, metrics: QFontMetrics) -> QSize:
        """Return the smallest size of a tile in a font."""
        line = metrics.height()
        rows = 2 * (line + 4) + self.n_lines * line + self.picture + self.meter
        return QSize(max(self.width, self.lines_wide * line), 2 * self.edge + 3 * self.gap + rows)


NORMAL = Form(edge=5, gap=4, picture=46, meter=4, width=168, n_lines=2)
#: So that more of them fit: a lower picture, and the energy gives way to the sound.
COMPACT = Form(edge=4, gap=2, picture=21, meter=3, width=150, n_lines=1)


@dataclass(frozen=True)
class Look:
    """What a tile shows by painting.

    The number has the component's own colour, as its curves do; stripe and pill have that of its
    source, and nothing of it where it belongs to none. Where sources share it, the stripe has the
    colours of all of them in proportion: None is what belongs to none.
    """

    form: Form
    color: QColor
    source_color: QColor | None
    number: str
    name: str
    is_named: bool
    like: str
    sound: tuple[str, ...]
    energy: str
    share: str
    source: str
    is_heard: bool
    is_selected: bool
    has_focus: bool
    shares: Stripe = ()


def stripe_colors(shares: Sequence[tuple[Source, float]], theme: Theme) -> Stripe:
    """Return the colours of the sources that share something."""
    return tuple(
        (None if source.id == UNASSIGNED else theme.curve(source.color), share)
        for source, share in shares
    )


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
    line = QColor(scheme.accent if look.is_selected else scheme.line)
    painter.setPen(QPen(line, 2 if look.is_selected else 1))
    painter.setBrush(_ground(scheme, look.is_selected))
    painter.drawRoundedRect(frame, 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_stripe(painter, box, look, scheme)
    if look.has_focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(scheme.text), 1, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), 3, 3)


def _paint_stripe(painter: QPainter, box: QRect, look: Look, scheme: Scheme) -> None:
    edge = look.form.edge
    stripe = QRectF(edge - 1, edge, STRIPE - 1, box.height() - 2 * edge)
    if not look.shares:
        painter.setBrush(look.source_color or QColor(scheme.line))
        painter.drawRoundedRect(stripe, 1.5, 1.5)
        return
    top, total = stripe.top(), sum(share for _, share in look.shares)
    for color, share in look.shares:
        height = stripe.height() * share / total
        part = QRectF(stripe.left(), top, stripe.width(), height)
        painter.fillRect(part, color or QColor(scheme.line))
        top += height


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
    """Paint the number on the component's colour, the name, and what it is like."""
    left = look.form.edge + STRIPE + 1
    right = name_box.x() - BADGE_GAP
    badge = QRect(left, name_box.y() + 1, right - left, name_box.height() - 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color)
    painter.drawRoundedRect(badge, 3, 3)
    painter.setPen(QColor(scheme.base))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, look.number)
    name, like = _name_and_like(painter.fontMetrics(), name_box.width(), look)
    painter.setPen(QColor(scheme.text if look.is_heard else scheme.dim))
    painter.drawText(name_box, LEFT, name)
    painter.setPen(QColor(scheme.dim))
    painter.drawText(name_box, RIGHT if name else LEFT, like)


def _name_and_like(metrics: QFontMetrics, width: int, look: Look) -> tuple[str, str]:
    """Return what there is room for: a name that the number says already gives way first."""
    room = width - metrics.horizontalAdvance(look.like) - SPACE if look.like else width
    if metrics.horizontalAdvance(look.name) <= room:
        return look.name, look.like
    if look.like and not look.is_named:
        return "", _elided(metrics, look.like, width)
    if room < metrics.horizontalAdvance("0") * LEAST_NAME:
        return _elided(metrics, look.name, width), ""
    return _elided(metrics, look.name, room), look.like


def _paint_foot(painter: QPainter, box: QRect, look: Look, scheme: Scheme) -> None:
    """Paint what the sound is like, the energy, and the source on a pill of its colour."""
    line, edge = painter.fontMetrics().height(), look.form.edge
    last = QRect(edge + STRIPE, box.height() - edge - line, 0, line)
    last.setRight(box.width() - edge - 1)
    if look.form.n_lines > 1:
        painter.setPen(QColor(scheme.text if look.is_heard else scheme.dim))
        _paint_sound(painter, last.translated(0, -line), look)
        _paint_energy(painter, _beside_pill(painter, last, look, scheme), look, scheme)
        return
    room = _beside_pill(painter, last, look, scheme)
    if not look.source:
        painter.setPen(QColor(scheme.dim))
        painter.drawText(room, RIGHT, look.energy)
        room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(look.energy) - SPACE, 0)
    painter.setPen(QColor(scheme.text if look.is_heard else scheme.dim))
    _paint_sound(painter, room, look)


def _paint_sound(painter: QPainter, room: QRect, look: Look) -> None:
    """Paint as much of what the sound is like as there is room for."""
    painter.drawText(room, LEFT, _longest(painter, look.sound, room.width()))


def _paint_energy(painter: QPainter, room: QRect, look: Look, scheme: Scheme) -> None:
    """Paint the energy in decibels, and as a share too where there is room for both."""
    painter.setPen(QColor(scheme.dim))
    both = "  ".join(filter(None, (look.energy, look.share)))
    painter.drawText(room, LEFT, _longest(painter, (both, look.energy), room.width()))


def _beside_pill(painter: QPainter, line: QRect, look: Look, scheme: Scheme) -> QRect:
    """Paint the source's name on its colour at the end of a line; return what is left of it."""
    if look.source_color is None:
        return QRect(line)
    metrics = painter.fontMetrics()
    name = _elided(metrics, look.source, round(line.width() * MOST_OF_LINE) - 2 * PILL_EDGE)
    pill = QRect(line)
    width = metrics.horizontalAdvance(name) + 2 * PILL_EDGE
    pill.setLeft(line.right() + 1 - width)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.source_color)
    painter.drawRoundedRect(QRectF(pill), line.height() / 2, line.height() / 2)
    painter.setPen(QColor(scheme.base))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, name)
    return line.adjusted(0, 0, -width - SPACE, 0)


def _longest(painter: QPainter, texts: Sequence[str], width: int) -> str:
    """Return the first of some texts, each shorter than the last, that there is room for."""
    metrics = painter.fontMetrics()
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= width)
    return next(fitting, _elided(metrics, texts[-1], width) if texts else "")


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
