"""A window to take pictures of, and what a person does in it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from isnmf_gui.gui.appearance.theme import Choice, Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.factors.activation_plot import ActivationPlot
from isnmf_gui.gui.window.main_window import MainWindow

FOLDER = Path(__file__).resolve().parents[1] / "screenshots"
SIZE = (1360, 860)
LONGEST_S = 120.0
SETTLED_S = 0.3
N_COLORS = 256


class Stage:
    """The window, with settings that are nobody's own.

    Parameters
    ----------
    app : QApplication
        The running application.

    Attributes
    ----------
    theme : Theme
        Light unless a picture is being taken in the dark.
    window : MainWindow
        Shown, on a screen or without one.
    """

    def __init__(self, app: QApplication) -> None:
        self.theme = Theme(app, Choice.LIGHT)
        self.window = MainWindow(self.theme, Preferences())
        self.window.resize(*SIZE)
        self.window.show()

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the window go on until something has happened.

        Raises
        ------
        TimeoutError
            If it does not happen in two minutes.
        """
        limit_s = time.monotonic() + LONGEST_S
        while not condition():
            if time.monotonic() > limit_s:
                raise TimeoutError
            QApplication.processEvents()
            time.sleep(0.02)

    def take(self, name: str, widget: QWidget) -> None:
        """Save pictures of a widget, light and dark, once everything is drawn."""
        for choice in (Choice.DARK, Choice.LIGHT):
            self.theme.choose(choice)
            settled_s = time.monotonic() + SETTLED_S
            self.wait(lambda settled_s=settled_s: time.monotonic() > settled_s)
            path = FOLDER / f"{name}-{choice}.png"
            _save(widget, path)
            print(path.relative_to(FOLDER.parents[1]))

    # -- what a person does -------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a recording, throwing away what is open."""
        controller = self.window.controller
        controller.open(path)
        self.wait(lambda: controller.document.recording and not controller.is_busy("open"))

    def set(self, **values: object) -> None:
        """Set fields of the model's panel; `preset` comes before what is changed of it."""
        panel = self.window.panes.settings
        if "preset" in values:
            panel.choose_preset(str(values.pop("preset")))
        panel.show_settings(replace(panel.settings(), **values))

    def separate(self) -> None:
        """Run what is set to its end."""
        self.window.runs.separate()
        self.wait_for_runs()

    def wait_for_runs(self) -> None:
        """Wait until no run goes on or waits."""
        controller = self.window.controller
        self.wait(lambda: not controller.is_busy("run") and not controller.running.waiting)

    def suggest(self, n_sources: int) -> QWidget:
        """Ask for suggested sources; return the dialog with the proposal in it."""
        dialog = self.window.source_desk.suggest()
        assert dialog is not None
        dialog.number.setValue(n_sources)
        self.wait(lambda: set(dialog.labels()) == set(range(n_sources)))
        return dialog

    def select(self, *indices: int) -> None:
        """Select components, and show the first of them."""
        self.window.selection.select(list(indices), indices[0])

    def draw(self, plot: ActivationPlot, shape: list[tuple[float, float]]) -> None:
        """Draw with the pencil through places in units of the axes, and keep the button down."""
        viewport = plot.plot.viewport()
        places = [plot.plot.mapFromScene(plot.view.mapViewToScene(QPointF(*it))) for it in shape]
        QTest.mouseMove(viewport, places[0])
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places:
            QTest.mouseMove(viewport, place)
            QTest.qWait(20)

    def paint(self, shape: list[tuple[float, float]]) -> None:
        """Paint with the tool in the hand through moments and frequencies in Hz."""
        plot = self.window.panes.spectrogram.plot
        places = [QPointF(time_s, plot.to_axis(hertz)) for time_s, hertz in shape]
        plot.view.tool_began.emit(places[0])
        for place in places[1:]:
            plot.view.tool_moved.emit(place)
        plot.view.tool_ended.emit()

    def let_go(self, plot: ActivationPlot) -> None:
        """End the stroke of the pencil."""
        QTest.mouseRelease(plot.plot.viewport(), Qt.MouseButton.LeftButton)


def _save(widget: QWidget, path: Path) -> None:
    """Write a picture with a palette: a third of the bytes, and no difference to be seen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    image = Image.open(io.BytesIO(bytes(buffer.data()))).convert("RGB")
    image.quantize(N_COLORS, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)
