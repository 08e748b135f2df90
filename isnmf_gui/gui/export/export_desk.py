"""Asking what to export and where to, and saying what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.slow_disks import look
from isnmf_gui.gui.export.export_boxes import Picked
from isnmf_gui.gui.export.export_dialog import ALL, ExportDialog
from isnmf_gui.gui.widgets.message import message_box
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, WouldClip
from isnmf_gui.session.files.safe_names import safe
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr

#: Below this the sum of the parts is the recording but for rounding.
ADDS_UP_DB = -80
# Dither is random: what a file has of it differs from what is expected by less than this.
DITHER_SPREAD_DB = 1
MOST_NAMES = 4


class ExportDesk(QObject):
    """Connects the export dialog with the controller.

    Parameters
    ----------
    controller : Controller
        Does it.
    preferences : Preferences
        Remember what was chosen.
    window : QWidget
        What dialogs belong to.
    """

    #: What was written, or why something could not be done: a sentence.
    done = Signal(str)
    #: Files were written into this folder.
    written = Signal(object)

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget) -> None:
        super().__init__(controller)
        self._controller, self._preferences, self._window = controller, preferences, window
        self._folder_chosen: Path | None = None
        self._written_to: Path | None = None
        controller.recording_opened.connect(self._recording_opened)
        controller.export_ended.connect(self._export_ended)
        controller.export_would_clip.connect(self._would_clip)

    @property
    def has_written(self) -> bool:
        """Whether there is a folder with exported files to be opened."""
        return self._written_to is not None

    @Slot(object)
    def ask_for(self, indices: list[int]) -> None:
        """Let the person say how to export components of the chosen run, and do it."""
        self.ask(indices, Picked(selected=True))

    @Slot(int)
    def ask_for_source(self, source_id: int) -> None:
        """Let the person say how to export a source of the chosen run, and do it."""
        self.ask([], Picked(source_id=source_id))

    def ask(self, selected: list[int], picked: Picked = ALL) -> None:
        """Let the person say what to export of the chosen run, and do it.

        Parameters
        ----------
        selected : list of int
            Selected components.
        picked : Picked, optional
            What was asked for, if it was anything in particular.
        """
        document = self._controller.document
        if document.current_run is None or document.recording is None:
            return
        folder = self._folder_chosen or _suggested_folder(document.recording, self._preferences)
        run, mask, choices = document.current_run, document.mask, self._preferences.export
        dialog = ExportDialog(run, mask, selected, folder, choices, self._window, picked=picked)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self._preferences.export = dialog.choices
            self._folder_chosen = dialog.folder  # suggested again, after an error too
            self._controller.export(dialog.order)
        dialog.deleteLater()

    @Slot(object)
    def _recording_opened(self, recording: object) -> None:
        self._folder_chosen = None

    @Slot(object)
    def _would_clip(self, doubt: WouldClip) -> None:
        """Ask what to do about peaks that the format would cut off; nothing is written yet."""
        self.done.emit(tr("Nothing was written yet."))
        box = message_box(self._window, QMessageBox.Icon.Warning, _doubt(doubt))
        lower = box.addButton(tr("&Lower all of them"), QMessageBox.ButtonRole.AcceptRole)
        anyway = box.addButton(tr("Export &anyway"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(lower)
        orders: dict[QAbstractButton, ExportOrder] = {lower: _lowered(doubt), anyway: doubt.order}

        def answered() -> None:
            order = orders.get(box.clickedButton())
            if order is not None:
                self._controller.export(order)

        box.finished.connect(answered)
        box.open()

    @Slot(object)
    def _export_ended(self, outcome: Outcome) -> None:
        exported = outcome.exported
        n_files = len(outcome.names)
        said = [tr("%n file(s) written to {folder}.", "", n_files, folder=outcome.order.folder)]
        if exported.residual_is_empty:
            said.append(tr("The residual is empty and was not written."))
        if exported.null_test_db is not None:
            said.append(_read_back(exported.null_test_db, exported.dither_db))
        clipped = [part.file for part in exported.stems if part.clipped]
        if clipped:
            said.append(tr("Cut off at full scale: {files}.", files=", ".join(clipped)))
        self.done.emit(" ".join(said))
        self.note_written(outcome.order.folder)

    @Slot(object)
    def note_written(self, folder: Path) -> None:
        """Offer to open a folder that something was written into."""
        self._written_to = folder
        self.written.emit(folder)

    @Slot()
    def open_folder(self) -> None:
        """Show what was exported last in the system's own window for files."""
        folder = self._written_to
        if folder is None:
            return
        is_there = look(folder.is_dir, True)  # a disk that does not answer is the system's matter
        if not (is_there and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))):
            self.done.emit(tr("The folder {folder} could not be opened.", folder=folder))


def _read_back(level_db: float, dither_db: float | None) -> str:
    """Say how far the sum of the files is from the recording, and why if that is known."""
    if level_db < ADDS_UP_DB:
        return tr("Read back, they add up to the recording: {level_db:.0f} dB.", level_db=level_db)
    if dither_db is not None and level_db < dither_db + DITHER_SPREAD_DB:
        return tr(
            "Read back, they add up to the recording but for the dither of 16 bits: "
            "{level_db:.0f} dB.",
            level_db=level_db,
        )
    return tr(
        "Read back, their sum differs from the recording (as ratio masks and lossy formats do): "
        "{level_db:.0f} dB.",
        level_db=level_db,
    )


def _doubt(doubt: WouldClip) -> str:
    names = [stem.name for stem in doubt.stems]
    listed = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        listed = tr("{names} and {n} more", names=listed, n=len(names) - MOST_NAMES)
    return tr(
        "{listed} would be cut off at full scale, by up to {over_db:.1f} dB. All "
        "files can be lowered together so that none is; or cancel, and choose WAV, "
        "32-bit float, which keeps every peak.",
        listed=listed,
        over_db=doubt.over_db,
    )


def _lowered(doubt: WouldClip) -> ExportOrder:
    """Return the order with all files lowered by the same, so that none is cut off."""
    options = doubt.order.options
    level = options.level.lowered(doubt.over_db)
    return replace(doubt.order, options=replace(options, level=level))


def _suggested_folder(recording: Recording, preferences: Preferences) -> Path:
    """Suggest a folder beside the recording.

    The demo's is no place for a person's files. That of a recording which came with a project may
    be on another machine; then it is where the last file was, such as that project.
    """
    if recording.path == demo_recording():
        return Path.home() / tr("isnmf demo parts")

    def beside() -> Path | None:
        folder = recording.path.resolve().parent
        return folder if folder.is_dir() else None

    folder = look(beside, None) or preferences.folder
    return folder / safe(tr("{stem} parts", stem=recording.path.stem))
