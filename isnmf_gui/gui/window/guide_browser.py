"""Shows pages of the guide: pictures no wider than there is room, links to headings, a search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.window.guide_page import prepared, slug_of
from isnmf_gui.texts import tr

#: Pictures are made anew once the window has kept its size for so long.
REST_MS = 120
MARGIN = 14
FOUND_ALPHA = 90


class GuideBrowser(QTextBrowser):
    """A reader of Markdown files.

    Parameters
    ----------
    theme : Theme
        Whose colours it has, and which pictures are shown.
    """

    #: How many places were found, and which of them is shown, counted from 1.
    found = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._places: list[QTextCursor] = []
        self._wanted = ""
        self.setOpenExternalLinks(True)
        # Its width would count only once a page is laid out.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(MARGIN)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show_anew)
        self.sourceChanged.connect(self._arrived)
        theme.changed.connect(self._rest.start)

    def show_page(self, page: Path) -> None:
        """Show a page from its beginning."""
        self.setSource(QUrl.fromLocalFile(str(page)))

    @property
    def page(self) -> Path:
        """The page that is shown."""
        return Path(self.source().toLocalFile())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a page or a picture as it is shown here."""
        name = QUrl(name)
        url = self.source().resolved(name) if name.isRelative() else name
        path = Path(url.toLocalFile())
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._picture(path)
        if path.suffix == ".md" and path.is_file():
            return prepared(path.read_text(encoding="utf-8"), self._theme.is_dark)
        return super().loadResource(kind, name)

    def _picture(self, path: Path) -> QImage:
        image, ratio = QImage(str(path)), self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * MARGIN) * ratio)
        if not image.isNull() and image.width() > room > 0:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaledToWidth(room, smooth)
        image.setDevicePixelRatio(ratio)
        return image

    @Slot(QUrl)
    def _arrived(self, url: QUrl) -> None:
        """Go to the heading that a link names, and search in the new page."""
        if url.hasFragment():
            self._go_to(url.fragment())
        self._search()

    def _go_to(self, slug: str) -> None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and slug_of(block.text()) == slug:
                layout = self.document().documentLayout()
                top = layout.blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                return
            block = block.next()

    # -- searching ----------------------------------------------------------------------------

    @Slot(str)
    def search(self, wanted: str) -> None:
        """Mark all places where a text stands, and show the first from here on."""
        self._wanted = wanted.strip()
        self._search()
        if self._places:
            here = self.cursorForPosition(self.viewport().rect().topLeft()).position()
            later = [n for n, it in enumerate(self._places) if it.selectionStart() >= here]
            self._show_found(later[0] if later else 0)

    @Slot()
    def find_next(self) -> None:
        """Show the next place; after the last comes the first."""
        self._step(1)

    @Slot()
    def find_previous(self) -> None:
        """Show the place before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._places:
            start = self.textCursor().selectionStart()
            starts = [it.selectionStart() for it in self._places]
            if by > 0:
                place = next((n for n, it in enumerate(starts) if it > start), 0)
            else:
                before = [n for n, it in enumerate(starts) if it < start]
                place = before[-1] if before else len(starts) - 1
            self._show_found(place)

    def _search(self) -> None:
        self._places, cursor = [], QTextCursor(self.document())
        while self._wanted:
            cursor = self.document().find(self._wanted, cursor)
            if cursor.isNull():
                break
            self._places.append(QTextCursor(cursor))
        color = QColor(self._theme.scheme.accent)
        color.setAlpha(FOUND_ALPHA)
        marks = []
        for place in self._places:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = place
            mark.format.setBackground(color)
            marks.append(mark)
        self.setExtraSelections(marks)
        self.found.emit(len(self._places), 0)

    def _show_found(self, place: int) -> None:
        self.setTextCursor(self._places[place])
        self.ensureCursorVisible()
        self.found.emit(len(self._places), place + 1)

    # -- size ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures in soon."""
        super().resizeEvent(event)
        self._rest.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl write larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomIn(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @Slot()
    def _show_anew(self) -> None:
        """Lay the page out for the width and the theme, at the place that was read."""
        if self.source().isEmpty():
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self.reload()
        bar.setValue(round(share * bar.maximum()))

    def summary(self, n_found: int, place: int) -> str:
        """Say how many places were found, and which is shown."""
        if not self._wanted:
            return ""
        if not n_found:
            return tr("Not on this page")
        return tr("{place} of {n}", place=place, n=n_found) if place else str(n_found)
