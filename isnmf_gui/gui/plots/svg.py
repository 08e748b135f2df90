"""Widgets as SVG drawings, with their writing as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

#: Text of a marker: nobody else's.
BEGIN, END = "isnmf-clip-begin", "isnmf-clip-end"
# Qt's drawing is flat: a group for each change of the painter, none within another.
GROUP = r"<g [^>]*>\s*<text [^>]*>{} (\d+)</text>\s*</g>"
SCALED = re.compile(r'(<g [^>]*transform="matrix\()([^)]*)(\)"[^>]*>)(.*?)(</g>)', re.DOTALL)
IDENTITY = "1,0,0,1,0,0"
UNSCALED = ' vector-effect="non-scaling-stroke"'
POINT = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
LINE = re.compile(r'<polyline fill="none" points="([^"]*)" />\s*')


def svg_of(widget: QWidget, title: str) -> bytes:
    """Return a widget as it is seen as an SVG drawing.

    Qt's generator knows no clipping, so curves would run over the axes of a plot that is zoomed:
    markers around the contents of each view tell where clipping has to begin and end.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRectF(widget.rect()))
    generator.setResolution(widget.logicalDpiX())  # or writing would have another size
    generator.setTitle(title)
    with _marked(widget) as views:
        painter = QPainter(generator)
        paint(widget, painter)
        painter.end()
    drawing = bytes(buffer.data().data()).decode()
    drawing = SCALED.sub(_with_plain_lines, _clipped(drawing, views))
    # Where a family is not installed, programs would take one with serifs.
    return re.sub(r'font-family="([^"]*)"', r'font-family="\1, sans-serif"', drawing).encode()


def paint(widget: QWidget, painter: QPainter) -> None:
    """Draw a widget as it is seen."""
    if isinstance(widget, QGraphicsView):
        widget.render(painter, QRectF(widget.rect()), widget.viewport().rect())
    else:
        widget.render(painter, QPoint(0, 0))


class _Marker(QGraphicsItem):
    """Writes its text where it stands in the order of drawing."""

    def __init__(self, view: pg.ViewBox, text: str, z: float) -> None:
        super().__init__(view)
        self._text = text
        self.setZValue(z)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 1, 1)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.setPen(QPen("#010203"))
        painter.drawText(0, 0, self._text)


@contextmanager
def _marked(widget: QWidget) -> Iterator[list[QRectF]]:
    """Mark the contents of all views of a plot; yields where they are."""
    if not isinstance(widget, pg.GraphicsView):
        yield []
        return
    views = [item for item in widget.scene().items() if isinstance(item, pg.ViewBox)]
    markers = [
        _Marker(view, f"{text} {n}", z)
        for n, view in enumerate(views)
        for text, z in ((BEGIN, -1e9), (END, 1e9))
    ]
    try:
        yield [view.sceneBoundingRect() for view in views]
    finally:
        for marker in markers:
            widget.scene().removeItem(marker)


def _clipped(svg: str, views: list[QRectF]) -> str:
    """Replace markers by groups that clip."""
    svg = re.sub(GROUP.format(BEGIN), r'<g clip-path="url(#view\1)">', svg)
    svg = re.sub(GROUP.format(END), "</g>", svg)
    paths = "".join(
        f'<clipPath id="view{n}"><rect x="{it.x():g}" y="{it.y():g}" width="{it.width():g}" '
        f'height="{it.height():g}"/></clipPath>'
        for n, it in enumerate(views)
    )
    return svg.replace("</defs>", f"{paths}</defs>", 1)


def _with_plain_lines(group: re.Match[str]) -> str:
    """Return a group whose lines are drawn in the units of the drawing.

    Curves come in units of their axes, with an attribute against scaling their width that many
    programs do not know.
    """
    head, numbers, tail, body, end = group.groups()
    if UNSCALED not in body or "<rect" in body or "<text" in body or "<image" in body:
        return group.group()
    a, b, c, d, e, f = (float(number) for number in numbers.split(","))

    def moved(point: re.Match[str]) -> str:
        x, y = float(point[1]), float(point[2])
        return f"{a * x + c * y + e:.6g},{b * x + d * y + f:.6g}"

    body = POINT.sub(moved, body.replace(UNSCALED, ""))
    return head + IDENTITY + tail + _joined(body) + end


def _joined(body: str) -> str:
    """Join stretches that follow one another into one line; pyqtgraph draws thick ones in bits."""
    lines: list[list[str]] = []
    for match in LINE.finditer(body):
        points = match[1].split()
        if lines and lines[-1][-1] == points[0]:
            lines[-1] += points[1:]
        else:
            lines.append(points)
    joined = "".join(f'<polyline fill="none" points="{" ".join(it)}" />\n' for it in lines)
    return LINE.sub("", body) + joined
