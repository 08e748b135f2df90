"""What a person does with the tools on the large spectrogram."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits import source_edits

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
Place = tuple[float, float]


def at(plot: SpectrogramPlot, place: Place) -> QPoint:
    """The pixel at a moment and a frequency."""
    time_s, hertz = place
    return plot.mapFromScene(plot.view.mapViewToScene(QPointF(time_s, plot.to_axis(hertz))))


def pixel(plot: SpectrogramPlot, place: Place) -> Place:
    """How far apart pixels are at a place, in seconds and Hz."""
    width, height = plot.view.viewPixelSize()
    return width, plot.from_axis(plot.to_axis(place[1]) + height) - place[1]


def move(plot: SpectrogramPlot, point: QPoint, button=LEFT, keys=PLAIN) -> None:
    viewport = plot.viewport()
    where = QPointF(viewport.mapToGlobal(point))
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), where, Qt.MouseButton.NoButton, button, keys
    )
    QApplication.sendEvent(viewport, event)


def press_and_drag(
    qtbot, plot: SpectrogramPlot, places: Sequence[Place], button=LEFT, keys=PLAIN
) -> QPoint:
    """Drag along places, and hold the button still."""
    points = [at(plot, place) for place in places]
    qtbot.mouseMove(plot.viewport(), points[0])
    qtbot.mousePress(plot.viewport(), button, keys, points[0])
    for point in points[1:]:
        qtbot.wait(15)  # moves that come faster are left out
        move(plot, point, button, keys)
    return points[-1]


def drag(qtbot, plot: SpectrogramPlot, places: Sequence[Place], button=LEFT, keys=PLAIN) -> None:
    end = press_and_drag(qtbot, plot, places, button, keys)
    qtbot.mouseRelease(plot.viewport(), button, keys, end)


def click(qtbot, plot: SpectrogramPlot, place: Place) -> None:
    qtbot.mouseMove(plot.viewport(), at(plot, place))
    qtbot.mouseClick(plot.viewport(), LEFT, PLAIN, at(plot, place))


def turn_wheel(plot: SpectrogramPlot, notches: int, keys=PLAIN) -> None:
    viewport = plot.viewport()
    middle = viewport.rect().center()
    event = QWheelEvent(
        QPointF(middle), QPointF(viewport.mapToGlobal(middle)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def run_of(window: MainWindow) -> Run:
    run = window.controller.shown_run()
    assert run is not None
    return run


def strokes_of(window: MainWindow):
    return run_of(window).strokes


def edit(window: MainWindow, edited, *values: object) -> None:
    """Edit the run that is shown, as some other part of the window would."""
    window.controller.edit_run(edited(run_of(window), *values), "Edited")


def group(window: MainWindow) -> list[int]:
    """Make a source of each component, and return their numbers."""
    edit(window, source_edits.group_as, range(len(run_of(window).components)))
    return [source.id for source in run_of(window).sources]


def take(window: MainWindow, tool: str) -> None:
    window.actions_[f"tool_{tool}"].trigger()
