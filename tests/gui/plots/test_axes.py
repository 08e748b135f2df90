"""Labels of axes: in the numbers of the locale, with a minus sign, and none over another."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication

from isnmf_gui import texts
from isnmf_gui.gui.plots.axes import LEVEL_STEPS, ScaledAxis, label_metrics
from isnmf_gui.gui.plots.keyed_box import KeyedBox
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.plots.time_axis import TimeAxis


@pytest.fixture
def german() -> Iterator[None]:
    texts.install(decimal_point=",", group_separator=".")
    yield
    texts.install()


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def labels(axis: ScaledAxis, low: float, high: float, size: float) -> list[str]:
    ticks = axis.tickValues(low, high, size)
    return axis.tickStrings(ticks[0][1], 1, ticks[0][0])


def drawn(axis: ScaledAxis) -> list[tuple[QRectF, str]]:
    """Return the labels of an axis as they are drawn, and where."""
    picture = QPicture()
    painter = QPainter(picture)
    _, _, specs = axis.generateDrawSpecs(painter)
    painter.end()
    return [(axis.mapRectToScene(rect), text) for rect, _, text in specs]


def time_axis(**others: object) -> ScaledAxis:
    return ScaledAxis("", "bottom", logarithmic=False, shortens=False, **others)


@pytest.mark.usefixtures("german")
def test_every_axis_has_the_decimal_sign_of_the_locale() -> None:
    assert labels(time_axis(), 1.0, 1.3, 150) == ["1,0", "1,1", "1,2", "1,3"]
    assert "1,24" in labels(time_axis(), 1.2, 1.3, 300)
    assert "1,5k" in labels(ScaledAxis(""), 3.0, 3.4, 300)


def test_levels_have_a_minus_sign_and_no_zero_has() -> None:
    levels = ScaledAxis("", logarithmic=False, shortens=False, steps=LEVEL_STEPS)
    assert labels(levels, -80, 0, 200) == ["−80", "−60", "−40", "−20", "0"]
    assert labels(levels, -81.6, 1.6, 52) == ["−80", "−40", "0"]
    assert "0.0" in labels(time_axis(), -0.1, 0.2, 300)


def test_iterations_are_whole_numbers() -> None:
    axis = time_axis(least_step=1)
    for stop in (2, 3, 5, 10, 1000):
        assert all(text.isdigit() for text in labels(axis, 0.5, stop, 500))
        assert all(spacing >= 1 for spacing, _ in axis.tickValues(0.5, stop, 500))
    assert labels(axis, 0.9, 2.1, 500) == ["1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (0, 59.9, "s", ["0", "10", "20", "30", "40", "50"]),
        (58.1, 60, "m:ss", ["0:58.5", "0:59.0", "0:59.5", "1:00.0"]),
        (0, 75, "m:ss", ["0:00", "0:15", "0:30", "0:45", "1:00", "1:15"]),
        (0, 754, "m:ss", ["0:00", "5:00", "10:00"]),
        (0, 3600, "h:mm:ss", ["0:00:00", "0:15:00", "0:30:00", "0:45:00", "1:00:00"]),
        (0, 400_000, "h:mm:ss", ["0:00:00", "48:00:00", "96:00:00"]),
    ],
)
def test_times_are_written_as_a_clock_has_them(qtbot, low, high, unit, expected) -> None:
    axis = TimeAxis()
    axis.setRange(low, high)
    assert (axis.unit, axis.labelText) == (unit, f"Time ({unit})")
    assert labels(axis, low, high, 300) == expected
    spacing = [spacing for spacing, _ in axis.tickValues(low, high, 300)]
    assert len(spacing) == 1 or spacing[0] / spacing[1] in (3, 4, 5)


def test_a_time_axis_names_its_unit_and_has_room_for_its_labels(qtbot) -> None:
    axis, units = TimeAxis(), []
    axis.unit_changed.connect(units.append)
    plot = Plot(KeyedBox(), ScaledAxis(""), axis)
    qtbot.addWidget(plot)
    plot.resize(420, 200)
    plot.show()
    for stop in (20, 200, 5000, 90_000, 30):
        plot.view.setXRange(0, stop, padding=0)
        plot.grab()
        rects = [rect for rect, _ in drawn(axis)]
        assert len(rects) >= 3
        assert not any(one.intersects(other) for one, other in pairwise(rects))
        assert axis.unit in axis.label.toPlainText()
    assert units == ["m:ss", "h:mm:ss", "s"]
    plot.close()


@pytest.mark.parametrize("height", [60, 77, 120, 400])
@pytest.mark.parametrize("logarithmic", [True, False])
@pytest.mark.parametrize("font", ["as it is", "large"])
def test_no_label_lies_over_another_or_is_cut(qtbot, request, height, logarithmic, font) -> None:
    if font == "large":
        request.getfixturevalue("large_font")
    left, bottom = ScaledAxis("", logarithmic=logarithmic), time_axis()
    plot = Plot(KeyedBox(), left, bottom)
    qtbot.addWidget(plot)
    plot.area.show_grid(1)
    plot.area.layout.setContentsMargins(0, round(label_metrics().height() / 2), 4, 0)
    plot.resize(300, height)
    plot.show()
    for low, high in ((1.3, 4.3), (2.0, 2.3), (-81.0, 1.0)):
        if logarithmic and low < 0:
            continue
        plot.view.setXRange(0, 21.7, padding=0)
        plot.view.setYRange(low, high, padding=0)
        plot.grab()
        for axis in (left, bottom):
            rects = [rect for rect, _ in drawn(axis)]
            assert not any(one.intersects(other) for one, other in pairwise(rects))
            assert all(QRectF(plot.rect()).adjusted(-1, -1, 1, 1).contains(it) for it in rects)
    plot.close()


def test_a_name_that_has_no_room_is_left_out(qtbot) -> None:
    axis = ScaledAxis("A name of many letters")
    plot = Plot(KeyedBox(), axis, time_axis())
    qtbot.addWidget(plot)
    plot.show()
    seen = []
    for height in (400, 60, 400):
        plot.resize(300, height)
        plot.grab()
        seen.append(axis.label.isVisible())
    assert seen == [True, False, True]
    plot.close()
