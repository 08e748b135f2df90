"""A source in the list: its name, how much it holds, and its place in the mix."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QLabel, QSizePolicy, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.sources.source_picture import HEIGHT, SourcePicture
from isnmf_gui.gui.widgets.component_drag import carried
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.gui.widgets.mixer_controls import Fader, NameField, TileButton
from isnmf_gui.gui.widgets.spoken_state import Account, Role, tell_selected
from isnmf_gui.session.document.document import UNASSIGNED, Source
from isnmf_gui.texts import N_, filled, tr

STRIPE, EDGE = 4, 7
TIP = N_(
    "Drop components here. Click: select those it holds. Double-click or F2: rename. "
    "P: hear it alone. S: solo. M: mute. ← →: gain. Right-click: more."
)
#: Keys without a modifier that mean the source here, and elsewhere the selected components.
OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_M)


class SourceRow(QWidget):
    """Shows a source and emits what the person wants of it; all signals begin with its id."""

    clicked = Signal(int)
    #: It is to be seen large.
    show_wanted = Signal(int)
    #: Its small picture is to be drawn.
    uncovered = Signal(int)
    #: It is to be heard without the others, or no longer.
    hear_wanted = Signal(int)
    muted = Signal(int, bool)
    soloed = Signal(int, bool)
    gain_moved = Signal(int, float)
    renamed = Signal(int, str)
    #: Components were dropped: their indices.
    dropped = Signal(int, object)
    menu_wanted = Signal(int, QPoint)
    #: A neighbour is to get the focus: −1 or 1.
    step_wanted = Signal(int, int)
    #: It is to be moved in the order: −1 or 1.
    move_wanted = Signal(int, int)
    delete_wanted = Signal(int)

    def __init__(self, source_id: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.source = Source(source_id)
        self._theme = theme
        self._is_target = self.is_chosen = self.is_playing = False
        self.name = ElidedLabel()
        self.share, self.count = QLabel(), QLabel()
        self.count.setProperty("role", "dim")
        self.picture = SourcePicture(self, theme)
        self.play = TileButton(self, theme)
        self.solo = TileButton(self, theme, "S")
        self.mute = TileButton(self, theme, "M")
        self.fader = Fader(self, theme)
        self._lay_out()
        self.picture.clicked.connect(self._show)
        self.picture.uncovered.connect(self._uncover)
        self.play.clicked.connect(self._hear)
        self.solo.clicked.connect(self._solo)
        self.mute.clicked.connect(self._mute)
        self.fader.moved.connect(self._move_gain)
        self.fader.reset_wanted.connect(self._reset_gain)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(str(TIP))

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        for button in (self.solo, self.mute):
            button.setFixedSize(line + 4, line + 3)
        self.play.setFixedSize(line + 10, line + 3)
        self.fader.setFixedHeight(line + 3)
        self.fader.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QGridLayout(self)
        layout.setContentsMargins(STRIPE + EDGE, 5, EDGE, 5)
        layout.setVerticalSpacing(4)
        layout.setHorizontalSpacing(4)
        layout.addWidget(self.name, 0, 0, 1, 3)
        layout.addWidget(self.share, 0, 3, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.count, 0, 4, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.play, 0, 5)
        layout.addWidget(self.picture, 1, 0, 1, 6)
        layout.addWidget(self.solo, 2, 0)
        layout.addWidget(self.mute, 2, 1)
        layout.addWidget(self.fader, 2, 2, 1, 4)
        layout.setColumnStretch(2, 1)
        self.share.setContentsMargins(0, 0, 4, 0)

    def sizeHint(self) -> QSize:
        """Return two lines and the picture between them."""
        return QSize(200, 2 * self.fontMetrics().height() + HEIGHT + 28)

    # -- what is shown ------------------------------------------------------------------------

    def show_source(
        self, source: Source, n_components: int, is_playing: bool, has_sound: bool, is_heard: bool
    ) -> None:
        """Show a source.

        Parameters
        ----------
        source : Source
            With its name, colour and place in the mix.
        n_components : int
            How many it holds.
        is_playing : bool
            Whether it is heard alone.
        has_sound : bool
            Whether anything is to be heard of it: it may have a share of what others hold.
        is_heard : bool
            Whether mute and solo let it through.
        """
        self.source, self.is_playing = source, is_playing
        self.name.setText(source.name)
        self.count.setText(str(n_components))
        held = tr("%n component(s)", "", n_components)
        self.count.setToolTip(held)
        name, color = source.name, self.color
        self._show_play(has_sound)
        self.picture.set_dimmed(not is_heard)
        tip = tr("No longer hear only {what}") if source.is_soloed else tr("Hear only {what}")
        self.solo.show_state(source.is_soloed, tr("Solo {what}", what=name), filled(tip, name))
        tip = tr("Let be heard again {what}") if source.is_muted else tr("Silence {what}")
        self.mute.show_state(source.is_muted, tr("Mute {what}", what=name), filled(tip, name))
        self.fader.show_gain(source.gain_db, name, color)
        states = [tr("heard alone")] * is_playing
        states += [tr("soloed")] * source.is_soloed + [tr("muted")] * source.is_muted
        self.setAccessibleName(", ".join([name, held, *states]))
        self.update()

    def show_chosen(self, chosen: bool) -> None:
        """Show whether this is the source that was chosen."""
        if chosen != self.is_chosen:
            self.is_chosen = chosen
            tell_selected(self)
            self.update()

    def show_share(self, share: float, percent: int, is_estimate: bool, of_region: bool) -> None:
        """Show what it has of the energy.

        Parameters
        ----------
        share : float
            All of them have 1 together.
        percent : int
            The share as it is written: all of them together have 100.
        is_estimate : bool
            Whether it is known roughly only.
        of_region : bool
            Whether it is of a region, not of all of the recording.
        """
        text = tr("{percent} %", percent=percent)
        if share > 0 and not percent:
            text = tr("<1 %")
        self.share.setText("≈ " + text if is_estimate else text)
        tip = tr("What it has of the recording's energy")
        self.share.setToolTip(tr("What it has of the region's energy") if of_region else tip)

    def _show_play(self, has_sound: bool) -> None:
        tip = (
            tr("Stop this source alone (P)")
            if self.is_playing
            else tr("Hear this source alone (P)")
        )
        name = tr("Hear {name} alone", name=self.source.name)
        self.play.setEnabled(has_sound)
        if not has_sound:
            tip = tr("There is nothing in it to be heard yet")
        self.play.show_state(self.is_playing, name, tip, "stop" if self.is_playing else "play")

    @property
    def color(self) -> QColor:
        """The colour of the source; what belongs to none has none."""
        if self.source.id == UNASSIGNED:
            return QColor(self._theme.scheme.line)
        return self._theme.curve(self.source.color)

    def refresh_colors(self) -> None:
        """Take the colours of another theme."""
        self.fader.show_gain(self.source.gain_db, self.source.name, self.color)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a card with a stripe in the source's colour."""
        scheme = self._theme.scheme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._is_target or self.is_chosen or self.hasFocus()
        painter.setPen(QColor(scheme.accent if marked else scheme.line))
        painter.setBrush(QColor(scheme.raised))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, 4, 4)
        if self._is_target or self.is_chosen:
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.fillRect(2, 2, STRIPE, self.height() - 4, self.color)
        painter.end()

    def account(self) -> Account:
        """Return what a screen reader is told: a row of a list."""
        return Account(Role.ListItem, self._describe, is_selected=self.is_chosen)

    def _describe(self) -> str:
        held = [self.count.toolTip()]
        held += [f"{self.share.toolTip()}: {self.share.text()}"] * bool(self.share.text())
        return "; ".join(held)

    # -- what the person wants ----------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        self.show_wanted.emit(self.source.id)

    @Slot()
    def _uncover(self) -> None:
        self.uncovered.emit(self.source.id)

    @Slot()
    def _hear(self) -> None:
        self.hear_wanted.emit(self.source.id)

    @Slot()
    def _solo(self) -> None:
        self.soloed.emit(self.source.id, not self.source.is_soloed)

    @Slot()
    def _mute(self) -> None:
        self.muted.emit(self.source.id, not self.source.is_muted)

    @Slot(float)
    def _move_gain(self, gain_db: float) -> None:
        self.gain_moved.emit(self.source.id, gain_db)

    @Slot()
    def _reset_gain(self) -> None:
        self.gain_moved.emit(self.source.id, 0.0)

    def begin_renaming(self) -> None:
        """Let the person write another name."""
        if self.source.id == UNASSIGNED:
            return
        field = NameField(self, self.source.title, tr("Source {id}", id=self.source.id))
        field.named.connect(self._rename)
        field.setGeometry(self.name.geometry().adjusted(-3, -3, 3, 3))
        field.show()
        field.setFocus()

    @Slot(str)
    def _rename(self, title: str) -> None:
        if title.strip() != self.source.title:
            self.renamed.emit(self.source.id, title.strip())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what it holds."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._select()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin_renaming()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or key."""
        self.menu_wanted.emit(self.source.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to a neighbour, with Ctrl they move it; for other keys see `_act`."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        changed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None:
            moves = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.move_wanted if moves else self.step_wanted).emit(self.source.id, step)
        elif changed or not self._act(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def wants_key(self, event: QKeyEvent) -> bool:
        """Keep the keys that mean the source, here and on its controls."""
        return event.key() in OWN_KEYS

    def _act(self, key: Qt.Key) -> bool:
        """Do what a key means; False if it means nothing."""
        louder = {
            Qt.Key.Key_Left: QAbstractSlider.SliderAction.SliderSingleStepSub,
            Qt.Key.Key_Right: QAbstractSlider.SliderAction.SliderSingleStepAdd,
        }
        acts = {
            Qt.Key.Key_Return: self._select,
            Qt.Key.Key_Enter: self._select,
            Qt.Key.Key_F2: self.begin_renaming,
            Qt.Key.Key_Delete: self._delete,
            Qt.Key.Key_P: self.play.click,
            Qt.Key.Key_S: self._solo,
            Qt.Key.Key_M: self._mute,
        }
        if key in louder:
            self.fader.triggerAction(louder[key])
        elif key in acts:
            acts[key]()
        return key in louder or key in acts

    def _select(self) -> None:
        self.clicked.emit(self.source.id)

    def _delete(self) -> None:
        if self.source.id != UNASSIGNED:
            self.delete_wanted.emit(self.source.id)

    # -- components that are dragged here -------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take components."""
        if carried(event.mimeData()):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They are dragged on."""
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the components that are dropped."""
        self._mark(False)
        if indices := carried(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(self.source.id, indices)

    def _mark(self, on: bool) -> None:
        self._is_target = on
        self.update()
