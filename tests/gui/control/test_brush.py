"""The tool in the person's hand."""

import pytest

from isnmf_gui.gui.control.brush import MOST_PARTIALS, SIZES, TOOLS, Brush


def test_tools_are_taken_one_at_a_time(qtbot) -> None:
    brush = Brush()
    assert not brush.paints
    for tool in TOOLS[1:]:
        with qtbot.waitSignal(brush.changed):
            brush.take(tool)
        assert brush.paints
    with pytest.raises(ValueError, match="no tool"):
        brush.take("hammer")


def test_sizes_end_at_both_ends(qtbot) -> None:
    brush = Brush()
    brush.resize(-100)
    assert brush.octaves == SIZES[0] == 1 / 8
    brush.resize(1)
    assert brush.octaves == SIZES[1]
    brush.resize(100)
    assert brush.octaves == SIZES[-1]
    brush.set_octaves(0.3)
    assert brush.octaves == 0.25
    with qtbot.assertNotEmitted(brush.changed):
        brush.set_octaves(0.26)


def test_the_harmonic_brush_draws_at_least_one_line(qtbot) -> None:
    brush = Brush()
    brush.set_partials(0)
    assert brush.n_partials == 1
    brush.set_partials(1000)
    assert brush.n_partials == MOST_PARTIALS
