"""A window with two sources and four strokes in its list."""

import pytest

from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.guidance import Box, Path, Stroke
from isnmf_gui.session.edits import guidance_edits, source_edits

LOW, HIGH = Box(0.5, 0.9, 200.0, 800.0), Box(1.25, 1.75, 1000.0, 4000.0)
LINE = Path(((0.2, 440.0), (0.7, 466.0)), 0.25, 4)
OUTSIDE = Box(50.0, 51.0, 100.0, 200.0)


@pytest.fixture
def sorted_out(separated: MainWindow) -> MainWindow:
    """Two sources, nothing painted."""
    run = source_edits.group_as(separated.controller.document.current_run, [0, 1, 1])
    for number, name in ((1, "Tune"), (2, "Hiss")):
        run = source_edits.rename_source(run, number, name)
    separated.controller.edit_run(run, "Grouped")
    separated.panes.left.setCurrentWidget(separated.panes.guidance)
    return separated


@pytest.fixture
def painted(sorted_out: MainWindow) -> MainWindow:
    """Four strokes: two boxes and a line of the first source, and a box outside of the second."""
    run = sorted_out.controller.document.current_run
    strokes = [
        Stroke(0, 1, LOW),
        Stroke(0, 1, HIGH, erased=(Box(1.3, 1.4, 0.0, 5000.0),)),
        Stroke(0, 1, LINE),
        Stroke(0, 2, OUTSIDE),
    ]
    sorted_out.controller.edit_run(guidance_edits.add_strokes(run, strokes), "Painted")
    return sorted_out
