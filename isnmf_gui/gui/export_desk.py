"""Asking what to export and where to, and saying what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.controller import Controller
from isnmf_gui.gui.dialogs.export_dialog import ExportDialog
from isnmf_gui.gui.dialogs.message import show_information
from isnmf_gui.gui.preferences import Preferences
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.exporting import Outcome
from isnmf_gui.session.recording import Recording

#: Below this the sum of the parts is the recording but for rounding, also with 16 bits.
ADDS_UP_DB = -80
NOT_ADDING_UP = "their sum differs from the recording (ratio masks, or files at full scale)"


class ExportDesk(QObject):
    """Connects the export dialog with the controller.

    Parameters
    ----------
    controller : Controller
        Does it.
    preferences : Preferences
        Remember the format.
    window : QWidget
        What dialogs belong to.
    """

    #: What was written: a sentence.
    done = Signal(str)

    def __init__(self, controller: Controller, preferences: Preferences, window: QWidget) -> None:
        super().__init__(controller)
        self._controller, self._preferences, self._window = controller, preferences, window
        self._folder_chosen: Path | None = None
        controller.recording_opened.connect(self._recording_opened)
        controller.export_ended.connect(self._export_ended)

    def ask(self, selected: list[int]) -> None:
        """Let the person say what to export of the chosen run, and do it."""
        document = self._controller.document
        if document.current_run is None or document.recording is None:
            return
        folder = self._folder_chosen or _suggested_folder(document.recording)
        dialog = ExportDialog(
            document.current_run, selected, folder, self._preferences.export_format, self._window
        )
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self._preferences.export_format = dialog.format_name
            self._folder_chosen = dialog.folder  # suggested again, after an error too
            self._controller.export(dialog.folder, dialog.format_name, dialog.components)
        dialog.deleteLater()

    @Slot(object)
    def _recording_opened(self, recording: object) -> None:
        self._folder_chosen = None

    @Slot(object)
    def _export_ended(self, outcome: Outcome) -> None:
        exported = outcome.exported
        text = f"{len(exported.stems)} files written to {outcome.order.folder}."
        if exported.null_test_db is not None:
            adds_up = exported.null_test_db < ADDS_UP_DB
            what = "they add up to the recording" if adds_up else NOT_ADDING_UP
            text += f" Read back, {what}: {exported.null_test_db:.0f} dB."
        self.done.emit(text.replace(" -", " −"))
        clipped = [part.file for part in exported.stems if part.clipped]
        if clipped:
            show_information(
                self._window,
                f"Cut off at full scale: {', '.join(clipped)}. "
                "Export as WAV, 32-bit float to keep the peaks.",
            )


def _suggested_folder(recording: Recording) -> Path:
    """Suggest a folder beside the recording; the demo's is no place for a person's files."""
    if recording.path == demo_recording():
        return Path.home() / "isnmf demo components"
    return recording.path.resolve().parent / f"{recording.path.stem} components"
