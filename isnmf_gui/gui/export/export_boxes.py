"""The three groups of the export dialog: what is written, how it sounds, and what comes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QVBoxLayout,
)

from isnmf_gui.gui.widgets.number_box import DecimalBox
from isnmf_gui.session.document.document import UNASSIGNED, Run
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
from isnmf_gui.texts import N_, tr

LEVEL_TEXTS = {
    "original": N_("As in the recording"),
    "peak": N_("Peak at"),
    "loudness": N_("Loudness at"),
}
UNITS = {"original": "", "peak": " dBFS", "loudness": " LUFS"}
FORMAT_TIP = N_("32-bit float keeps every value; the others cut off what is beyond full scale")
BALANCE_TIP = N_(
    "One gain for all files: the loudest reaches the level, and together they sound as before. "
    "Otherwise each file reaches it by a gain of its own."
)
EXTRA_TIPS = {
    "page": N_("A page for the browser, with the sounds in it to be played"),
    "pictures": N_("The spectrogram of each component, as its tile shows it"),
    "factors": N_("The model in numbers, for other programs"),
    "loss": N_("How the fit improved, for a spreadsheet"),
    "report": N_("How the files were made, and how exactly they add up"),
}


@dataclass(frozen=True)
class Picked:
    """What the person asked to export; if nothing in particular, all.

    Attributes
    ----------
    selected : bool
        The selected components.
    source_id : int or None
        A source.
    """

    selected: bool = False
    source_id: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether it was nothing in particular."""
        return self == Picked()


class StemsBox(QGroupBox):
    """What to write: sources, components, the mix, the residual.

    Parameters
    ----------
    run : Run
        Whose.
    selected : list of int
        Components that can be written without the others.
    picked : Picked
        What is suggested.
    choices : ExportChoices
        Suggested of the rest, unless something was picked.
    """

    changed = Signal()

    def __init__(
        self, run: Run, selected: list[int], picked: Picked, choices: ExportChoices
    ) -> None:
        super().__init__(tr("Write"))
        self._run, self._selected, self._picked = run, selected, picked
        self._source_stems = source_stems(run)
        self.sources = QCheckBox(tr("&Sources"))
        self.which_sources = _narrow_box(tr("Which sources"), tr("All sources, or one of them"))
        self.components = QCheckBox(tr("&Components"))
        tip = tr("All components, or those that were selected")
        self.which = _narrow_box(tr("Which components"), tip)
        self.mix = QCheckBox(tr("&Mix, as the faders say"))
        self.residual = QCheckBox(tr("&Residual, if anything is left over"))
        self.residual.setToolTip(tr("What all components together leave out of the recording"))
        self.sources.setToolTip(tr("A file for each source: its components, added up"))
        self.components.setToolTip(tr("A file for each component, as it sounds alone"))
        self.mix.setToolTip(tr("What you hear: with gains, what is muted and what is soloed"))
        self._list_choices()
        self._suggest(choices)
        rows = QGridLayout()
        for line, pair in enumerate(self._pairs):
            rows.addWidget(pair[0], line, 0)
            rows.addWidget(pair[1], line, 1)
        rows.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(rows)
        layout.addWidget(self.mix)
        layout.addWidget(self.residual)
        for box in (self.sources, self.components, self.mix, self.residual):
            box.toggled.connect(self._changed)
        for _, which in self._pairs:
            which.currentIndexChanged.connect(self._changed)

    @property
    def _pairs(self) -> tuple[tuple[QCheckBox, QComboBox], ...]:
        """What is written, and which of it."""
        return (self.sources, self.which_sources), (self.components, self.which)

    def _list_choices(self) -> None:
        n_sources = sum(stem.kind == "source" for stem in self._source_stems)
        if not n_sources:
            self.which_sources.addItem(tr("none yet"), None)
        elif n_sources < len(self._source_stems):
            self.which_sources.addItem(tr("all ({n}), and the unassigned rest", n=n_sources), None)
        else:
            self.which_sources.addItem(tr("all ({n})", n=n_sources), None)
        for stem in self._source_stems:
            self.which_sources.addItem(tr("only {name}", name=stem.name), _source_id(stem))
        self.which.addItem(tr("all ({n})", n=len(self._run.components)), False)
        if self._selected:
            self.which.addItem(tr("only what is selected ({n})", n=len(self._selected)), True)

    def _suggest(self, choices: ExportChoices) -> None:
        """Tick what was picked and nothing else; otherwise sources where there are some."""
        picked = self._picked
        has_sources = any(stem.kind == "source" for stem in self._source_stems)
        self.sources.setEnabled(has_sources or picked.source_id is not None)
        self.sources.setChecked(has_sources if picked.is_all else picked.source_id is not None)
        self.components.setChecked(not self.sources.isChecked())
        self.which_sources.setCurrentIndex(max(self.which_sources.findData(picked.source_id), 0))
        self.which.setCurrentIndex(int(picked.selected))
        self.mix.setChecked(picked.is_all and choices.with_mix)
        self.residual.setChecked(picked.is_all and choices.with_residual)
        self._enable()

    def _enable(self) -> None:
        for box, which in self._pairs:
            which.setEnabled(box.isChecked())

    @Slot()
    def _changed(self) -> None:
        self._enable()
        self.changed.emit()

    def stems(self) -> tuple[Stem, ...]:
        """Return what is to be written."""
        stems: list[Stem] = []
        if self.sources.isChecked():
            only = self.which_sources.currentData()
            stems += [it for it in self._source_stems if only in (None, _source_id(it))]
        if self.components.isChecked():
            indices = self._selected if self.which.currentData() else None
            stems += component_stems(self._run, indices)
        if self.mix.isChecked():
            stems.append(mix_stem(self._run))
        if self.residual.isChecked():
            stems.append(residual_stem(self._run))
        return tuple(stems)

    def chosen(self, choices: ExportChoices) -> ExportChoices:
        """Return choices with those of this group; what was picked this once is none."""
        if not self._picked.is_all:
            return choices
        return replace(
            choices, with_mix=self.mix.isChecked(), with_residual=self.residual.isChecked()
        )


