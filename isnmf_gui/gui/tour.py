"""A guided tour of the window: a few steps, each pointing at what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
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
class Step:
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
    steps : sequence of Step
        At least one.
    """

    def __init__(self, window: QMainWindow, steps: Sequence[Step]) -> None:
        super().__init__(window)
        self._window, self._steps = window, list(steps)
        self.place = 0
        self._hole = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bubble = QFrame(self)
        self.bubble.setAutoFillBackground(True)
        self.bubble.setFrameShape(QFrame.Shape.StyledPanel)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.count.setProperty("role", "dim")
        self.text.setWordWrap(True)
        self.back, self.next = QPushButton(tr("&Back")), QPushButton(tr("&Next"))
        self.leave = QPushButton(tr("&Leave"))
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.close)
        self._lay_out()
        window.installEventFilter(self)
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
        self.next.setText(tr("&Done") if last else tr("&Next"))
        self.setAccessibleName(tr("Guided tour: {title}", title=step.title))
        self.setAccessibleDescription(step.text)
        self._point_at(step.target())
        self.next.setFocus()

    def _point_at(self, target: QWidget) -> None:
        """Leave a widget free, and put the words where there is most room beside it."""
        corner = target.mapTo(self._window, QPoint(0, 0))
        self._hole = QRect(corner, target.size()).adjusted(-3, -3, 3, 3).intersected(self.rect())
        self.bubble.adjustSize()
        size, hole, room = self.bubble.size(), self._hole, self.rect()
        left = hole.right() + GAP
        if left + size.width() > room.right():
            left = hole.left() - GAP - size.width()
        if left < 0:  # neither side: inside of it
            left = hole.center().x() - size.width() // 2
        top = hole.center().y() - size.height() // 2
        left = min(max(left, GAP), max(GAP, room.right() - size.width() - GAP))
        top = min(max(top, GAP), max(GAP, room.bottom() - size.height() - GAP))
        self.bubble.move(left, top)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the tour; the arrow keys go back and forth."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.go_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go_back()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep keys that are the window's actions: here they mean the tour."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._point_at(self._steps[self.place].target())
        return super().eventFilter(watched, event)
