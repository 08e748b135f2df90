"""The widgets on a tile: picture, meter, buttons and fader."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.tiles.tile_meter import TileMeter
from isnmf_gui.gui.tiles.tile_painting import STRIPE, Form
from isnmf_gui.gui.widgets.mixer_controls import Fader, TileButton
from isnmf_gui.gui.widgets.small_picture import SmallPicture
from isnmf_gui.session.document.document import Component
from isnmf_gui.texts import tr


def name_place(size: QSize, line: int, form: Form) -> QRect:
    """Return what the button leaves of the uppermost row, on a tile of some size."""
    row, edge = line + 4, form.edge
    width = size.width() - 2 * edge - STRIPE - row - 6 - form.gap
    return QRect(edge + STRIPE, edge, width, row)


class TileWidgets:
    """Made for a tile when it first comes into sight: of 64 tiles most are not.

    Parameters
    ----------
    tile : QWidget
        What they lie on.
    theme : Theme
        Colours.
    form : Form
        How they are laid out.
    """

    def __init__(self, tile: QWidget, theme: Theme, form: Form) -> None:
        self._theme = theme
        self.picture, self.meter = SmallPicture(tile, theme), TileMeter(tile, theme)
        self.play_button = TileButton(tile, theme)
        self.solo_button = TileButton(tile, theme, "S")
        self.mute_button = TileButton(tile, theme, "M")
        self.fader = Fader(tile, theme)
        self.set_focus_policy(tile.focusPolicy())
        before = tile
        for control in self.controls:  # Tab goes through them, however late they were made
            QWidget.setTabOrder(before, control)
            before = control
        self.place(tile.size(), tile.fontMetrics().height(), form)
        for widget in (self.picture, self.meter, *self.controls):
            widget.show()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard reaches after the tile itself."""
        return self.play_button, self.solo_button, self.mute_button, self.fader

    def set_focus_policy(self, policy: Qt.FocusPolicy) -> None:
        """Let Tab come to the controls, or not."""
        for control in self.controls:
            control.setFocusPolicy(policy)

    def place(self, size: QSize, line: int, form: Form) -> None:
        """Put everything in its place on a tile of some size, with lines so high."""
        edge, gap = form.edge, form.gap
        left, width, row = edge + STRIPE, size.width() - 2 * edge - STRIPE, line + 4
        top, right = edge, left + width
        self.play_button.setGeometry(right - row - 6, top, row + 6, row)
        top += row + gap
        # The picture gets what the lines below it leave.
        below = form.meter + 2 * gap + row + form.n_lines * line + edge
        height = max(form.picture, size.height() - top - below)
        self.picture.setGeometry(left, top, width, height)
        top += height
        self.meter.setGeometry(left, top, width, form.meter)
        top += form.meter + gap
        self.solo_button.setGeometry(left, top, row, row)
        self.mute_button.setGeometry(left + row + 2, top, row, row)
        self.fader.setGeometry(left + 2 * row + 8, top, width - 2 * row - 8, row)

    def show_component(self, component: Component, is_heard: bool, is_playing: bool) -> None:
        """Show a component's place in the mix."""
        color = self._theme.curve(component.color)
        name = component.title or tr("component {number}", number=component.number)
        self.meter.set_color(color)
        self.picture.set_dimmed(not is_heard)
        self.fader.show_gain(component.gain_db, name, color)
        tip = tr("Stop this component alone") if is_playing else tr("Hear this component alone")
        icon = "stop" if is_playing else "play"
        self.play_button.show_state(is_playing, tr("Hear {what}", what=name), tip, icon)
        on = component.is_soloed
        tip = tr("No longer solo") if on else tr("Solo: of the mix, hear only what is soloed")
        self.solo_button.show_state(on, tr("Solo {what}", what=name), f"{tip} (S)")
        on = component.is_muted
        tip = tr("Let it be heard in the mix again") if on else tr("Mute: leave it out of the mix")
        self.mute_button.show_state(on, tr("Mute {what}", what=name), f"{tip} (M)")
