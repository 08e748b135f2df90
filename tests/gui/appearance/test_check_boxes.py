"""What is checked bears a tick, light and dark, in dialogs and in lists."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Choice, Theme
from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.appearance.test_contrast import rgb

Role = Qt.ItemDataRole


@pytest.fixture(params=[Choice.LIGHT, Choice.DARK], ids=["light", "dark"])
def worn(theme: Theme, request) -> Iterator[Theme]:
    theme.choose(request.param)
    yield theme
    theme.choose(Choice.SYSTEM)


def colors_in(widget: QWidget, place: QRect) -> np.ndarray:
    image = widget.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(-1, 3)


def n_like(pixels: np.ndarray, color: str) -> int:
    """Return how many pixels have about a colour: edges are smooth."""
    return int((np.abs(pixels - rgb(color)).max(axis=1) < 40).sum())


def indicator_of(box: QCheckBox) -> np.ndarray:
    option = QStyleOptionButton()
    box.initStyleOption(option)
    element = QStyle.SubElement.SE_CheckBoxIndicator
    return colors_in(box, box.style().subElementRect(element, option, box))


def test_a_checked_box_has_a_tick_on_the_accent(window: MainWindow, worn: Theme, qtbot) -> None:
    room = QWidget(window)
    layout = QVBoxLayout(room)
    boxes = {(on, usable): QCheckBox("Loop") for on in (True, False) for usable in (True, False)}
    for (on, usable), box in boxes.items():
        box.setChecked(on)
        box.setEnabled(usable)
        layout.addWidget(box)
    room.adjustSize()
    room.show()
    scheme = worn.scheme
    checked = indicator_of(boxes[True, True])
    assert n_like(checked, scheme.accent) > 60
    assert n_like(checked, scheme.on_accent) >= 8  # the tick
    off = indicator_of(boxes[True, False])
    assert n_like(off, scheme.accent) == 0
    assert n_like(off, scheme.dim) > 60
    assert n_like(off, scheme.on_accent) >= 8
    unchecked = indicator_of(boxes[False, True])
    assert n_like(unchecked, scheme.accent) == 0
    assert n_like(unchecked, scheme.base) > 60
    assert len(np.unique(indicator_of(boxes[False, False]), axis=0)) > 1  # a frame can be seen
    room.close()


def test_runs_whose_curve_is_drawn_have_a_tick(two: MainWindow, worn: Theme) -> None:
    panel, scheme = two.panes.runs, worn.scheme
    for row, on in ((0, True), (1, True), (0, False)):
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        panel.model.setData(panel.model.index(row, 0), state, Role.CheckStateRole)
        line = panel.view.visualRect(panel.model.index(row, 0))
        seen = colors_in(
            panel.view.viewport(), QRect(line.topLeft(), line.bottomLeft()).adjusted(0, 0, 20, 0)
        )
        assert (n_like(seen, scheme.accent) > 40) == on
        assert n_like(seen, scheme.on_accent if on else scheme.dim) >= 8


def test_every_column_of_the_runs_has_room_in_a_usual_window(two: MainWindow) -> None:
    two.resize(1360, 860)
    view = two.panes.runs.view
    titles = [view.model().headerData(n, Qt.Orientation.Horizontal) for n in range(7)]
    shown = [title for n, title in enumerate(titles) if not view.isColumnHidden(n)]
    assert shown == ["Run", "Rule", "p", "Bases", "Iter.", "Loss", "Time"]
