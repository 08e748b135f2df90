"""The program's window under all its load at once, in a process of its own.

A run takes every core, the mix plays and follows it, tiles and spectrogram are drawn anew with
each snapshot, and a person goes on working. Prints as JSON how long the window ever kept an event
waiting, and how often the sound dropped out.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pyqtgraph  # noqa: F401 - after PySide6, whose binding it then takes
import soundfile
from PySide6.QtCore import QObject, QPoint, QPointF, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from isnmf_gui.gui.app import keep_blas_to_one_thread, keep_collections_short, load_the_rest
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.paths import demo_recording
from isnmf_gui.playback import Transport
from isnmf_gui.session.runs.settings import preset
from tests.benchmarks.sound import open_simulated
from tests.benchmarks.widgets import dispose
from tests.sound_card import SoundCard

LEFT = Qt.MouseButton.LeftButton
# The window is asked this often whether it has time; a wait is known to so much.
BEAT_MS = 5
# A person's hand: as many events a second as a steady drag.
HAND_MS = 40
MOST_WAIT_S = 60.0
N_ITERATIONS = 10_000


@dataclass(frozen=True)
class Held:
    """How the window held.

    Attributes
    ----------
    stall_ms : float
        The longest time between two beats.
    act : str
        What the person did last before it ended.
    underruns : int
        Gaps in the sound.
    n_acts, n_snapshots : int
        Events of mouse and keyboard, and snapshots of the run that were shown.
    """

    stall_ms: float
    act: str
    underruns: int
    n_acts: int
    n_snapshots: int


class Heart(QObject):
    """Beats in the window's thread, and keeps the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s, self.act = 0.0, ""
        self.acted = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._last_s = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    @Slot()
    def _beat(self) -> None:
        now_s = time.perf_counter()
        if now_s - self._last_s > self.longest_s:
            self.longest_s, self.act = now_s - self._last_s, self.acted
        self._last_s = now_s


class Person(QObject):
    """Does one thing after another with mouse and keyboard."""

    def __init__(self, window: MainWindow, heart: Heart) -> None:
        super().__init__(window)
        self.n_acts = 0
        self._acts, self._heart = acts(window), heart
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._act)
        self._timer.start(HAND_MS)

    @Slot()
    def _act(self) -> None:
        self._heart.acted = next(self._acts)
        self.n_acts += 1

    def rest(self) -> None:
        """Do nothing any more."""
        self._timer.stop()


def acts(window: MainWindow) -> Iterator[str]:
    """Act for ever; yields after each event what it belonged to."""
    panel, spectrogram = window.panes.components, window.panes.spectrogram
    views = cycle(spectrogram.view_buttons.values())
    for n in cycle(range(10_000)):
        tile = panel.tiles[n % min(6, len(panel.tiles))] if panel.tiles else None
        if tile is None or not tile.is_furnished:
            yield "waiting for tiles"
            continue
        yield from _click(tile.parts.picture, "clicking a tile")
        yield from _drag(tile.parts.fader, "moving a fader")
        yield from _zoom(spectrogram.plot.viewport(), 1, "zooming in")
        yield from _click(tile.parts.solo_button, "soloing")
        yield from _click(next(views), "choosing a view")
        yield from _zoom(spectrogram.plot.viewport(), -1, "zooming out")
        yield from _click(tile.parts.solo_button, "ending a solo")
        yield from _paint(window, n)
        key = Qt.Key.Key_Home if n % panel.order_box.count() == 0 else Qt.Key.Key_Down
        QTest.keyClick(panel.order_box, key)
        yield "choosing an order"
        panel.grid.verticalScrollBar().setValue(40 * (n % 8))
        yield "scrolling the tiles"


def _click(widget: QWidget, what: str) -> Iterator[str]:
    QTest.mousePress(widget, LEFT)
    yield what
    QTest.mouseRelease(widget, LEFT)
    yield what


def _drag(widget: QWidget, what: str) -> Iterator[str]:
    place = widget.rect().center()
    QTest.mousePress(widget, LEFT, pos=place)
    yield what
    for step in (-4, -8, -12, -8, -4, 0):
        QTest.mouseMove(widget, place + QPoint(step, 0))
        yield what
    QTest.mouseRelease(widget, LEFT, pos=place)
    yield what


