"""The pictures of the window: each function prepares one, and returns what to take it of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from docs.screenshots_script.stage import SIZE, Stage
from isnmf_gui.errors import RecordingError
from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.widgets.message import show_error
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.sound_files.recording import load_recording

SMALL = (1024, 640)
#: A component of the demo that is easy to read: a plucked note.
READABLE = 2
N_SOURCES = 3
#: Which source is painted with which tool, along which moments and frequencies.
PAINTED = (
    (1, "brush", [(2.5, 2000.0), (3.1, 2300.0), (3.9, 1900.0), (4.6, 2100.0)]),
    (2, "box", [(6.5, 4000.0), (7.2, 12_000.0)]),
    (3, "harmonic", [(10.0, 196.0), (11.0, 200.0), (12.4, 196.0)]),
    (1, "brush", [(15.0, 900.0), (15.6, 700.0), (16.2, 800.0)]),
)


def empty(stage: Stage) -> QWidget:
    """Show a window in which nothing is open yet."""
    return stage.window


def opened(stage: Stage) -> QWidget:
    """Show the demo recording."""
    stage.window.actions_["demo"].trigger()
    controller = stage.window.controller
    stage.wait(lambda: controller.document.recording and not controller.is_busy("open"))
    return stage.window


def idea_recording(stage: Stage) -> QWidget:
    """Show the recording's spectrogram alone."""
    return stage.window.panes.spectrogram


def running(stage: Stage) -> QWidget:
    """Show a run that goes on while the picture is taken."""
    stage.set(preset="quality", rule="mm", n_iterations=5000)
    stage.window.runs.separate()
    controller = stage.window.controller
    stage.wait(lambda: controller.live and controller.live.iteration > 40)
    return stage.window


def finished(stage: Stage) -> QWidget:
    """Show two runs at their ends; nothing is left of the one before."""
    stage.window.cancel()
    stage.wait_for_runs()
    stage.open(demo_recording())
    stage.set(preset="quality", rule="mm")
    stage.separate()
    stage.set(preset="quality")
    stage.separate()
    stage.select(READABLE)
    return stage.window


def idea_component(stage: Stage) -> QWidget:
    """Show one component by itself: every column has the same shape."""
    return stage.window.panes.spectrogram


def idea_factors(stage: Stage) -> QWidget:
    """Show the basis and the activation of that component."""
    return stage.window.panes.factors


def idea_cut(stage: Stage) -> QWidget:
    """Show the same component as it is cut out of the recording."""
    panel = stage.window.panes.spectrogram
    panel.masked_box.setCurrentIndex(panel.masked_box.findData(True))
    return panel


def suggest(stage: Stage) -> QWidget:
    """Show the dialog that proposes sources."""
    panel = stage.window.panes.spectrogram
    panel.masked_box.setCurrentIndex(panel.masked_box.findData(False))
    return stage.suggest(N_SOURCES)


def sources(stage: Stage) -> QWidget:
    """Show the proposal taken."""
    window = stage.window
    dialog = stage.suggest(N_SOURCES)
    dialog.take.click()  # type: ignore[attr-defined]
    window.panes.left.setCurrentWidget(window.panes.sources)
    return window


def painting(stage: Stage) -> QWidget:
    """Show strokes of each source, in the room that there is for them."""
    window = stage.window
    window.panes.set_room(True)
    window.selection.clear()
    window.scenes.choose("recording")
    for place, tool, shape in PAINTED:
        window.actions_[f"paint_{place}"].trigger()
        window.actions_[f"tool_{tool}"].trigger()
        stage.paint(shape)
    return window


def pencil(stage: Stage) -> QWidget:
    """Show a stroke of the pencil, not yet ended; what was painted is gone."""
    stage.window.actions_["tool_pointer"].trigger()
    stage.window.panes.set_room(False)
    for _ in PAINTED:
        stage.window.actions_["undo"].trigger()
    stage.select(READABLE)
    plot = stage.window.panes.factors.activation
    plot.tool_button.setChecked(True)
    stage.draw(plot, [(2 + 0.5 * step, -15 - 10 * (step % 3)) for step in range(20)])
    return stage.window


def history(stage: Stage) -> QWidget:
    """Show the list of everything that was done."""
    window = stage.window
    stage.let_go(window.panes.factors.activation)
    window.panes.factors.activation.tool_button.setChecked(False)
    window.actions_["duplicate"].trigger()
    window.actions_["undo"].trigger()
    window.panes.left.setCurrentWidget(window.panes.history)
    return window


def export(stage: Stage) -> QWidget:
    """Show the dialog that asks what to export."""
    document = stage.window.controller.document
    assert document.current_run is not None
    folder = Path("/home/you/Music/demo parts")
    dialog = ExportDialog(
        document.current_run, document.mask, [], folder, ExportChoices(), stage.window
    )
    dialog.show()
    return dialog


def error(stage: Stage) -> QWidget:
    """Show what is said about a file that is no recording."""
    path = Path(tempfile.mkdtemp()) / "letter.txt"
    path.write_text("Dear Sir or Madam")
    try:
        load_recording(path)
    except RecordingError as fault:
        return show_error(stage.window, fault)
    raise AssertionError("a letter was opened as a recording")


def small(stage: Stage) -> QWidget:
    """Show the same window on a small screen."""
    window = stage.window
    window.panes.left.setCurrentWidget(window.panes.settings)
    window.resize(*SMALL)
    return window


def notebook(stage: Stage) -> QWidget:
    """Show the published example, its rules compared from one start."""
    window = stage.window
    window.resize(*SIZE)
    stage.open(demo_recording())
    stage.set(preset="notebook")
    window.runs.compare()
    stage.wait_for_runs()
    window.controller.choose_run(window.controller.document.runs[0].id)
    stage.select(0)
    return window


def notebook_tiles(stage: Stage) -> QWidget:
    """Show all six components of the published example."""
    return stage.window.panes.components


#: In the order in which they are taken: each begins where the one before it ended.
SCENES: tuple[Callable[[Stage], QWidget], ...] = (
    empty, opened, idea_recording, running, finished, idea_component, idea_factors, idea_cut,
    suggest, sources, painting, pencil, history, export, error, small, notebook, notebook_tiles,
)  # fmt: skip


def name_of(scene: Callable[[Stage], QWidget]) -> str:
    """Return what a scene's pictures are called, but for the theme."""
    return scene.__name__.replace("_", "-")


def play(stage: Stage) -> None:
    """Take the pictures of all scenes; dialogs are closed again."""
    for scene in SCENES:
        widget = scene(stage)
        stage.take(name_of(scene), widget)
        if widget.isWindow() and widget is not stage.window:
            widget.close()
