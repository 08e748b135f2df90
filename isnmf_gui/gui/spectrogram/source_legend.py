"""The legend of a picture of sources: which colour is which."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.spectrogram.source_painting import color_of
from isnmf_gui.gui.widgets.spoken_state import Account, Role
from isnmf_gui.session.document.document import Source
from isnmf_gui.session.document.scenes import Scene
from isnmf_gui.session.document.source_scenes import SourcesScene, is_unassigned
from isnmf_gui.texts import tr

SQUARE, GAP, SPACE = 10, 5, 14


class SourceLegend(QWidget):
    """Names the sources on one line, each beside its colour; hidden where none are seen.

    Parameters
    ----------
    theme : Theme
        Has the colours of the sources.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sources: tuple[Source, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Colours of the sources"))
        self.hide()
        theme.changed.connect(self.update)

    def show_scene(self, scene: Scene | None) -> None:
        """Name the sources of a scene, if it shows them."""
        self.sources = scene.sources if isinstance(scene, SourcesScene) else ()
        self.setVisible(bool(self.sources))
        names = "\n".join(source.name for source in self.sources)
        self.setToolTip(
            tr(
                "Bright is loud, pale is unsure: a place that all sources share alike is grey, "
                "and so is what is unassigned.\n{names}",
                names=names,
            )
        )
        self.update()

    def spoken(self, title: str) -> str:
        """Return a title with the names of the sources that are seen, if there are any."""
        names = ", ".join(source.name for source in self.sources)
        return tr("{title}: {names}", title=title, names=names) if names else title

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(200, self.fontMetrics().height() + 2)

    def account(self) -> Account:
        """Return what a screen reader is told: which sources there are."""
        names = ", ".join(source.name for source in self.sources)
        return Account(Role.StaticText, lambda: names)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint squares and names; where there is little room, all names are cut alike."""
        painter, scheme = QPainter(self), self._theme.scheme
        metrics, left = self.fontMetrics(), 0
        for source, width in zip(self.sources, self._widths(), strict=True):
            square = QRect(left, (self.height() - SQUARE) // 2, SQUARE, SQUARE)
            red, green, blue = color_of(self._theme, source) or (128, 128, 128)
            painter.fillRect(square, QColor(red, green, blue))
            place = QRect(square.right() + 1 + GAP, 0, width, self.height())
            painter.setPen(QColor(scheme.dim if is_unassigned(source) else scheme.text))
            name = metrics.elidedText(source.name, Qt.TextElideMode.ElideRight, width)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            left = place.right() + 1 + SPACE
        painter.end()

    def _widths(self) -> list[int]:
        """Return the widths of the names: as they are, or cut to what fits for each."""
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(source.name) + 1 for source in self.sources]
        room = self.width() - len(widths) * (SQUARE + GAP + SPACE)
        most = max(widths, default=0)
        while most > 1 and sum(min(width, most) for width in widths) > room:
            most -= 1
        return [min(width, most) for width in widths]
