"""Saving and copying what a plot shows: as a picture, a drawing, or numbers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QObject,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from isnmf_gui.gui.control.jobs import Jobs
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.plots.svg import paint, svg_of
from isnmf_gui.session.export.extras.tables import Table, write_csv
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.files.safe_names import safe
from isnmf_gui.texts import N_, Marked, tr

#: Pictures have so many pixels for each one on the screen.
SCALE = 2
PICTURES = {"png": N_("PNG picture (*.png)"), "svg": N_("SVG drawing (*.svg)")}
DATA = {"csv": N_("Comma-separated values (*.csv)")}
SAVE_PICTURE_TIP = N_("What the plot shows, as PNG or SVG")
COPY_PICTURE_TIP = N_("What the plot shows, to be pasted elsewhere")
SAVE_DATA_TIP = N_("The numbers behind the plot, for a spreadsheet")
COPY_DATA_TIP = N_("The numbers behind the plot, to be pasted into a spreadsheet")
JOB = "plot"


class PlotFiles(QObject):
    """What can be saved and copied of one plot, with the menu for it.

    The menu opens by a right click and by the menu key (Shift+F10); `menu` makes another one.

    Parameters
    ----------
    jobs : Jobs
        Where files are written, as the job "plot"; errors go the way of every job's.
    preferences : Preferences
        Remember the folder.
    plot : QWidget
        A pyqtgraph plot, or any widget that paints itself.
    data : callable or None
        Returns the `Table` behind what is seen, or None if there is nothing.
    name : str
        What it is a plot of, for people: "Loss".
    dressed : callable
        Returns a context in which the plot shows what only a picture of it needs.
    """

    #: Something was saved or copied: a sentence.
    done = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        preferences: Preferences,
        plot: QWidget,
        data: Callable[[], Table | None] | None,
        name: str,
        dressed: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        super().__init__(plot)
        self._dressed, self._preferences = dressed, preferences
        self._jobs, self._plot, self._data, self.name = jobs, plot, data, name
        plot.installEventFilter(self)
        if isinstance(plot, pg.GraphicsView):  # which drags with the right button, too
            plot.scene().sigMouseClicked.connect(self._clicked)

    def menu(self, parent: QWidget, title: str = "") -> QMenu:
        """Return a menu of all that can be done."""
        menu = QMenu(title or self.name, parent)
        entries: list[tuple[str, Marked, Callable[[], None]]] = [
            (tr("Save &picture…"), SAVE_PICTURE_TIP, self.ask_for_picture),
            (tr("&Copy picture"), COPY_PICTURE_TIP, self.copy_picture),
        ]
        if self._data is not None:
            entries += [
                (tr("Save &data as CSV…"), SAVE_DATA_TIP, self.ask_for_data),
                (tr("Copy d&ata"), COPY_DATA_TIP, self.copy_data),
            ]
        for text, tip, act in entries:
            action = menu.addAction(text)
            action.setStatusTip(str(tip))
            action.triggered.connect(act)
        menu.aboutToShow.connect(partial(self._enable, menu))
        return menu

    def _enable(self, menu: QMenu) -> None:
        """Offer what is possible now: no plot that is not there."""
        for action in menu.actions():
            action.setEnabled(self._plot.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu by key, or by mouse on what is no pyqtgraph plot."""
        if isinstance(event, QContextMenuEvent):
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            place = self._plot.mapToGlobal(self._plot.rect().center())
            self._open(place if by_key else event.globalPos())
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _clicked(self, event: object) -> None:
        if event.button() == Qt.MouseButton.RightButton:  # type: ignore[attr-defined]
            self._open(QCursor.pos())

    def _open(self, place: QPoint) -> None:
        menu = self.menu(self._plot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    # -- pictures -----------------------------------------------------------------------------

    @Slot()
    def ask_for_picture(self) -> None:
        """Let the person say where to save the plot as PNG or SVG, and do it."""
        path = self._ask(tr("Save the picture: {name}", name=self.name), PICTURES)
        if path is not None:
            self.save_picture(path)

    def save_picture(self, path: Path) -> None:
        """Write the plot as it is seen: an SVG drawing if the name says so, else PNG."""
        with self._pictured():
            if path.suffix.lower() == ".svg":
                write = partial(_write_bytes, svg_of(self._plot, self.name))
            else:
                write = partial(_write_image, image_of(self._plot))
        self._save(path, write)

    @Slot()
    def copy_picture(self) -> None:
        """Put the plot as it is seen into the clipboard."""
        with self._pictured():
            image = image_of(self._plot)
        QGuiApplication.clipboard().setImage(image)
        self.done.emit(tr("{name}: picture copied.", name=self.name))

    @contextmanager
    def _pictured(self) -> Iterator[None]:
        """Let the plot look as in a picture: dressed, and without what the pointer reads."""
        undressed = self._plot.without_reading() if isinstance(self._plot, Plot) else nullcontext()
        with undressed, self._dressed():
            yield

    # -- data ---------------------------------------------------------------------------------

    @Slot()
    def ask_for_data(self) -> None:
        """Let the person say where to save the numbers, and do it."""
        path = self._ask(tr("Save the data: {name}", name=self.name), DATA)
        if path is not None:
            self.save_data(path)

    def save_data(self, path: Path) -> None:
        """Write the numbers behind what is seen, comma-separated."""
        table = self._data() if self._data else None
        if table is not None:
            self._save(path, partial(_write_table, table))

    @Slot()
    def copy_data(self) -> None:
        """Put the numbers behind what is seen into the clipboard, comma-separated."""
        table = self._data() if self._data else None
        if table is None:
            return
        copied = partial(self._copied, self.name)
        if not self._jobs.start(JOB, partial(_text_of, table), copied):
            said = tr("{name}: the data are copied as soon as the file before them is written.",
                      name=self.name)  # fmt: skip
            self.done.emit(said)

    def _copied(self, name: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        n_rows = text.count("\n") - 1
        self.done.emit(tr("{name}: data copied, %n row(s).", "", n_rows, name=name))

    # -- files --------------------------------------------------------------------------------

    def _ask(self, title: str, kinds: dict[str, Marked]) -> Path | None:
        """Let the person say where to; files that exist are asked about."""
        dialog = QFileDialog(self._plot.window(), title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffixes = {str(text): suffix for suffix, text in kinds.items()}
        dialog.setNameFilters(list(suffixes))
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(suffixes[text]))
        dialog.setDefaultSuffix(next(iter(kinds)))
        dialog.setDirectory(str(self._preferences.plot_folder))
        dialog.selectFile(safe(self.name.lower()))
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        if not accepted or not chosen:
            return None
        self._preferences.plot_folder = Path(chosen[0]).parent
        return Path(chosen[0])

    def _save(self, path: Path, write: Callable[[Path, Report], None]) -> None:
        if not self._jobs.start(JOB, partial(_save, path, write), self._saved):
            self.done.emit(
                tr("{name} is saved as soon as the file before it is written.", name=path.name)
            )

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self.done.emit(tr("{name} saved to {folder}.", name=path.name, folder=path.parent))


def image_of(plot: QWidget) -> QImage:
    """Return a widget as it is seen, with twice as many pixels."""
    image = QImage(plot.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(plot.palette().window().color())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(plot, painter)
    painter.end()
    return image


# -- in the worker thread -------------------------------------------------------------------------


def _save(path: Path, write: Callable[[Path, Report], None], report: Report) -> Path:
    """Write a file that appears whole or not at all."""
    with FileSet(path.parent) as files:
        write(files.new(path.name), report)
    return path


def _write_image(image: QImage, path: Path, _report: Report) -> None:
    content = QBuffer()  # Qt would not say why a file cannot be written
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(content, QByteArray(b"PNG")).write(image)
    path.write_bytes(content.data().data())


def _write_bytes(content: bytes, path: Path, _report: Report) -> None:
    path.write_bytes(content)


def _write_table(table: Table, path: Path, report: Report) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(table, file, report)


def _text_of(table: Table, report: Report) -> str:
    text = io.StringIO()
    write_csv(table, text, report)
    return text.getvalue()
