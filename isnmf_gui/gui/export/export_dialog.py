"""What to write, how, where to and under which names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.errors import ExportError
from isnmf_gui.gui.control.slow_disks import look, reachable
from isnmf_gui.gui.export.export_boxes import ExtrasBox, Picked, SoundBox, StemsBox
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.export.export_order import ExportOrder
from isnmf_gui.session.export.file_names import FIELDS
from isnmf_gui.texts import N_, tr

MOST_NAMES = 4
#: Nothing in particular was asked for.
ALL = Picked()
PATTERN_TIP = N_("May have {fields} in it", fields=", ".join(f"{{{field}}}" for field in FIELDS))


class ExportDialog(QDialog):
    """Asks for an export.

    Parameters
    ----------
    run : Run
        What to export from.
    mask : {"wiener", "ratio"}
        How parts are cut out of the recording.
    selected : list of int
        Selected components.
    folder : Path
        Suggested folder.
    choices : ExportChoices
        Suggested; of the level only if the run's settings do not bring files to full scale.
    parent : QWidget
        Whose dialog it is.
    picked : Picked, optional
        What is to be written if the person said so. Otherwise sources are suggested where there
        are some, and all components where there are none, whatever is selected.
    """

    def __init__(
        self,
        run: Run,
        mask: str,
        selected: list[int],
        folder: Path,
        choices: ExportChoices,
        parent: QWidget,
        *,
        picked: Picked = ALL,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self._run, self._mask, self._before = run, mask, choices
        self._is_preset = run.separation.settings.part_gain == "peak"
        self._at_first = choices = choices.for_run(run)
        self.stems = StemsBox(run, selected, picked, choices)
        self.sound = SoundBox(run, choices)
        self.extras = ExtrasBox(choices)
        self.pattern_field = QLineEdit(choices.pattern)
        self.pattern_field.setToolTip(str(PATTERN_TIP))
        self.pattern_field.setAccessibleName(tr("Pattern of the names"))
        self.pattern_field.setAccessibleDescription(str(PATTERN_TIP))
        self.folder_field = QLineEdit(str(folder))
        self.folder_field.setAccessibleName(tr("Folder"))
        self.folder_field.setToolTip(tr("Where the files go; a folder that is not there is made"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(3 * self.note.fontMetrics().lineSpacing())  # does not jump
        policy = QSizePolicy.Policy
        self.note.setSizePolicy(policy.Ignored, policy.Minimum)  # a long name widens nothing
        self.note.setAccessibleName(tr("What will be written"))
        self._build()
        for box in (self.stems, self.sound, self.extras):
            box.changed.connect(self._describe)
        for field in (self.pattern_field, self.folder_field):
            field.textChanged.connect(self._describe)
        self._describe()

    def _build(self) -> None:
        browse = QPushButton(tr("&Browse…"))
        browse.setAutoDefault(False)  # Enter exports, wherever the focus is
        browse.setToolTip(tr("Choose the folder"))
        browse.clicked.connect(self._browse)
        folder_row = QHBoxLayout()
        folder_row.addWidget(self.folder_field, 1)
        folder_row.addWidget(browse)
        form = QFormLayout()
        form.addRow(tr("&Names"), self.pattern_field)
        folder_label = QLabel(tr("F&older"))
        folder_label.setBuddy(self.folder_field)
        form.addRow(folder_label, folder_row)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton(
            tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export_button.setDefault(True)
        self.export_button.setToolTip(
            tr("Write the files, in the background; what you hear goes on")
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip(str(CANCEL_TIP))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        groups = QGridLayout()
        groups.addWidget(self.stems, 0, 0)
        groups.addWidget(self.sound, 1, 0)
        groups.addWidget(self.extras, 0, 1, 2, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(groups)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(680)

    # -- answers ------------------------------------------------------------------------------

    @property
    def choices(self) -> ExportChoices:
        """What to suggest next time."""
        choices = self._chosen()
        is_untouched = self._at_first.with_level_of(choices) == self._at_first
        if self._is_preset and is_untouched:  # the preset's level is not the person's
            return choices.with_level_of(self._before)
        return choices

    def _chosen(self) -> ExportChoices:
        choices = replace(self._at_first, pattern=self.pattern_field.text())
        for box in (self.stems, self.sound, self.extras):
            choices = box.chosen(choices)
        return choices

    @property
    def folder(self) -> Path:
        """Where to write."""
        return Path(self.folder_field.text().strip()).expanduser().absolute()

    @property
    def order(self) -> ExportOrder:
        """What to write, where and how; asks before anything is cut off."""
        choices = self._chosen()
        order = ExportOrder.chosen(self._run, self._mask, self.folder, self.stems.stems(), choices)
        return replace(order, asks=True)

    @Slot()
    def _describe(self) -> None:
        """Say what will happen before it does, or why it cannot."""
        try:
            order = self._checked_order()
        except ExportError as error:
            self.note.setText(error.message)
            self.export_button.setEnabled(False)
            return
        names = order.all_names
        self.export_button.setEnabled(True)
        self.export_button.setText(tr("&Export %n file(s)", "", len(names)))
        listed = ", ".join(names) if len(names) <= MOST_NAMES else _shortened(names)
        present = look(lambda: len(order.names_there), 0)
        if present == 1:
            replaced = tr("1 of them exists there already and will be replaced.")
        else:
            replaced = tr("{n} of them exist there already and will be replaced.", n=present)
        self.note.setText(f"{listed}\n{replaced}" if present else listed)

    def _checked_order(self) -> ExportOrder:
        """Return the order as it would be carried out now.

        Raises
        ------
        ExportError
            If something has to be changed before they can be written.
        """
        if not self.folder_field.text().strip():
            raise ExportError(tr("Choose a folder to write to."))
        order = self.order
        if not order.stems:
            raise ExportError(tr("Choose what to write."))
        refusal = look(partial(_refusal, order), None)  # if it is not known yet, the export says it
        if refusal is not None:
            raise refusal
        return order

    @Slot()
    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Folder for the files"), str(reachable(self.folder))
        )
        if chosen:
            self.folder_field.setText(chosen)


def _refusal(order: ExportOrder) -> ExportError | None:
    try:
        order.check()
    except ExportError as error:
        return error
    return None


def _shortened(names: list[str]) -> str:
    return f"{names[0]}, {names[1]} … {names[-1]}"
