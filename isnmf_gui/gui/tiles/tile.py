"""A tile per component: picture, name, level, energy, source, and what is done to its sound."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.tiles.tile_painting import (
    BADGE_GAP,
    NORMAL,
    Form,
    Look,
    energy_text,
    paint_tile,
    stripe_colors,
)
from isnmf_gui.gui.tiles.tile_widgets import TileWidgets, name_place
from isnmf_gui.gui.tiles.tile_words import shares_text, sound_lines, spoken_name, tip
from isnmf_gui.gui.widgets.mixer_controls import NameField
from isnmf_gui.gui.widgets.spoken_state import Account, Role, tell_selected
from isnmf_gui.session.document.component_sounds import LEAST_SHARE, percent_text
from isnmf_gui.session.document.document import Component, Source
from isnmf_gui.texts import tr

# Keys + and − change the gain by this much.
GAIN_STEP_DB = 1.0
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tile(QWidget):
    """One component. It shows state and emits what the person wants.

    Parameters
    ----------
    index : int
        Column of the basis.
    theme : Theme
        Colours.
    describe : callable
        Takes the index and returns what the tooltip says of the sound.
    """

    clicked = Signal(int, object)
    play_wanted = Signal(int)
    mute_clicked = Signal(int)
    solo_clicked = Signal(int)
    gain_grabbed = Signal(int)
    gain_released = Signal(int)
    gain_moved = Signal(int, float)
    gain_reset = Signal(int)
    renamed = Signal(int, str)
    arrow_pressed = Signal(int, int, object)
    menu_wanted = Signal(int, QPoint)
    #: The pointer is dragged over tiles: where it began and where it is, on the screen.
    dragged = Signal(QPoint, QPoint)
    drag_ended = Signal()
    #: It is dragged away, with the rest of the selection.
    carried = Signal(int)
    focused = Signal(int)

    def __init__(
        self, index: int, theme: Theme, describe: Callable[[int], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.index = index
        self.component = Component(0, index, index + 1, index)
        self.form = NORMAL
        self.energy_text = self.share_text = self.source = self.like_text = ""
        self.of_region = False
        self.sound_texts: tuple[str, ...] = ()
        self.shares: tuple[tuple[Source, float], ...] = ()
        self._source_color: int | None = None
        self.is_selected = self.is_playing = False
        self.is_heard = True
        self._theme, self._describe_sound = theme, describe
        self._pressed: QPoint | None = None
        self._dragging = self._carries = self._alone_wanted = False
        self._parts: TileWidgets | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._describe()

    @property
    def parts(self) -> TileWidgets:
        """The widgets on it, made when they are first asked for."""
        if self._parts is None:
            self._parts = parts = TileWidgets(self, self._theme, self.form)
            parts.play_button.clicked.connect(self._play)
            parts.solo_button.clicked.connect(self._solo)
            parts.mute_button.clicked.connect(self._mute)
            parts.fader.grabbed.connect(self._grab)
            parts.fader.released.connect(self._release)
            parts.fader.moved.connect(self._move_gain)
            parts.fader.reset_wanted.connect(self._reset_gain)
            self._show_parts()
        return self._parts

    @property
    def is_furnished(self) -> bool:
        """Whether its widgets were made."""
        return self._parts is not None

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab comes to here, in this order."""
        return (self,) if self._parts is None else (self, *self._parts.controls)

    # -- what is shown ------------------------------------------------------------------------

    def show_component(
        self, component: Component, source: Source | None, is_heard: bool, like: str = ""
    ) -> None:
        """Show a component's name and place in the mix; free of cost if nothing differs.

        Parameters
        ----------
        component : Component
            What it is of.
        source : Source or None
            That it belongs to, if to any.
        is_heard : bool
            Whether mute and solo let it through.
        like : str
            A sentence that names the component of an earlier run that it is like, or "".
        """
        name, color = (source.name, source.color) if source else ("", None)
        shown = (component, name, color, is_heard, like)
        before = self.component, self.source, self._source_color, self.is_heard, self.like_text
        if shown == before:
            return
        self.component, self.source, self._source_color, self.is_heard, self.like_text = shown
        self._show_parts()
        self._describe()
        self.update()

    def show_shares(self, shares: tuple[tuple[Source, float], ...]) -> None:
        """Show what sources have of it where strokes share it out, the largest share first."""
        if shares != self.shares:
            self.shares = shares
            self._describe()
            self.update()

    def show_energy(
        self, energy: float, share: float, is_estimate: bool = False, of_region: bool = False
    ) -> None:
        """Show the component's energy by itself and its share, relative to what was separated."""
        self.of_region = of_region
        about = "≈ " if is_estimate and energy >= LEAST_SHARE else ""
        percent = percent_text(share)
        texts = about + energy_text(energy), percent and about + percent
        if texts != (self.energy_text, self.share_text):
            self.energy_text, self.share_text = texts
            self._describe()
            self.update()

    def show_sound(self, texts: tuple[str, ...]) -> None:
        """Show what it sounds like: texts of which the first one that fits is painted."""
        if texts != self.sound_texts:
            self.sound_texts = texts
            self.update()

    def set_form(self, form: Form) -> None:
        """Be laid out another way."""
        if form is not self.form:
            self.form = form
            self._place_parts()
            self.update()

    def set_selected(self, selected: bool) -> None:
        """Show whether it is part of the selection."""
        if selected != self.is_selected:
            self.is_selected = selected
            tell_selected(self)
            self.update()

    def set_playing(self, playing: bool) -> None:
        """Show whether this component is being heard alone."""
        if playing != self.is_playing:
            self.is_playing = playing
            self._show_parts()

    def set_level(self, level_db: float) -> None:
        """Show how loud it is at this moment, in dB below full scale; −inf: not at all."""
        if self._parts is not None:
            self._parts.meter.set_level(level_db)

    def set_current(self, current: bool) -> None:
        """Be the one tile that Tab comes to, or not."""
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        if policy != self.focusPolicy():
            self.setFocusPolicy(policy)
            if self._parts is not None:
                self._parts.set_focus_policy(policy)

    def refresh_colors(self) -> None:
        """Take the colours of another theme."""
        self._show_parts()
        self.update()

    def _show_parts(self) -> None:
        if self._parts is not None:
            self._parts.show_component(self.component, self.is_heard, self.is_playing)

    def _describe(self) -> None:
        shares = shares_text(self.shares)
        self.setAccessibleName(spoken_name(self.component, self.energy_text, self.source, shares))

    def account(self) -> Account:
        """Return what a screen reader is told: what it sounds like, and whether it is selected."""
        return Account(
            Role.ListItem, lambda: "; ".join(self._sound()), is_selected=self.is_selected
        )

    # -- laying out and painting --------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        self._place_parts()

    def _place_parts(self) -> None:
        if self._parts is not None:
            self._parts.place(self.size(), self.fontMetrics().height(), self.form)

    def _name_box(self) -> QRect:
        """Return where the name stands: beside the number, before the button."""
        metrics = self.fontMetrics()
        badge = metrics.horizontalAdvance("88") + 8 + BADGE_GAP
        return name_place(self.size(), metrics.height(), self.form).adjusted(badge, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and the writing; the children paint themselves."""
        painter = QPainter(self)
        like, color = self.component.like, self._source_color
        look = Look(
            form=self.form,
            color=self._theme.curve(self.component.color),
            source_color=None if color is None else self._theme.curve(color),
            number=str(self.component.number),
            name=self.component.name,
            is_named=bool(self.component.title),
            like=tr("like {number}", number=like.number) if like else "",
            sound=self.sound_texts,
            energy=self.energy_text,
            share=self.share_text,
            source=self.source,
            is_heard=self.is_heard,
            is_selected=self.is_selected,
            has_focus=self.hasFocus(),
            shares=stripe_colors(self.shares, self._theme),
        )
        paint_tile(painter, self.rect(), self._name_box(), look, self._theme.scheme)
        painter.end()

    # -- what the person wants ----------------------------------------------------------------

    @Slot()
    def _play(self) -> None:
        self.play_wanted.emit(self.index)

    @Slot()
    def _solo(self) -> None:
        self.solo_clicked.emit(self.index)

    @Slot()
    def _mute(self) -> None:
        self.mute_clicked.emit(self.index)

    @Slot()
    def _grab(self) -> None:
        self.gain_grabbed.emit(self.index)

    @Slot()
    def _release(self) -> None:
        self.gain_released.emit(self.index)

    @Slot(float)
    def _move_gain(self, gain_db: float) -> None:
        self.gain_moved.emit(self.index, gain_db)

    @Slot()
    def _reset_gain(self) -> None:
        self.gain_reset.emit(self.index)

    @Slot(str)
    def _rename(self, title: str) -> None:
        if title.strip() != self.component.title:
            self.renamed.emit(self.index, title.strip())

    def begin_renaming(self) -> None:
        """Let the person write another name."""
        hint = tr("Component {number}", number=self.component.number)
        field = NameField(self, self.component.title, hint)
        field.named.connect(self._rename)
        field.setGeometry(self._name_box().adjusted(-3, -1, 1, 1))
        field.show()
        field.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select with the left button; what is selected already may be dragged away."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.globalPosition().toPoint()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        self._alone_wanted = plain and self.is_selected
        self._carries = plain and (self.is_selected or self._is_heading(event.position().toPoint()))
        if not self._alone_wanted:
            self.clicked.emit(self.index, event.modifiers())

    def _is_heading(self, place: QPoint) -> bool:
        return place.y() < self._name_box().bottom() + self.form.gap

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Once the pointer has gone some way, draw a box over tiles, or carry them away."""
        if self._pressed is None:
            return
        at = event.globalPosition().toPoint()
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and self._carries:
            self._pressed, self._alone_wanted = None, False
            self.carried.emit(self.index)
            return
        self._dragging = self._dragging or far
        if self._dragging:
            self.dragged.emit(self._pressed, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the box, or select this one alone."""
        if self._alone_wanted and self._pressed is not None:
            self.clicked.emit(self.index, event.modifiers())
        self._pressed, self._alone_wanted = None, False
        if self._dragging:
            self._dragging = False
            self.drag_ended.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename it by its name, hear it anywhere else."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._name_box().contains(event.position().toPoint()):
            self.begin_renaming()
        else:
            self.play_wanted.emit(self.index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or key."""
        self.menu_wanted.emit(self.index, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows it, arrows go to the neighbours, F2 renames, + and − change the gain."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.index, event.modifiers())
        elif key in STEPS:
            self.arrow_pressed.emit(*STEPS[key], event.modifiers())
        elif key == Qt.Key.Key_F2:
            self.begin_renaming()
        elif event.text() in ("+", "-"):
            step = GAIN_STEP_DB if event.text() == "+" else -GAIN_STEP_DB
            self.gain_moved.emit(self.index, self.component.gain_db + step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus, and become the tile that Tab comes to."""
        self.focused.emit(self.index)
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        """Make the tooltip when it is asked for: it takes a look at the whole sound."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip(), self)
            return True
        return super().event(event)

    def tooltip(self) -> str:
        """Return what the tooltip says: name, sound, and what can be done."""
        return tip(self.component.name, self._sound())

    def _sound(self) -> list[str]:
        """Return what there is to say of its sound."""
        sound, energies = self._describe_sound(self.index), (self.energy_text, self.share_text)
        said = self.source, self.like_text, shares_text(self.shares)
        return sound_lines(sound, *energies, self.of_region, *said)
