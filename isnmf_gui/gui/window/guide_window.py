"""The guide, to be read beside the work: its pages, with a list of them and a search."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.window.guide_browser import GuideBrowser
from isnmf_gui.gui.window.guide_page import pages_of, title_of
from isnmf_gui.paths import guide
from isnmf_gui.texts import tr

SIZE, LIST_WIDTH = (980, 720), 210


class GuideWindow(QDialog):
    """A window of its own that leaves the main one free.

    Parameters
    ----------
    theme : Theme
        Colours, icons, and which pictures are shown.
    parent : QWidget
        The main window.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._pages = list(pages_of(guide()))
        self.browser = GuideBrowser(theme)
        self.browser.setAccessibleName(tr("Page of the guide"))
        self.browser.sourceChanged.connect(self._arrived)
        self.browser.found.connect(self._found)
        self.pages = QListWidget()
        self.pages.addItems([title_of(page) for page in self._pages])
        self.pages.setAccessibleName(tr("Pages of the guide"))
        self.pages.setToolTip(tr("Choose a page to read"))
        self.pages.currentRowChanged.connect(self._chosen)
        self._build_bar()
        self._lay_out()
        self._add_keys()
        theme.changed.connect(self._set_icons)
        self._set_icons()
        self.resize(*SIZE)
        self.pages.setCurrentRow(0)
        self.browser.setFocus()

    def _build_bar(self) -> None:
        self.back = self._button(tr("Back"), tr("The page before (Alt+←)"))
        self.forward = self._button(tr("Forward"), tr("The page that was left by Back (Alt+→)"))
        self.back.clicked.connect(self.browser.backward)
        self.forward.clicked.connect(self.browser.forward)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search on this page"))
        self.search.setAccessibleName(tr("Search on this page"))
        self.search.setToolTip(
            tr("Mark where this stands (Ctrl+F). Enter: the next; Shift+Enter: the one before")
        )
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(260)
        self.search.textChanged.connect(self.browser.search)
        self.search.returnPressed.connect(self.browser.find_next)
        self.count = QLabel()
        self.count.setProperty("role", "dim")

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setEnabled(False)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        for widget in (self.back, self.forward):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.count)
        bar.addWidget(self.search, 1)
        splitter = QSplitter()
        splitter.addWidget(self.pages)
        splitter.addWidget(self.browser)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LIST_WIDTH, SIZE[0] - LIST_WIDTH])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(splitter, 1)

    def _add_keys(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.Find, self._begin_search),
            (QKeySequence.StandardKey.ZoomIn, self.browser.zoomIn),
            (QKeySequence.StandardKey.ZoomOut, self.browser.zoomOut),
            (QKeySequence("Shift+Return"), self.browser.find_previous),
            (QKeySequence.StandardKey.FindNext, self.browser.find_next),
            (QKeySequence.StandardKey.FindPrevious, self.browser.find_previous),
        ):
            QShortcut(QKeySequence(keys), self, act)

    @Slot()
    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(int)
    def _chosen(self, row: int) -> None:
        if row >= 0 and self._pages[row] != self.browser.page:
            self.browser.show_page(self._pages[row])

    @Slot(QUrl)
    def _arrived(self, url: QUrl) -> None:
        """Let the list say which page is read; one that is not in it is nowhere there."""
        page = Path(url.toLocalFile())
        with QSignalBlocker(self.pages):  # the browser goes there only after this
            self.pages.setCurrentRow(self._pages.index(page) if page in self._pages else -1)

    @Slot(int, int)
    def _found(self, n_found: int, place: int) -> None:
        self.count.setText(self.browser.summary(n_found, place))

    @Slot()
    def _set_icons(self) -> None:
        self.back.setIcon(self._theme.icon("back"))
        self.forward.setIcon(self._theme.icon("forward"))
