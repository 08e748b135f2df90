"""The settings of the next run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.control.preferences import MOST_THREADS
from isnmf_gui.gui.runs.settings_texts import CHOICE_LABELS, CUSTOM, PRESET_LABELS, TIPS
from isnmf_gui.gui.widgets.number_box import DecimalBox, NumberBox
from isnmf_gui.nmf import available_cores
from isnmf_gui.session.runs.settings import (
    LIMITS,
    PRESETS,
    Settings,
    hop_limits,
    preset,
    with_mask,
)
from isnmf_gui.texts import tr, without_mnemonic


class SettingsPanel(QWidget):
    """Shows and edits `Settings`; only values that are allowed can be entered."""

    separate_wanted = Signal()
    #: Parts are to be cut out another way, of the run that is shown too: "wiener" or "ratio".
    mask_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample_rate = 44_100
        self._told_mask = "wiener"
        self._base = preset("quality", self._sample_rate)
        self._fields: dict[str, QSpinBox | QDoubleSpinBox | QComboBox] = {}
        self.preset_box = QComboBox()
        for name, label in PRESET_LABELS.items():
            self.preset_box.addItem(str(label), name)
        self.preset_box.activated.connect(self._preset_chosen)
        self.threads_box = NumberBox()  # no setting of a run: the sounds do not depend on it
        self.threads_box.setRange(0, MOST_THREADS)
        self.threads_box.setSpecialValueText(tr("Automatic ({n_cores})", n_cores=available_cores()))
        self.separate_button = QPushButton(tr("Separate"))
        self.separate_button.setToolTip(
            tr("Look for the components of the recording with these settings (Ctrl+R)")
        )
        self.separate_button.setObjectName("primary")
        self.separate_button.clicked.connect(self.separate_wanted)
        self._window_info = QLabel()
        self._window_info.setProperty("role", "dim")
        self._build()
        self.choose_preset("quality")

    def _build(self) -> None:
        content = QWidget()
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(3)
        self._add_row(form, "preset", tr("&Preset"), self.preset_box)
        self._add_row(form, "n_bases", tr("&Bases (components)"), self._number("n_bases"))
        self._add_row(form, "rule", tr("R&ule"), self._choice("rule"))
        self._add_row(form, "domain", tr("&Domain p"), self._decimal("domain"))
        self._add_row(form, "n_iterations", tr("&Iterations"), self._number("n_iterations"))
        self._add_row(form, "tolerance", tr("Stop", "setting: when"), self._choice("tolerance"))
        self._add_row(form, "start", tr("S&tart"), self._choice("start"))
        self._add_row(form, "seed", tr("&Seed"), _LargeBox(self._edited))
        self._add_row(
            form, "window_samples", tr("&Window"), self._number("window_samples", tr(" samples"))
        )
        self._add_row(form, "hop_samples", tr("H&op"), self._number("hop_samples", tr(" samples")))
        form.addRow(self._window_info)
        self._add_row(form, "floor", tr("&Noise floor"), self._choice("floor"))
        self._add_row(form, "precision", tr("Pre&cision"), self._choice("precision"))
        mask = self._choice("mask")
        mask.activated.connect(self._mask_chosen)
        self._add_row(form, "mask", tr("&Mask"), mask)
        self._add_row(form, "part_gain", tr("Level of files"), self._choice("part_gain"))
        self._add_row(form, "threads", tr("Threads"), self.threads_box)
        layout = QVBoxLayout(content)
        heading = QLabel(tr("Model"))
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Settings of the model"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take it
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(content.sizeHint().width() + 22)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        button_row = QVBoxLayout()
        button_row.setContentsMargins(9, 2, 9, 6)
        button_row.addWidget(self.separate_button)  # in sight however small the window is
        whole.addLayout(button_row)

    def _add_row(self, form: QFormLayout, name: str, label: str, field: QWidget) -> None:
        form.addRow(label, field)
        field.setToolTip(str(TIPS[name]))
        field.setAccessibleName(without_mnemonic(label))
        field.setAccessibleDescription(str(TIPS[name]))
        if field not in (self.preset_box, self.threads_box):
            assert isinstance(field, QSpinBox | QDoubleSpinBox | QComboBox)
            self._fields[name] = field
        # The wheel scrolls the panel; it changes a value only where a person is at work.
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def _number(self, name: str, suffix: str = "") -> QSpinBox:
        box = _DoublingBox() if suffix else NumberBox()
        least, most = LIMITS[name]
        box.setRange(int(least), int(most))
        box.setSuffix(suffix)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(self._edited)
        return box

    def _decimal(self, name: str) -> QDoubleSpinBox:
        box = DecimalBox()
        box.setRange(*LIMITS[name])
        box.setSingleStep(0.1)
        box.setDecimals(2)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(self._edited)
        return box

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        for value, label in CHOICE_LABELS[name].items():
            box.addItem(str(label), value)
        box.currentIndexChanged.connect(self._edited)
        return box

    # -- values -------------------------------------------------------------------------------

    def settings(self) -> Settings:
        """Return what is shown."""
        values = {name: _value(field) for name, field in self._fields.items()}
        return replace(self._base, **values)

    def n_threads(self) -> int | None:
        """Return the number of threads for runs; None: automatic."""
        return self.threads_box.value() or None

    def show_settings(self, settings: Settings) -> None:
        """Show settings without emitting anything."""
        self._base = settings
        self._limit_hop(settings.window_samples)
        for name, field in self._fields.items():
            with QSignalBlocker(field):
                _set_value(field, getattr(settings, name))
        self._describe()

    def choose_preset(self, name: str) -> None:
        """Show a preset."""
        self.show_settings(preset(name, self._sample_rate))

    def show_mask(self, mask: str) -> None:
        """Show the mask in use, which a step back or another project may have changed."""
        if mask != self._told_mask:
            self._told_mask = mask
            self.show_settings(with_mask(self.settings(), mask))

    def set_sample_rate(self, sample_rate: int) -> None:
        """Let presets follow the recording's rate, unless the person has changed something."""
        name = self._matching_preset()
        self._sample_rate = sample_rate
        if name:
            self.choose_preset(name)
        self._describe()

    def set_ready(self, ready: bool) -> None:
        """Enable or disable starting a run."""
        self.separate_button.setEnabled(ready)

    def _matching_preset(self) -> str | None:
        shown = self.settings()
        return next((n for n in PRESETS if preset(n, self._sample_rate) == shown), None)

    @Slot(int)
    def _preset_chosen(self, index: int) -> None:
        name = self.preset_box.itemData(index)
        if name in PRESETS:
            self.choose_preset(name)

    @Slot()
    def _mask_chosen(self) -> None:
        """Wiener parts add up only at their original level."""
        self.show_settings(with_mask(self.settings(), _value(self._fields["mask"])))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from changing a field that has not the focus."""
        unfocused = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and unfocused:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _edited(self) -> None:
        self._limit_hop(_value(self._fields["window_samples"]))
        self._describe()

    def _limit_hop(self, window_samples: int) -> None:
        hop = self._fields["hop_samples"]
        assert isinstance(hop, QSpinBox)
        with QSignalBlocker(hop):
            hop.setRange(*hop_limits(window_samples))

    def _describe(self) -> None:
        """Show which preset this is, and what the window means in time and frequency."""
        name = self._matching_preset()
        custom = self.preset_box.findData(None)
        if name is None and custom < 0:
            self.preset_box.addItem(str(CUSTOM), None)
        elif name is not None and custom >= 0:
            self.preset_box.removeItem(custom)
        self.preset_box.setCurrentIndex(self.preset_box.findData(name))
        mask = _value(self._fields["mask"])
        if mask != self._told_mask:
            self._told_mask = mask
            self.mask_chosen.emit(mask)
        window = _value(self._fields["window_samples"])
        milliseconds = 1000 * window / self._sample_rate
        hertz = self._sample_rate / window
        self._window_info.setText(
            tr(
                "window {milliseconds:.0f} ms, bins {hertz:.1f} Hz apart",
                milliseconds=milliseconds,
                hertz=hertz,
            )
        )


class _DoublingBox(NumberBox):
    """Steps by factors of two; any value in range can be typed."""

    def stepBy(self, steps: int) -> None:
        """Double or halve the value."""
        self.setValue(round(self.value() * 2.0**steps))


class _LargeBox(DecimalBox):
    """A whole number beyond the range of QSpinBox, which ends at 2^31 − 1."""

    def __init__(self, changed: Any) -> None:
        super().__init__()
        self.setDecimals(0)
        self.setRange(*LIMITS["seed"])
        self.setKeyboardTracking(False)
        self.valueChanged.connect(changed)


def _value(field: QSpinBox | QDoubleSpinBox | QComboBox) -> Any:
    if isinstance(field, QComboBox):
        return field.currentData()
    return int(field.value()) if isinstance(field, _LargeBox) else field.value()


def _set_value(field: QSpinBox | QDoubleSpinBox | QComboBox, value: Any) -> None:
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
    else:
        field.setValue(value)
