"""The three groups of the export dialog: what is written, how it sounds, and what comes with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QVBoxLayout,
)

from isnmf_gui.gui.widgets.number_box import DecimalBox
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.export.extras.extras import EXTRAS
from isnmf_gui.session.export.stems.levels import LEAST_TARGET_DB, MOST_TARGET_DB
from isnmf_gui.session.export.stems.stems import (
    Stem,
    component_stems,
    mix_stem,
    residual_stem,
    source_stems,
)
from isnmf_gui.session.sound_files.formats import FORMATS, SAMPLE_RATES
from isnmf_gui.texts import tr

LEVEL_TEXTS = {
    "original": tr("As in the recording"),
    "peak": tr("Peak at"),
    "loudness": tr("Loudness at"),
}
UNITS = {"original": "", "peak": " dBFS", "loudness": " LUFS"}
FORMAT_TIP = tr("32-bit float keeps every value; the others cut off what is beyond full scale")
BALANCE_TIP = tr(
    "One gain for all files: the loudest reaches the level, and together they sound as before. "
    "Otherwise each file reaches it by a gain of its own."
)
EXTRA_TIPS = {
    "page": tr("A page for the browser, with the sounds in it to be played"),
    "pictures": tr("The spectrogram of each component, as its tile shows it"),
    "factors": tr("The model in numbers, for other programs"),
    "loss": tr("How the fit improved, for a spreadsheet"),
    "report": tr("How the files were made, and how exactly they add up"),
}


class StemsBox(QGroupBox):
    """What to write: sources, components, the mix, the residual.

    Parameters
    ----------
    run : Run
        Whose.
    selected : list of int
        Components that can be written without the others.
    picked : bool
        Whether they are suggested.
    choices : ExportChoices
        Suggested of the rest.
    """

    changed = Signal()

    def __init__(self, run: Run, selected: list[int], picked: bool, choices: ExportChoices) -> None:
        super().__init__(tr("Write"))
        self._run, self._selected = run, selected
        n_sources = len([it for it in source_stems(run) if it.kind == "source"])
        self.sources = QCheckBox(
            tr("&Sources ({n_sources}, and the unassigned rest)", n_sources=n_sources)
        )
        self.components = QCheckBox(tr("&Components"))
        self.which = QComboBox()
        self.mix = QCheckBox(tr("&Mix, as the faders say"))
        self.residual = QCheckBox(tr("&Residual, if anything is left over"))
        self.residual.setToolTip(tr("What all components together leave out of the recording"))
        self.sources.setToolTip(tr("A file for each source: its components, added up"))
        self.components.setToolTip(tr("A file for each component, as it sounds alone"))
        self.which.setToolTip(tr("All components, or those that were selected"))
        self.mix.setToolTip(tr("What you hear: with gains, what is muted and what is soloed"))
        self._fill_in(n_sources, picked, choices)
        row = QHBoxLayout()
        row.addWidget(self.components)
        row.addWidget(self.which, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.sources)
        layout.addLayout(row)
        layout.addWidget(self.mix)
        layout.addWidget(self.residual)
        for box in (self.sources, self.components, self.mix, self.residual):
            box.toggled.connect(self._changed)
        self.which.currentIndexChanged.connect(self._changed)

    def _fill_in(self, n_sources: int, picked: bool, choices: ExportChoices) -> None:
        """Suggest the sources where there are some, or the components that were picked."""
        self.sources.setEnabled(n_sources > 0)
        if not n_sources:
            self.sources.setText(tr("Sources (none yet)"))
        self.sources.setChecked(n_sources > 0 and not picked)
        self.components.setChecked(not self.sources.isChecked())
        self.which.addItem(tr("all {n_components}", n_components=len(self._run.components)), False)
        if self._selected:
            self.which.addItem(
                tr("the {n_selected} selected", n_selected=len(self._selected)), True
            )
        self.which.setCurrentIndex(int(picked))
        self.which.setEnabled(self.components.isChecked())
        self.which.setAccessibleName(tr("Which components"))
        self.mix.setChecked(choices.with_mix)
        self.residual.setChecked(choices.with_residual)

    @Slot()
    def _changed(self) -> None:
        self.which.setEnabled(self.components.isChecked())
        self.changed.emit()

    def stems(self) -> tuple[Stem, ...]:
        """Return what is to be written."""
        stems: list[Stem] = []
        if self.sources.isChecked():
            stems += source_stems(self._run)
        if self.components.isChecked():
            only = self._selected if self.which.currentData() else None
            stems += component_stems(self._run, only)
        if self.mix.isChecked():
            stems.append(mix_stem(self._run))
        if self.residual.isChecked():
            stems.append(residual_stem(self._run))
        return tuple(stems)

    def chosen(self, choices: ExportChoices) -> ExportChoices:
        """Return choices with those of this group."""
        return replace(
            choices, with_mix=self.mix.isChecked(), with_residual=self.residual.isChecked()
        )


class SoundBox(QGroupBox):
    """Format, sample rate and level of the files."""

    changed = Signal()

    def __init__(self, run: Run, choices: ExportChoices) -> None:
        super().__init__(tr("Sound"))
        self._recording = run.separation.recording
        self._targets = {"original": 0.0, "peak": choices.peak_dbfs}
        self._targets["loudness"] = choices.loudness_lufs
        self.format = QComboBox()
        self.rate = QComboBox()
        self.level = QComboBox()
        self.target = DecimalBox()
        self.balance = QCheckBox(tr("&Keep the balance between files"))
        self._fill_in(choices)
        self._build()
        self._list_rates(choices.sample_rate)
        self._show_level()
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.rate.currentIndexChanged.connect(self.changed)
        self.level.currentIndexChanged.connect(self._level_chosen)
        self.target.valueChanged.connect(self._target_chosen)
        self.balance.toggled.connect(self.changed)

    def _fill_in(self, choices: ExportChoices) -> None:
        for name, form in FORMATS.items():
            self.format.addItem(form.label, name)
        self.format.setCurrentIndex(self.format.findData(choices.format_name))
        self.format.setToolTip(FORMAT_TIP)
        for kind, text in LEVEL_TEXTS.items():
            self.level.addItem(text, kind)
        self.level.setCurrentIndex(self.level.findData(choices.level))
        self.level.setToolTip(tr("Loudness as ITU-R BS.1770 measures it"))
        self.target.setRange(LEAST_TARGET_DB, MOST_TARGET_DB)
        self.target.setDecimals(1)
        self.rate.setToolTip(tr("Other rates than the recording's are resampled"))
        self.target.setToolTip(tr("What the loudest file reaches, or with its own gain each"))
        self.target.setAccessibleName(tr("Level of the files"))
        self.balance.setChecked(choices.keeps_balance)
        self.balance.setToolTip(BALANCE_TIP)
        self.balance.setAccessibleDescription(BALANCE_TIP)

    def _build(self) -> None:
        level_row = QHBoxLayout()
        level_row.addWidget(self.level, 1)
        level_row.addWidget(self.target)
        form = QFormLayout(self)
        form.addRow(tr("&Format"), self.format)
        form.addRow(tr("Sample r&ate"), self.rate)
        form.addRow(tr("&Level"), level_row)
        form.labelForField(level_row).setBuddy(self.level)  # type: ignore[attr-defined]
        form.addRow(self.balance)
        for box, name in (
            (self.format, tr("Format")),
            (self.rate, tr("Sample rate")),
            (self.level, tr("Level")),
        ):
            box.setAccessibleName(name)

    def _list_rates(self, chosen: int | None) -> None:
        """Offer the rates that the format can hold; the recording's own comes first."""
        form = FORMATS[self.format.currentData()]
        n_channels = self._recording.n_channels
        self.rate.blockSignals(True)
        self.rate.clear()
        self.rate.addItem(
            tr("the recording's ({rate_hz} Hz)", rate_hz=self._recording.sample_rate), None
        )
        for rate in SAMPLE_RATES:
            if rate != self._recording.sample_rate and form.holds(rate, n_channels):
                self.rate.addItem(f"{rate} Hz", rate)
        self.rate.setCurrentIndex(max(self.rate.findData(chosen), 0))
        self.rate.blockSignals(False)

    @Slot()
    def _format_chosen(self) -> None:
        self._list_rates(self.rate.currentData())
        self.changed.emit()

    def _show_level(self) -> None:
        kind = self.level.currentData()
        self.target.blockSignals(True)
        self.target.setSuffix(UNITS[kind])
        self.target.setValue(self._targets[kind])
        self.target.blockSignals(False)
        self.target.setVisible(kind != "original")
        self.balance.setEnabled(kind != "original")

    @Slot()
    def _level_chosen(self) -> None:
        self._show_level()
        self.changed.emit()

    @Slot(float)
    def _target_chosen(self, target_db: float) -> None:
        self._targets[self.level.currentData()] = target_db
        self.changed.emit()

    def chosen(self, choices: ExportChoices) -> ExportChoices:
        """Return choices with those of this group."""
        return replace(
            choices,
            format_name=self.format.currentData(),
            sample_rate=self.rate.currentData(),
            level=self.level.currentData(),
            peak_dbfs=self._targets["peak"],
            loudness_lufs=self._targets["loudness"],
            keeps_balance=self.balance.isChecked(),
        )


class ExtrasBox(QGroupBox):
    """What to write beside the sound."""

    changed = Signal()

    def __init__(self, choices: ExportChoices) -> None:
        super().__init__(tr("Beside it"))
        layout = QVBoxLayout(self)
        self.boxes = {name: QCheckBox(text) for name, text in EXTRAS.items()}
        for name, box in self.boxes.items():
            box.setToolTip(EXTRA_TIPS[name])
            box.setChecked(name in choices.extras)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
        layout.addStretch(1)

    def chosen(self, choices: ExportChoices) -> ExportChoices:
        """Return choices with those of this group."""
        extras = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return replace(choices, extras=extras)
