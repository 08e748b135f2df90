"""The recording at a glance: its outline, the playhead, what is seen, and a region to mark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.spectrogram.overview_painting import Marks, OverviewPainting
from isnmf_gui.gui.widgets.spoken_state import Account, Role, Value
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.pictures.envelope import Envelope
from isnmf_gui.texts import N_, clock, tr

HEIGHT = 64
# A handle can be taken hold of this close to it.
REACH_PIXELS = 6
# A press of an arrow key moves a handle by this share of the recording.
STEP_SHARE = 0.005
TIP = N_(
    "Click or drag: play from here.\n"
    "Drag from an end of the recording, or with Shift: mark a region. Drag its handles to change "
    "it, its inside to move it; double-click: no region.\n"
    "Keys: [ and ] begin and end the region at the playhead; left and right move a handle, up and "
    "down choose which; Esc: no region."
)
OWN_KEYS = {
    Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape,
}  # fmt: skip


class Overview(QWidget):
    """Shows the whole recording in one line.

    Parameters
    ----------
    theme : Theme
        Colours.
    region : RegionModel
        Is marked here.
    """

    seek_wanted = Signal(float)

    def __init__(self, theme: Theme, region: RegionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.region = region
        self.duration_s = 0.0
        self.position_s: float | None = None
        self.stretch_s = (0.0, 0.0)
        #: Which handle the arrow keys move: 0 is the start, 1 the end.
        self.active = 1
        self._painting = OverviewPainting(theme)
        self._drag = ""
        self._grabbed_s = 0.0
        self._moved = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Overview of the recording"))
        self.setToolTip(str(TIP))
        region.changed.connect(self.update)
        theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, HEIGHT)

    # -- what is shown ------------------------------------------------------------------------

    def set_recording(self, recording: Recording, envelope: Envelope) -> None:
        """Show another recording, with nothing marked."""
        self.duration_s = recording.duration_s
        self.position_s = None
        self.stretch_s = (0.0, recording.duration_s)
        self.region.set_duration(recording.duration_s)
        self._painting.set_envelope(envelope, recording.n_samples)
        self._redraw()

    def set_playhead(self, position_s: float, visible: bool) -> None:
        """Move the line that shows what is being heard."""
        position = position_s if visible else None
        if position != self.position_s:
            self.position_s = position
            self.update()

    @Slot(float, float)
    def set_stretch(self, start_s: float, stop_s: float) -> None:
        """Show what the spectrogram shows."""
        self.stretch_s = (start_s, stop_s)
        self.update()

    @Slot()
    def start_region_here(self) -> None:
        """Let the region begin at the playhead."""
        if self.duration_s > 0:
            self.region.start_at(self.position_s or 0.0)

    @Slot()
    def stop_region_here(self) -> None:
        """Let the region end at the playhead."""
        if self.duration_s > 0:
            self.region.stop_at(self.position_s or 0.0)

    def account(self) -> Account:
        """Return what a screen reader is told: where sound is, the region, and the playhead."""
        now = min(max(self.position_s or 0.0, 0.0), self.duration_s)
        value = Value(now, 0.0, self.duration_s, 1.0, self.seek_wanted.emit)
        return Account(Role.Slider, self._words, value, clock(now, 1))

    def _words(self) -> str:
        """Say in words what is shown."""
        if self.duration_s <= 0:
            return tr("Nothing is shown yet.")
        region = tr("no region is marked")
        if self.region.region_s is not None:
            start, stop = (clock(end, 1) for end in self.region.region_s)
            region = tr("region {start} to {stop}", start=start, stop=stop)
        whole = tr(
            "Recording of {duration}, loudest at {loudest}",
            duration=clock(self.duration_s, 1),
            loudest=clock(self._painting.loudest_share() * self.duration_s, 1),
        )
        return f"{whole}; {region}. {TIP}"

    # -- mouse --------------------------------------------------------------------------------

    def _to_s(self, x: float) -> float:
        return min(max(x / max(1, self.width()), 0.0), 1.0) * self.duration_s

    def to_x(self, position_s: float) -> float:
        """Return where a moment is, in pixels."""
        return self._marks().to_x(position_s, self.width())

    def _marks(self) -> Marks:
        region_s = self.region.region_s
        return Marks(self.duration_s, self.position_s, self.stretch_s, region_s, self.active)

    def _handle_at(self, x: float) -> int | None:
        """Return the handle under the pointer; without a region they are at the very ends."""
        places = self.region.region_s or (0.0, self.duration_s)
        distances = [abs(self.to_x(place) - x) for place in places]
        nearest = 0 if distances[0] < distances[1] else 1
        return nearest if distances[nearest] <= REACH_PIXELS else None

    def _is_inside(self, x: float) -> bool:
        region = self.region.region_s
        return region is not None and region[0] <= self._to_s(x) <= region[1]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle or the region, begin a new one, or seek."""
        if event.button() != Qt.MouseButton.LeftButton or self.duration_s <= 0:
            return
        x = event.position().x()
        handle = self._handle_at(x)
        self._grabbed_s, self._moved = self._to_s(x), False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag = "new"
        elif handle is not None:
            self._drag, self.active = "handle", handle
            region = self.region.region_s or (0.0, self.duration_s)
            self._grabbed_s = region[1 - handle]  # the other one stays
        elif self._is_inside(x):
            self._drag = "inside"
        else:
            self._drag = "seek"
            self.seek_wanted.emit(self._to_s(x))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        x = event.position().x()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            on_handle = self.duration_s > 0 and self._handle_at(x) is not None
            shape = Qt.CursorShape.SizeHorCursor if on_handle else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        now_s, region = self._to_s(x), self.region.region_s
        if self._drag == "seek":
            self.seek_wanted.emit(now_s)
        elif self._drag in ("new", "handle"):
            self.region.mark(self._grabbed_s, now_s)
            self.active = int(now_s >= self._grabbed_s)
        elif self._drag == "inside" and region is not None:
            self.region.move_to(region[0] + now_s - self._grabbed_s)
            self._grabbed_s = now_s
        self._moved = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press inside the region that moved nothing was a click."""
        if self._drag in ("inside", "handle") and not self._moved:
            self.seek_wanted.emit(self._to_s(event.position().x()))
        self._drag = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark nothing."""
        self._drag = ""
        self.region.clear()

    # -- keyboard -----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the own keys before the window's shortcuts get them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if self._is_own(event):
                event.accept()
                return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Esc is the window's again once nothing is marked."""
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        needs_region = event.key() not in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight)
        has_region = self.region.region_s is not None
        return event.key() in OWN_KEYS and is_plain and (has_region or not needs_region)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark by keyboard."""
        if not self._is_own(event) or self.duration_s <= 0:
            super().keyPressEvent(event)
            return
        key = event.key()
        if key == Qt.Key.Key_BracketLeft:
            self.start_region_here()
        elif key == Qt.Key.Key_BracketRight:
            self.stop_region_here()
        elif key == Qt.Key.Key_Escape:
            self.region.clear()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.active = 1 - self.active
            self.update()
        else:
            self._nudge(-1 if key == Qt.Key.Key_Left else 1)

    def _nudge(self, steps: int) -> None:
        """Move the handle that was chosen; it stops at the other one."""
        region = self.region.region_s
        assert region is not None
        start, stop = region
        by = steps * STEP_SHARE * self.duration_s
        if self.active == 0:
            self.region.mark(min(start + by, stop), stop)
        else:
            self.region.mark(start, max(stop + by, start))

    # -- painting -----------------------------------------------------------------------------

    @Slot()
    def _redraw(self) -> None:
        self._painting.forget()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the outline anew."""
        self._painting.forget()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        self._painting.paint(self, self._marks())
