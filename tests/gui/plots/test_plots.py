"""What all plots share: keys, a focus that is seen, tooltips, and pictures without readings."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.factors.factor_plots import FactorPlot
from isnmf_gui.gui.factors.factors_panel import FactorsPanel
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.plots.plot_files import image_of
from isnmf_gui.session.edits.mix_edits import rename_component
from tests.gui.appearance.test_contrast import ratios
from tests.gui.plots.test_axes import drawn

KEYS = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAMES = ("spectrogram", "loss", "basis", "activation")
LONG = "A component with a name that is much longer than any legend"


@pytest.fixture
def shown(separated, wait):
    separated.selection.select([0, 1, 2], 0)
    wait(lambda: separated.panes.spectrogram.plot.visible)
    QApplication.processEvents()
    return separated


def plot_of(window, name: str) -> Plot:
    panes = window.panes
    parts = {"basis": panes.factors.basis, "activation": panes.factors.activation}
    return {"spectrogram": panes.spectrogram, "loss": panes.loss, **parts}[name].plot


def extent(plot: Plot) -> list[float]:
    return [high - low for low, high in plot.view.viewRange()]


# -- keys -------------------------------------------------------------------------------------


def test_keys_zoom_and_move(shown, qtbot, subtests) -> None:
    for name in NAMES:
        with subtests.test(name):
            zoom_and_move(plot_of(shown, name), qtbot)


def zoom_and_move(plot: Plot, qtbot) -> None:
    whole = plot.view.viewRange()
    qtbot.keyClick(plot, KEYS.Key_Plus)
    qtbot.keyClick(plot, KEYS.Key_Plus)
    width, height = extent(plot)
    assert width == pytest.approx(0.64 * np.diff(whole[0])[0])
    assert height == pytest.approx(np.diff(whole[1])[0])
    qtbot.keyClick(plot, KEYS.Key_Home)
    start = plot.view.viewRange()[0][0]
    qtbot.keyClick(plot, KEYS.Key_Right, ALT)
    assert plot.view.viewRange()[0][0] == pytest.approx(start + width / 10)
    qtbot.keyClick(plot, KEYS.Key_End)
    assert plot.view.viewRange()[0][1] == pytest.approx(whole[0][1], rel=0.1)
    assert extent(plot)[0] == pytest.approx(width)
    qtbot.keyClick(plot, KEYS.Key_Minus)
    assert extent(plot)[0] == pytest.approx(width / 0.8)


def test_with_control_they_zoom_upright_where_the_mouse_can(shown, qtbot, subtests) -> None:
    for name, factor in zip(NAMES, (0.8, 0.8, 1, 1), strict=True):
        with subtests.test(name):
            plot = plot_of(shown, name)
            before = extent(plot)
            qtbot.keyClick(plot, KEYS.Key_Plus, CONTROL)
            assert extent(plot)[0] == pytest.approx(before[0])
            assert extent(plot)[1] == pytest.approx(factor * before[1])
            assert "Home and End: move" in plot.toolTip()


# -- focus ------------------------------------------------------------------------------------


def colors(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_focus_is_seen_and_moves_nothing(shown, theme, qtbot, subtests, choice) -> None:
    theme.choose(choice)
    try:
        for name in NAMES:
            with subtests.test(name):
                see_focus(shown, plot_of(shown, name), qtbot)
    finally:
        theme.choose(Choice.SYSTEM)


def see_focus(shown, plot: Plot, qtbot) -> None:
    shown.panes.settings.setFocus()
    qtbot.wait(50)
    place, inside = plot.geometry(), plot.view.sceneBoundingRect()
    without = colors(plot.grab().toImage())
    shown.activateWindow()
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    focused = colors(plot.grab().toImage())
    assert (plot.geometry(), plot.view.sceneBoundingRect()) == (place, inside)
    changed = (focused != without).any(axis=2)
    assert changed[0].all()
    assert changed[-1].all()
    assert changed[:, 0].all()
    assert changed[:, -1].all()
    assert not changed[2:-2, 2:-2].any()
    assert ratios(focused[0], without[0]).min() >= 3


# -- pictures ---------------------------------------------------------------------------------


def picture(window, name: str) -> np.ndarray:
    files = next(it for it in window.plot_files if it.name.lower() == name)
    files.copy_picture()
    return colors(QApplication.clipboard().image())


def test_pictures_are_without_what_is_read(shown, qtbot, subtests) -> None:
    for name in ("spectrogram", "loss"):
        with subtests.test(name):
            plot = plot_of(shown, name)
            before = picture(shown, name)
            qtbot.keyClick(plot, KEYS.Key_Right)
            qtbot.keyClick(plot, KEYS.Key_Right)
            reading = plot.accessibleDescription()
            screen = colors(image_of(plot))
            assert (screen != before).any()
            assert (picture(shown, name) == before).all()
            assert plot.accessibleDescription() == reading
            assert (colors(image_of(plot)) == screen).all()  # on the screen it is read on


# -- small windows ----------------------------------------------------------------------------


def test_factors_are_readable_in_a_small_window(shown, qtbot, subtests) -> None:
    parts = shown.panes.factors
    shown.resize(1024, 640)
    for selected in (1, 2, 3):
        shown.selection.select(list(range(selected)), 0)
        qtbot.wait(50)
        for part in (parts.basis, parts.activation):
            with subtests.test(type(part).__name__, selected=selected):
                read(part, parts)


def read(part: FactorPlot, parts: FactorsPanel) -> None:
    plot = part.plot
    assert QRectF(part.rect()).contains(QRectF(plot.geometry()))
    place = plot.mapTo(parts, QPoint(0, 0))
    assert place.y() + plot.height() <= parts.height()
    levels = [text for _, text in drawn(plot.area.axes["left"])]
    assert levels == ["−40", "0"] or levels == ["0", "−40"] or len(levels) >= 3
    below = drawn(plot.area.axes["bottom"])
    assert len(below) >= 3
    assert all(rect.top() + rect.height() / 0.8 <= plot.height() for rect, _ in below)


def test_what_a_large_font_leaves_no_room_for_is_scrolled_to(shown, qtbot) -> None:
    parts = shown.panes.factors
    parts.basis.plot.setMinimumHeight(200)
    qtbot.wait(20)
    assert parts.minimumSizeHint().height() <= 256
    parts.resize(300, 240)
    qtbot.wait(20)
    assert parts._scroll.verticalScrollBar().maximum() > 0
    assert parts.activation.plot.height() >= parts.activation.plot.minimumHeight()


def test_the_level_is_read_however_narrow_the_panel_is(shown, qtbot) -> None:
    shown.controller.edit_run(rename_component(shown.controller.shown_run(), 0, LONG), "Rename")
    basis = shown.panes.factors.basis
    shown.resize(1024, 640)
    qtbot.wait(50)
    basis._hover(basis.view.mapViewToScene(QPointF(np.log10(495), -10)))
    qtbot.wait(20)
    text = basis.readout.text()
    level = text.split(",")[0]
    assert level.endswith(" dB")
    shown_text = basis.readout.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, basis.readout.width()
    )
    assert shown_text.startswith(level + ", 4")
    assert basis.readout.toolTip() == text
    basis._hover(QPointF(100, -1))  # on the way to the tooltip
    assert basis.readout.text() == text
    QApplication.sendEvent(basis, QEvent(QEvent.Type.Leave))
    assert basis.readout.text() == ""
    assert basis._heading.isVisible()


# -- names ------------------------------------------------------------------------------------


def test_shortened_names_are_whole_in_tooltips(shown, qtbot) -> None:
    shown.controller.edit_run(rename_component(shown.controller.shown_run(), 0, LONG), "Rename")
    qtbot.wait(20)
    legend = shown.panes.factors.legend
    whole = LONG.replace(" ", "&nbsp;")
    assert whole not in legend.text()
    assert whole in legend.toolTip()


def test_a_legend_of_many_counts_those_that_have_no_room(shown) -> None:
    legend = shown.panes.factors.legend
    entries = [type(legend._entries[0])(f"Name {n}", "━━", "#000000") for n in range(40)]
    legend.show_entries(entries)
    named = legend.text().count("Name")
    assert 1 <= named < 40
    assert f"and&nbsp;{40 - named}&nbsp;more" in legend.text()
    assert "Name&nbsp;29" in legend.toolTip()
    assert "and&nbsp;10&nbsp;more" in legend.toolTip()
    assert legend.text().count("<br>") < 3


def test_the_loss_legend_has_the_whole_names_of_runs(shown) -> None:
    shown.controller.rename_run(1, LONG)
    loss = shown.panes.loss
    assert LONG not in loss.legend.texts()[0]
    sample, label = loss.legend.items[0]
    assert LONG in label.toolTip()
    assert LONG in sample.toolTip()
