"""Where to write components, which, and in what format."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.session.document import Run
from isnmf_gui.session.formats import FORMATS
from isnmf_gui.session.settings import Settings

MOST_NAMES = 4


class ExportDialog(QDialog):
    """Asks for an export.

    Parameters
    ----------
    run : Run
        What to export from.
    selected : list of int
        Selected components.
    folder : Path
        Suggested folder.
    format_name : str
        Suggested format.
    """

    def __init__(
        self,
        run: Run,
        selected: list[int],
        folder: Path,
        format_name: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export components")
        self._numbers = {part.index: part.number for part in run.components}
        self._all = sorted(self._numbers)
        self._selected = selected
        self.all_button = QRadioButton(f"&All {len(self._all)} components")
        chosen = len(selected) or "none"
        self.selected_button = QRadioButton(f"Only the &selected ones ({chosen})")
        self.selected_button.setEnabled(bool(selected))
        (self.selected_button if len(selected) > 1 else self.all_button).setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.all_button)
        group.addButton(self.selected_button)
        group.buttonToggled.connect(self._describe)
        self.format_box = QComboBox()
        for name, form in FORMATS.items():
            self.format_box.addItem(form.label, name)
        self.format_box.setCurrentIndex(self.format_box.findData(format_name))
        self.format_box.setToolTip("32-bit float keeps every value; the others cut at full scale")
        self.format_box.currentIndexChanged.connect(self._describe)
        self.folder_field = QLineEdit(str(folder))
        self.folder_field.setMinimumWidth(360)
        self.folder_field.setAccessibleName("Folder")
        self.folder_field.textChanged.connect(self._describe)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setProperty("role", "dim")
        self._build(run.separation.settings)
        self._describe()

    def _build(self, settings: Settings) -> None:
        browse = QPushButton("&Browse…")
        browse.setAutoDefault(False)  # Enter exports, wherever the focus is
        browse.clicked.connect(self._browse)
        folder_row = QHBoxLayout()
        folder_row.addWidget(self.folder_field, 1)
        folder_row.addWidget(browse)
        which = QVBoxLayout()
        which.addWidget(self.all_button)
        which.addWidget(self.selected_button)
        form = QFormLayout()
        form.addRow("Write", which)
        form.addRow("&Format", self.format_box)
        folder_label = QLabel("F&older")
        folder_label.setBuddy(self.folder_field)
        form.addRow(folder_label, folder_row)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export_button = self.buttons.addButton(
            "&Export", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._note)
        if settings.part_gain == "peak":
            layout.addWidget(QLabel("Every file is brought to full scale, as the preset says."))
        layout.addWidget(self.buttons)

    # -- answers ------------------------------------------------------------------------------

    @property
    def components(self) -> list[int]:
        """Indices of the components to write."""
        return self._all if self.all_button.isChecked() else self._selected

    @property
    def folder(self) -> Path:
        """Where to write."""
        return Path(self.folder_field.text().strip()).expanduser().absolute()

    @property
    def format_name(self) -> str:
        """A key of `FORMATS`."""
        return str(self.format_box.currentData())

    @Slot()
    def _describe(self) -> None:
        """Say what will happen before it does."""
        text = self.folder_field.text().strip()
        self.export_button.setEnabled(bool(text))
        if not text:
            self._note.setText("Choose a folder to write to.")
            return
        numbers = sorted(self._numbers[index] for index in self.components)
        names = [f"component-{number:02d}" + FORMATS[self.format_name].suffix for number in numbers]
        folder = self.folder
        present = sum((folder / name).exists() for name in names)
        listed = ", ".join(names) if len(names) <= MOST_NAMES else f"{names[0]} … {names[-1]}"
        note = f"{listed} in {folder}."
        if present:
            note += f" {present} of them exist there already and will be replaced."
        self._note.setText(note)
        self.export_button.setText(f"&Export {len(names)} file{'s' * (len(names) > 1)}")

    @Slot()
    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the components", self._start())
        if chosen:
            self.folder_field.setText(chosen)

    def _start(self) -> str:
        """Return the nearest folder that exists."""
        folder = self.folder
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        return str(folder)