def _paint(window: MainWindow, number: int) -> Iterator[str]:
    """Paint a line for one of two sources; of many strokes some are taken back."""
    brush, viewport = window.controller.brush, window.panes.spectrogram.plot.viewport()
    brush.take(("brush", "box", "harmonic", "eraser")[number % 4])
    place = viewport.rect().center() + QPoint(10 * (number % 9) - 40, 6 * (number % 7) - 20)
    QTest.mousePress(viewport, LEFT, pos=place)
    yield "beginning a stroke"
    for step in range(6, 60, 6):
        QTest.mouseMove(viewport, place + QPoint(step, -step // 4))
        yield "drawing a stroke"
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(60, -15))
    yield "ending a stroke"
    brush.take("pointer")
    if number % 5 == 4:
        window.history.undo()
        yield "taking a stroke back"


def _zoom(widget: QWidget, notches: int, what: str) -> Iterator[str]:
    at = QPointF(widget.rect().center())
    where = QPointF(widget.mapToGlobal(at.toPoint()))
    nothing, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for _ in range(8):
        turned = QPoint(0, 120 * notches)
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, where, QPoint(), turned, nothing, plain, phase, False)
        QApplication.sendEvent(widget, event)
        yield what


def hold(window: MainWindow, seconds: float) -> Held:
    """Let everything go on at once in a window with a recording; return how it held."""
    controller, panes = window.controller, window.panes
    transport = controller.player.transport
    heart, snapshots = Heart(), []
    controller.running.progressed.connect(snapshots.append)
    quality = preset("quality", window.controller.document.recording.sample_rate)
    panes.settings.show_settings(replace(quality, n_iterations=N_ITERATIONS))
    for button in (panes.transport.loop_button, panes.transport.play_button):
        QTest.mouseClick(button, LEFT)
    _wait(lambda: controller.player.position_s > 0.5, "nothing is heard")
    heart.start()
    person = Person(window, heart)
    QTest.mouseClick(panes.settings.separate_button, LEFT)
    end_s = time.perf_counter() + seconds
    while time.perf_counter() < end_s or (not snapshots and controller.is_busy("run")):
        QApplication.processEvents()
    person.rest()
    heart.stop()
    if not (controller.player.is_playing and controller.is_busy("run") and snapshots):
        raise RuntimeError("the run or the sound ended before the time was over")
    underruns = transport.underruns + transport.device_underruns
    return Held(1e3 * heart.longest_s, heart.act, underruns, person.n_acts, len(snapshots))


def _wait(condition: Callable[[], object], otherwise: str) -> None:
    limit_s = time.perf_counter() + MOST_WAIT_S
    while not condition():
        if time.perf_counter() > limit_s:
            raise TimeoutError(otherwise)
        QApplication.processEvents()


def write_recording(path: Path, seconds: float) -> None:
    """Write the demo recording, over and over, as a file of some length."""
    samples, rate_hz = soundfile.read(demo_recording(), dtype="float32", always_2d=True)
    n_samples = round(seconds * rate_hz)
    repeated = np.tile(samples, (-(-n_samples // len(samples)), 1))[:n_samples]
    soundfile.write(path, repeated, rate_hz)


def measure(recording_s: float, seconds: float) -> Held:
    """Open a recording of some length in the window, and let all go on for some time."""
    keep_blas_to_one_thread()
    app = QApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        QSettings.setPath(ini, user, folder)
        write_recording(Path(folder) / "recording.wav", recording_s)
        window = MainWindow(Theme(app), Preferences())
        if SoundCard.missing():
            window.controller.player.transport = Transport(open_simulated)
        try:
            window.show()
            load_the_rest()
            keep_collections_short()
            window.files.open(Path(folder) / "recording.wav")
            plot = window.panes.spectrogram.plot
            _wait(lambda: plot.visible is not None, "the recording does not appear")
            return hold(window, seconds)
        finally:
            window.files.close_now()
            dispose(window)


if __name__ == "__main__":
    print(json.dumps(asdict(measure(float(sys.argv[1]), float(sys.argv[2])))))
