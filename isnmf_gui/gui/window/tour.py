"""A guided tour of the window: a few steps, each pointing at what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.texts import tr

WIDTH, GAP = 340, 12
VEIL = QColor(0, 0, 0, 120)


@dataclass(frozen=True)
class TourStep:
    """A step of the tour.

    Attributes
    ----------
    title, text : str
        What is said.
    target : callable
        Returns the widget that it is about, after having brought it into sight.
    """

    title: str
    text: str
    target: Callable[[], QWidget]


class Tour(QWidget):
    """Lies over the window, leaves free what a step is about, and says a few words.

    Parameters
    ----------
    window : QMainWindow
        What is shown around in.
    steps : sequence of TourStep
        At least one.
    """

    def __init__(self, window: QMainWindow, steps: Sequence[TourStep]) -> None:
        super().__init__(window)
        self._window, self._steps = window, list(steps)
        self.place = 0
        self._hole = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bubble = QFrame(self)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setFrameShape(QFrame.Shape.StyledPanel)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.count.setProperty("role", "dim")
        self.text.setWordWrap(True)
        self.back, self.next = QPushButton(tr("Back")), QPushButton(tr("Next"))
        self.leave = QPushButton(tr("Leave"))
        self.back.setToolTip(tr("The step before (left arrow)"))
        self.next.setToolTip(tr("The next step (right arrow)"))
        self.leave.setToolTip(tr("Be shown no more (Esc); Help → Guided tour begins anew"))
        for button in self.buttons:
            button.installEventFilter(self)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.close)
        self._lay_out()
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keep_focus)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._show_step()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.count)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        layout = QVBoxLayout(self.bubble)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self.bubble.setFixedWidth(WIDTH)

    # -- steps --------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """Go to the next step; after the last the tour is over."""
        if self.place == len(self._steps) - 1:
            self.close()
            return
        self.place += 1
        self._show_step()

    @Slot()
    def go_back(self) -> None:
        """Go to the step before."""
        self.place = max(0, self.place - 1)
        self._show_step()

    def _show_step(self) -> None:
        step = self._steps[self.place]
        last = self.place == len(self._steps) - 1
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.text.setMinimumHeight(self.text.heightForWidth(WIDTH - 2 * GAP - 4))
        self.count.setText(
            tr("{place} of {n_steps}", place=self.place + 1, n_steps=len(self._steps))
        )
        self.back.setEnabled(self.place > 0)
        self.next.setText(tr("Done") if last else tr("Next"))
        self.setAccessibleName(tr("Guided tour: {title}", title=step.title))
        self.setAccessibleDescription(step.text)
        self._point_at(step.target())
        self.next.setFocus()

    def _point_at(self, target: QWidget) -> None:
        """Leave a widget free, and put the words where there is most room beside it."""
        corner = target.mapTo(self._window, QPoint(0, 0))
        self._hole = QRect(corner, target.size()).adjusted(-3, -3, 3, 3).intersected(self.rect())
        self.bubble.adjustSize()
        self.bubble.move(place_beside(self._hole, self.bubble.size(), self.rect()))
        self.update()

    # -- the widget ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Veil everything but what the step is about."""
        path, free = QPainterPath(), QPainterPath()
        path.addRect(self.rect())
        free.addRoundedRect(self._hole, 6, 6)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path.subtracted(free), VEIL)
        painter.setPen(self.palette().highlight().color())
        painter.drawPath(free)
        painter.end()

    # -- keys ---------------------------------------------------------------------------------

    @property
    def buttons(self) -> list[QPushButton]:
        """What Tab goes through, in this order."""
        return [self.leave, self.back, self.next]

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # as Qt calls it
        """Stay among the buttons: what lies under the veil is not to be changed unseen."""
        usable = [button for button in self.buttons if button.isEnabled()]
        place = next_place(usable, self.focusWidget(), 1 if next else -1)
        usable[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(QWidget, QWidget)
    def _keep_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Take the focus back when something under the veil got it."""
        if now is not None and now.window() is self._window and not self.isAncestorOf(now):
            self.next.setFocus()

    def _press(self, key: int) -> bool:
        """Do what a key means here; False if it means nothing."""
        focused = self.focusWidget()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.go_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            self.go_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window; take keys before the buttons and the window's actions."""
        if isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._press(event.key()):
                return True
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._point_at(self._steps[self.place].target())
        return super().eventFilter(watched, event)


def next_place(usable: Sequence[QPushButton], focused: QWidget | None, step: int) -> int:
    """Return the place of the button that comes after the one with the focus, round and round."""
    places = [place for place, button in enumerate(usable) if button is focused]
    return (places[0] + step) % len(usable) if places else len(usable) - 1


def place_beside(hole: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a box of some size covers nothing of a hole, or where it covers least.

    Parameters
    ----------
    hole : QRect
        What is to stay free.
    size : QSize
        Of the box.
    room : QRect
        Where it has to lie.

    Returns
    -------
    QPoint
        Its upper left corner: to the right of the hole, to its left, below, above, or within.
    """
    width, height = size.width(), size.height()
    left = hole.center().x() - width // 2
    top = hole.center().y() - height // 2
    inside = room.adjusted(GAP, GAP, -GAP - width, -GAP - height)
    beside = [
        QPoint(hole.right() + GAP, top),
        QPoint(hole.left() - GAP - width, top),
        QPoint(left, hole.bottom() + GAP),
        QPoint(left, hole.top() - GAP - height),
    ]
    for place in (*beside, QPoint(left, top)):
        x = min(max(place.x(), inside.left()), max(inside.left(), inside.right()))
        y = min(max(place.y(), inside.top()), max(inside.top(), inside.bottom()))
        if not QRect(QPoint(x, y), size).intersects(hole):
            return QPoint(x, y)
    return QPoint(x, y)
