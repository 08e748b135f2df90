"""The large spectrogram: what is to be seen, how, and what is under the pointer."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.spectrogram.color_bar import ColorBar
from isnmf_gui.gui.spectrogram.source_legend import SourceLegend
from isnmf_gui.gui.spectrogram.spectrogram_plot import TOP_MARGIN, Point, SpectrogramPlot
from isnmf_gui.gui.spectrogram.stroke_tools import StrokeTools
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.gui.widgets.flowing_row import FlowingRow
from isnmf_gui.session.document.scenes import Scene
from isnmf_gui.session.export.extras.tables import Table
from isnmf_gui.spectral.hearing.notes import note_name
from isnmf_gui.spectral.pictures.colormap import DEFAULT_MAP, MAPS
from isnmf_gui.texts import N_, moment, signed, tr

MASKED_WIDTH = 140
VIEWS = {
    "recording": (N_("Recording"), N_("The recording's own spectrogram")),
    "model": (N_("Model"), N_("What all components together stand for: what was factorized")),
    "component": (N_("Component"), N_("The component that was clicked last")),
    "source": (N_("Source"), N_("What the chosen source is heard as")),
    "sources": (
        N_("In colour"),
        N_("Every place in the colour of the source that wins it, the paler the less surely"),
    ),
    "heard": (
        N_("What I hear"),
        N_("The recording as the faders leave it: what the play button plays"),
    ),
}
# What is under the pointer, where that takes much room; and pixels above and below it.
LONGEST_READOUT, ABOVE, BELOW = "8:88.888   88888 Hz   G♯8 +88 cents   −88 dB", 6, 4


class SpectrogramPanel(QWidget):
    """Shows a scene large, with everything to look into it.

    Parameters
    ----------
    theme : Theme
        Colours.
    region : RegionModel, optional
        What is outside it is dimmed.
    """

    seek_wanted = Signal(float)
    #: To be played from this moment, also where it paused.
    play_wanted = Signal(float)
    #: A view was picked: "recording", "model", "component" or "heard".
    view_wanted = Signal(str)
    #: A component is to be shown as it lies in the recording, or as the model has it.
    masked_changed = Signal(bool)
    #: Start and end of what is seen, in seconds.
    stretch_changed = Signal(float, float)
    #: A stroke was clicked on: its number.
    stroke_clicked = Signal(int)

    def __init__(
        self, theme: Theme, region: RegionModel | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._playing = False
        self._color_map = DEFAULT_MAP
        self.plot = SpectrogramPlot(theme)
        self.color_bar = ColorBar(theme)
        self.legend = SourceLegend(theme)
        self.color_bar.range_changed.connect(self.plot.set_range)
        self.tools = StrokeTools(theme)
        self._build_choices()
        self._build_title()
        self._build_layout()
        self.plot.seek_wanted.connect(self.seek_wanted)
        self.plot.play_wanted.connect(self.play_wanted)
        self.plot.pointed.connect(self._read_out)
        self.plot.stretch_changed.connect(self.stretch_changed)
        self.region = region or RegionModel(self)
        self.region.changed.connect(self.plot.set_region)

    def _build_choices(self) -> None:
        self.view_buttons: dict[str, QPushButton] = {}
        self._views = QButtonGroup(self)
        for name, (label, tip) in VIEWS.items():
            button = QPushButton(str(label))
            button.setCheckable(True)
            button.setToolTip(str(tip))
            button.setProperty("view", name)
            self._views.addButton(button)
            self.view_buttons[name] = button
        self.view_buttons["recording"].setChecked(True)
        self._views.buttonClicked.connect(self._view_clicked)
        self.masked_box = QComboBox()
        self.masked_box.addItem(tr("by itself"), False)
        self.masked_box.addItem(tr("in the recording"), True)
        self.masked_box.setAccessibleName(tr("How a component is shown"))
        self.masked_box.setToolTip(
            tr(
                "By itself: the component as the model has it. In the recording: what its mask "
                "cuts "
                "out of the recording, which is what you hear of it."
            )
        )
        # A small window cuts its text, not those of the buttons; the list is as wide as it needs.
        self.masked_box.setMinimumContentsLength(3)
        self.masked_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.masked_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.masked_box.setMaximumWidth(MASKED_WIDTH)
        self.masked_box.currentIndexChanged.connect(self._masked_chosen)
        self.scale_button = _switch(tr("Log frequency"), on=True)
        self.scale_button.setToolTip(
            tr("Logarithmic frequency axis: octaves are equally high, as on a keyboard")
        )
        self.scale_button.toggled.connect(self.plot.set_logarithmic)
        self.follow_button = _switch(tr("Follow"), on=True)
        self.follow_button.setToolTip(tr("Turn the page when the playhead leaves what is seen"))
        self.colors_button = QPushButton(tr("Colours"))
        self.colors_button.setToolTip(tr("Choose the colours of the spectrogram"))
        self.colors_button.setMenu(self._color_menu())

    def _color_menu(self) -> QMenu:
        menu = QMenu(self)
        self._maps = QActionGroup(self)
        for name, chosen in MAPS.items():
            action = menu.addAction(str(chosen.label))
            action.setCheckable(True)
            action.setChecked(name == self._color_map)
            action.setData(name)
            self._maps.addAction(action)
        self._maps.triggered.connect(self._map_chosen)
        menu.addSeparator()
        menu.addAction(tr("Reset the range of levels"), self.color_bar.reset)
        return menu

    def _build_title(self) -> None:
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        self.readout = ElidedLabel()  # a small window does not grow under the pointer
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout_below = ElidedLabel(self)
        self.readout_below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.readout_below.setAutoFillBackground(True)
        self.readout_below.hide()

    def _build_layout(self) -> None:
        choices, below, picture = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        choices.setSpacing(0)
        for label in (self.title, self.readout):  # they are the first to give way
            label.setMinimumWidth(1)
        views = QWidget()
        row = FlowingRow(views)
        for button in self.view_buttons.values():
            button.setProperty("role", "segment")
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        choices.addWidget(views)
        choices.addSpacing(6)
        choices.addWidget(self.readout, 1)
        below.setSpacing(4)
        below.addWidget(self.title, 1)
        below.addWidget(self.masked_box)
        for button in (self.scale_button, self.follow_button, self.colors_button):
            below.addWidget(button)
        picture.setSpacing(4)
        picture.addWidget(self.plot, 1)
        picture.addWidget(self.color_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.setSpacing(4)
        layout.addLayout(choices)
        layout.addLayout(below)
        layout.addWidget(self.tools)
        layout.addWidget(self.legend)
        layout.addLayout(picture, 1)

    # -- what is shown ------------------------------------------------------------------------

    def show_scene(
        self, scene: Scene | None, title: str, view: str = "recording", has_run: bool = False
    ) -> None:
        """Show something else; the visible stretch stays if the length does.

        Parameters
        ----------
        scene : Scene or None
            What to show.
        title : str
            What it is.
        view : str
            Which of `VIEWS` it is.
        has_run : bool
            Whether there is a model to be shown.
        """
        self.title.setText(title)
        self.view_buttons[view].setChecked(True)
        for name in ("model", "component", "source", "sources"):
            self.view_buttons[name].setEnabled(has_run)
        self.legend.show_scene(scene)
        self.color_bar.set_colors(self.plot.sources.ramp(scene, self._color_map))
        self.masked_box.setVisible(view == "component")
        self.plot.show_scene(scene)
        self.plot.set_region(self.region.region_s)
        axis = self.plot.area.axes["bottom"]
        self.color_bar.margins = (TOP_MARGIN, int(axis.height()) or 30)
        if scene is not None:
            self.color_bar.set_zero(str(scene.zero))

    @property
    def is_masked(self) -> bool:
        """Whether components are to be shown as they lie in the recording."""
        return bool(self.masked_box.currentData())

    def set_playhead(self, position_s: float, visible: bool) -> None:
        """Move the line that shows what is being heard."""
        self.plot.playhead.setVisible(visible)
        self.plot.playhead.setPos(position_s)
        if visible and self._playing and self.follow_button.isChecked():
            self.plot.turn_to(position_s)

    def set_playing(self, playing: bool) -> None:
        """Say whether the playhead moves by itself: only then pages are turned."""
        self._playing = playing

    @Slot()
    def fit(self) -> None:
        """Show everything."""
        self.plot.fit()

    @Slot(object)
    def mark_strokes(self, stroke_ids: Collection[int]) -> None:
        """Point out some of the strokes."""
        self.plot.strokes.mark(stroke_ids)

    @property
    def read_out(self) -> str:
        """What is said of the place under the pointer."""
        return self.readout.text() or self.readout_below.text()

    def table(self) -> Table | None:
        """Return the levels that are seen, in numbers."""
        return self.plot.table()

    @Slot(QAbstractButton)
    def _view_clicked(self, button: QAbstractButton) -> None:
        self.view_wanted.emit(button.property("view"))

    @Slot()
    def _masked_chosen(self) -> None:
        self.masked_changed.emit(self.is_masked)

    @Slot(QAction)
    def _map_chosen(self, action: QAction) -> None:
        self._set_map(action.data())

    def _set_map(self, name: str) -> None:
        self._color_map = name
        self.plot.set_colors(name)
        self.color_bar.set_colors(self.plot.sources.ramp(self.plot.scene_shown, name))
        for action in self._maps.actions():
            action.setChecked(action.data() == name)

    @Slot(object)
    def _read_out(self, point: Point | None) -> None:
        if point is None:
            self._write_readout("")
            self.plot.setAccessibleDescription(self._summary())
            return
        lowest = self.color_bar.range_db[0]
        level, low = (
            f"{signed(point.level_db, '.0f')} dB",
            tr("below {lowest:.0f} dB", lowest=lowest),
        )
        level = level if point.level_db > lowest else low
        parts = (
            moment(point.time_s, 3),
            f"{point.frequency_hz:.0f} Hz",
            note_name(point.frequency_hz),
            level,
            point.source,
        )
        self._write_readout("   ".join(part for part in parts if part))
        if self.plot.reading.is_on:  # read aloud to those who read by keyboard
            self.plot.setAccessibleDescription(", ".join(part for part in parts if part))

    def _write_readout(self, text: str) -> None:
        """Show what is under the pointer beside the views, or below where they leave no room.

        Below it stands on the name of the axis: no picture is covered, and nothing moves.
        """
        beside, below, inside = self.readout, self.readout_below, self.contentsRect()
        has_room = beside.width() >= beside.fontMetrics().horizontalAdvance(LONGEST_READOUT)
        beside.setText(text if has_room else "")
        below.setText("" if has_room else text)
        high = below.fontMetrics().height() + ABOVE
        below.setGeometry(inside.left(), inside.bottom() - high - BELOW, inside.width(), high)
        below.setVisible(bool(below.text()))
        below.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what is read by keyboard stay in sight."""
        super().resizeEvent(event)
        self._write_readout(self.read_out)

    def _summary(self) -> str:
        """Say in words what is seen."""
        seen, scene = self.plot.visible, self.plot.scene_shown
        if seen is None or scene is None:
            return tr("Nothing is shown yet.")
        low, high = self.color_bar.range_db
        return tr(
            "{title}. {start} to {stop}, {low_hz:.0f} to {high_hz:.0f} "
            "Hz, {low:.0f} to {high:.0f} dB; 0 dB is {zero}. Arrow keys read it.",
            title=self.legend.spoken(self.title.text()),
            start=moment(seen.start_s, 1),
            stop=moment(seen.stop_s, 1),
            low_hz=seen.low_hz,
            high_hz=seen.high_hz,
            low=low,
            high=high,
            zero=scene.zero,
        )

    # -- remembering --------------------------------------------------------------------------

    def restore(self, preferences: Preferences) -> None:
        """Take the remembered colours, range and switches."""
        self._set_map(preferences.color_map)
        range_db = preferences.range_db
        if range_db is not None:
            self.color_bar.set_range(*range_db)
        self.scale_button.setChecked(preferences.log_frequency)
        self.follow_button.setChecked(preferences.follow_playhead)
        self.plot.strokes.setVisible(preferences.show_strokes)

    def save(self, preferences: Preferences) -> None:
        """Remember them."""
        preferences.color_map = self._color_map
        preferences.range_db = self.color_bar.range_db
        preferences.log_frequency = self.scale_button.isChecked()
        preferences.follow_playhead = self.follow_button.isChecked()
        preferences.show_strokes = self.plot.strokes.isVisible()


def _switch(label: str, on: bool) -> QPushButton:
    button = QPushButton(label)
    button.setCheckable(True)
    button.setChecked(on)
    return button