def _source_id(stem: Stem) -> int:
    """Return the id of the source that a stem is."""
    return UNASSIGNED if stem.number is None else stem.number


def _narrow_box(name: str, tip: str) -> QComboBox:
    """Return a list that long names do not widen."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(20)
    box.setAccessibleName(name)
    box.setToolTip(tip)
    return box


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
            self.format.addItem(str(form.label), name)
        self.format.setCurrentIndex(self.format.findData(choices.format_name))
        self.format.setToolTip(str(FORMAT_TIP))
        for kind, text in LEVEL_TEXTS.items():
            self.level.addItem(str(text), kind)
        self.level.setCurrentIndex(self.level.findData(choices.level))
        self.level.setToolTip(tr("Loudness as ITU-R BS.1770 measures it"))
        self.target.setRange(LEAST_TARGET_DB, MOST_TARGET_DB)
        self.target.setDecimals(1)
        self.rate.setToolTip(tr("Other rates than the recording's are resampled"))
        self.target.setToolTip(tr("What the loudest file reaches, or with its own gain each"))
        self.target.setAccessibleName(tr("Level of the files"))
        self.balance.setChecked(choices.keeps_balance)
        self.balance.setToolTip(str(BALANCE_TIP))
        self.balance.setAccessibleDescription(str(BALANCE_TIP))

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
        self.boxes = {name: QCheckBox(str(text)) for name, text in EXTRAS.items()}
        for name, box in self.boxes.items():
            box.setToolTip(str(EXTRA_TIPS[name]))
            box.setChecked(name in choices.extras)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
        layout.addStretch(1)

    def chosen(self, choices: ExportChoices) -> ExportChoices:
        """Return choices with those of this group."""
        extras = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return replace(choices, extras=extras)
