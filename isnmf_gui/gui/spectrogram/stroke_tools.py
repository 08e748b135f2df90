"""What is needed to paint: the tools, their size, the source, and room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from isnmf_gui.gui.actions.action_button import ActionButton
from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.brush import MOST_PARTIALS, SIZES, TOOLS, Brush
from isnmf_gui.gui.widgets.number_box import NumberBox
from isnmf_gui.session.document.document import UNASSIGNED, Source
from isnmf_gui.texts import N_, tr

FRACTIONS = {1 / 8: "⅛", 1 / 4: "¼", 1 / 2: "½"}
NO_RUN = N_("Separate the recording first: strokes sort the components of a run.")
#: Width of the button of the source, in pixels; what its frame and its mark take of it.
LEAST_WIDTH, MOST_WIDTH, TAKEN_WIDTH = 56, 170, 46
MARK = 12


class StrokeTools(QWidget):
    """A row of controls for painting in the spectrogram."""

    #: Brush and eraser are to be so many octaves high.
    octaves_wanted = Signal(float)
    #: The harmonic brush is to draw so many lines.
    partials_wanted = Signal(int)
    #: This source is to be painted from now on.
    source_wanted = Signal(int)
    #: A new source is to be made and painted.
    new_source_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions: Actions | None = None
        self._sources: Sequence[Source] = ()
        self._painted: Source | None = None
        self.buttons = {f"tool_{tool}": ActionButton(self) for tool in TOOLS}
        self.show_button, self.room_button = ActionButton(self), ActionButton(self)
        self.fit_button = ActionButton(self)
        self._make_sizes()
        self._make_source()
        self._lay_out()
        theme.changed.connect(self._refresh)
        self.show_sources((), None)

    def _make_sizes(self) -> None:
        self.size_box, self.partials_box = QComboBox(), NumberBox()
        for octaves in SIZES:
            size = FRACTIONS.get(octaves, f"{octaves:.0f}")
            self.size_box.addItem(tr("{size} oct", size=size), octaves)
        self.size_box.setAccessibleName(tr("Height of brush and eraser in octaves"))
        self.size_box.setToolTip(
            tr("How high brush and eraser are, in octaves; also the wheel with Alt does it")
        )
        self.size_box.activated.connect(self._choose_size)
        self.partials_box.setRange(1, MOST_PARTIALS)
        self.partials_box.setPrefix("× ")
        self.partials_box.setAccessibleName(tr("Lines of the harmonic brush"))
        self.partials_box.setToolTip(
            tr("How many lines it draws: the note and its overtones; also the wheel with Alt")
        )
        self.partials_box.valueChanged.connect(self.partials_wanted)
        self.partials_box.hide()

    def _make_source(self) -> None:
        self.source_button = QToolButton(self)
        self.source_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.source_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.source_button.setIconSize(QSize(MARK, MARK))
        self.source_button.setProperty("role", "switch")
        self.source_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.source_button.setMinimumWidth(LEAST_WIDTH)
        self.source_button.setMaximumWidth(MOST_WIDTH)
        self.source_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self.source_button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.source_button.setMenu(self._menu)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addSpacing(3)
        layout.addWidget(self.size_box)
        layout.addWidget(self.partials_box)
        layout.addWidget(self.source_button, 1)
        layout.addStretch(0)
        for button in (self.show_button, self.fit_button, self.room_button):
            layout.addWidget(button)

    def set_actions(self, actions: Actions) -> None:
        """Let the buttons be actions of the window."""
        self._actions = actions
        for name, button in self.buttons.items():
            button.set_action(actions[name])
        self.show_button.set_action(actions["show_strokes"])
        self.fit_button.set_action(actions["fit"])
        self.room_button.set_action(actions["room"])

    # -- what is shown ------------------------------------------------------------------------

    def show_brush(self, brush: Brush) -> None:
        """Show the size of the tool in the hand."""
        is_harmonic = brush.tool == "harmonic"
        self.size_box.setVisible(not is_harmonic)
        self.partials_box.setVisible(is_harmonic)
        self.size_box.setCurrentIndex(SIZES.index(brush.octaves))
        with QSignalBlocker(self.partials_box):
            self.partials_box.setValue(brush.n_partials)

    def show_sources(self, sources: Sequence[Source], painted: Source | None) -> None:
        """Show which source is painted, and offer the others; None: nothing can be painted."""
        self._sources, self._painted = sources, painted
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        painted, reason = self._painted, "" if self._painted else str(NO_RUN)
        for control in (self.size_box, self.partials_box, self.source_button):
            control.setEnabled(painted is not None)
        for button in (*self.buttons.values(), self.show_button):
            button.set_reason(reason)
        name = self._name(painted) if painted else tr("Source")
        self.source_button.setAccessibleName(tr("Source to paint: {name}", name=name))
        tip = tr("{name} is painted; choose another source", name=name) if painted else reason
        self.source_button.setToolTip(tip)
        if painted:
            self.source_button.setIcon(self._mark(painted))
        self._fit_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much of the source's name as there is room for."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        name = self._name(self._painted) if self._painted else tr("Source")
        metrics, room = self.fontMetrics(), self.source_button.width() - TAKEN_WIDTH
        self.source_button.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))

    def _name(self, source: Source) -> str:
        return tr("{name} (locked)", name=source.name) if source.is_locked else source.name

    def _mark(self, source: Source) -> QIcon:
        pixmap = QPixmap(MARK * 2, MARK * 2)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_real = source.id != UNASSIGNED
        painter.setBrush(
            self._theme.curve(source.color) if is_real else QColor(self._theme.scheme.line)
        )
        painter.setPen(QColor(self._theme.scheme.line))
        painter.drawRoundedRect(pixmap.rect().adjusted(1, 1, -2, -2), 5, 5)
        painter.end()
        return QIcon(pixmap)

    # -- what the person wants ----------------------------------------------------------------

    @Slot()
    def _fill_menu(self) -> None:
        """Offer the sources there are now, with the keys that choose them."""
        self._menu.clear()
        for place, source in enumerate(self._sources, 1):
            number = 0 if source.id == UNASSIGNED else place
            text = self._name(source).replace("&", "&&")
            if self._actions is not None and number <= N_NUMBERED:
                text += f"\t{self._actions.keys(f'paint_{number}')}"
            action = self._menu.addAction(self._mark(source), text)
            action.setCheckable(True)
            action.setChecked(source == self._painted)
            action.triggered.connect(lambda _=False, it=source.id: self.source_wanted.emit(it))
        self._menu.addSeparator()
        self._menu.addAction(tr("New source")).triggered.connect(self.new_source_wanted)

    @Slot(int)
    def _choose_size(self, place: int) -> None:
        self.octaves_wanted.emit(self.size_box.itemData(place))
