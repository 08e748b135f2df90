"""Basis and activation of the selection: what is drawn, read and sought."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.factors.factor_plots import FactorPlot
from isnmf_gui.gui.factors.factors_panel import FactorsPanel
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits import factor_edits, mix_edits
from tests.gui.made_runs import RATE, some_run

LEFT = Qt.MouseButton.LeftButton
BIN_HZ, FRAME_S = RATE / 1024, 256 / RATE


@pytest.fixture
def panel(qtbot, theme) -> Iterator[FactorsPanel]:
    panel = FactorsPanel(theme)
    panel.resize(420, 420)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.close()
    panel.deleteLater()


def with_factors(run: Run, basis: np.ndarray, activation: np.ndarray) -> Run:
    factors = replace(run.separation.factorization, basis=basis, activation=activation)
    return replace(run, separation=replace(run.separation, factorization=factors))


@pytest.fixture
def known() -> Run:
    """Two components: a peak in bin 40 (20 dB above the rest), and another in frame 50."""
    basis, activation = np.full((513, 2), 0.01), np.full((2, 200), 0.001)
    basis[40, 0] = basis[200, 1] = 1.0
    activation[0, 50], activation[1, 150] = 1.0, 0.1
    return with_factors(some_run(2), basis, activation)


def curves(plot: FactorPlot) -> list[tuple[np.ndarray, np.ndarray]]:
    plot._draw()
    plot._redraw.stop()
    return [curve.getData() for curve in plot._curves]


def pixel(plot: FactorPlot, x: float, y: float) -> QPoint:
    """Return where a point of the plot is on its widget."""
    return plot.plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, y)))


def test_nothing_selected_says_what_to_do(panel) -> None:
    panel.show_parts(some_run(3), [])
    assert panel._empty.isVisible()
    assert not panel.basis.isVisible()
    panel.show_parts(some_run(3), [1])
    assert not panel._empty.isVisible()
    assert panel.basis.isVisible()
    assert panel.activation.isVisible()
    panel.show_parts(None, [])
    assert panel._empty.isVisible()


def test_curves_stand_where_the_factors_say(panel, known) -> None:
    panel.show_parts(known, [0, 1])
    for (x, y), peak in zip(curves(panel.basis), (40, 200), strict=True):
        assert 10 ** x[y.argmax()] == pytest.approx(peak * BIN_HZ)
        assert y.max() == pytest.approx(0)
        assert np.median(y) == pytest.approx(-20)  # p = 2: the factors are powers
    (first_x, first), (second_x, second) = curves(panel.activation)
    assert first_x[first.argmax()] == pytest.approx(50 * FRAME_S)
    assert second_x[second.argmax()] == pytest.approx(150 * FRAME_S)
    assert first.max() == pytest.approx(0)
    assert second.max() == pytest.approx(-10)  # below the louder one


def test_linear_axes(panel, known) -> None:
    panel.show_parts(known, [0, 1])
    panel.basis.button.click()
    x, y = curves(panel.basis)[0]
    assert x[y.argmax()] == pytest.approx(40 * BIN_HZ)
    assert panel.basis.view.viewRange()[0] == pytest.approx([0, RATE / 2], rel=1e-3)
    panel.activation.button.click()
    first, second = (y for _, y in curves(panel.activation))
    assert first.max() == pytest.approx(1)
    assert second.max() == pytest.approx(np.sqrt(0.1))


def test_the_legend_names_the_curves_in_their_colours(panel, theme) -> None:
    run = mix_edits.rename_component(some_run(12), 1, "Flute <1>")
    panel.show_parts(run, [0, 1])
    text = panel.legend.text()
    assert "Component&nbsp;1" in text
    assert "Flute&nbsp;&lt;1&gt;" in text
    assert theme.curve(1).name() in text
    panel.show_parts(run, list(range(12)))
    assert "and&nbsp;4&nbsp;more" in panel.legend.text()
    assert len(curves(panel.basis)) == 12
    styles = [pen.style() for pen in panel.basis._pens]
    assert styles[0] != styles[8]  # of the same colour


def test_values_under_the_pointer(panel, known, qtbot) -> None:
    panel.show_parts(known, [0])
    qtbot.wait(30)
    at = pixel(panel.basis, np.log10(40 * BIN_HZ), -1)
    panel.basis._hover(panel.basis.plot.mapToScene(at))
    text = panel.basis.readout.text()
    assert "861 Hz A5" in text
    assert "0.0 dB" in text
    panel.activation._hover(panel.activation.plot.mapToScene(pixel(panel.activation, 1.0, -9)))
    assert panel.activation.readout.text() == "−30.0 dB, 1.00 s"
    panel.show_parts(known, [0, 1])
    panel.activation._hover(
        panel.activation.plot.mapToScene(pixel(panel.activation, 150 * FRAME_S, -9))
    )
    assert panel.activation.readout.text().endswith(", Component 2")
    QApplication.sendEvent(panel.activation, QEvent(QEvent.Type.Leave))
    assert panel.activation.readout.text() == ""


def test_click_and_drag_seek(panel, known, qtbot) -> None:
    panel.show_parts(known, [0])
    qtbot.wait(30)
    sought: list[float] = []
    panel.seek_wanted.connect(sought.append)
    viewport = panel.activation.plot.viewport()
    QTest.mouseClick(viewport, LEFT, pos=pixel(panel.activation, 1.0, -40))
    assert sought == [pytest.approx(1.0, abs=0.02)]
    start, stop = pixel(panel.activation, 0.5, -40), pixel(panel.activation, 1.5, -40)
    before = panel.activation.view.viewRange()
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, pos=start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, start + (stop - start) * share)
        qtbot.wait(20)
    QTest.mouseRelease(viewport, LEFT, pos=stop)
    assert sought[-1] == pytest.approx(1.5, abs=0.05)
    assert len(sought) >= 3
    assert panel.activation.view.viewRange() == before


def test_playhead(panel, known) -> None:
    panel.show_parts(known, [0])
    panel.set_playhead(1.25, True)
    assert panel.activation.playhead.isVisible()
    assert panel.activation.playhead.value() == 1.25
    panel.set_playhead(0.0, False)
    assert not panel.activation.playhead.isVisible()


def test_long_activations_are_drawn_by_extremes(panel, qtbot) -> None:
    run = some_run(8, n_frames=50_000)
    panel.show_parts(run, list(range(8)))
    for x, y in curves(panel.activation):
        assert len(x) == len(y) <= 2 * panel.activation.view.width() + 2
    levels = run.separation.factorization.activation[3]
    loudest = np.max(run.separation.factorization.activation.max(1)
                     * run.separation.factorization.basis.max(0))  # fmt: skip
    expected = 10 * np.log10(
        levels.max() * run.separation.factorization.basis[:, 3].max() / loudest
    )
    assert curves(panel.activation)[3][1].max() == pytest.approx(expected)


def test_curves_follow_a_run_and_keep_the_zoom(panel) -> None:
    panel.show_parts(some_run(3, seed=1, live=True), [0])
    before = curves(panel.activation)[0][1]
    panel.activation.view.setXRange(0.5, 1.0, padding=0)
    panel.show_parts(some_run(3, seed=2, live=True), [0])
    x, after = curves(panel.activation)[0]
    assert len(after) < len(before)
    assert x[0] == pytest.approx(0.5, abs=2 * FRAME_S)
    assert panel.activation.view.viewRange()[0] == pytest.approx([0.5, 1.0])


def smoothed(window, index: int) -> Run:
    return factor_edits.smooth_activations(window.controller.shown_run(), [index], 0.1)


def test_edits_of_the_mix_draw_nothing_but_names_do(separated, monkeypatch) -> None:
    window, drawn = separated, []
    window.selection.select([0], 0)
    monkeypatch.setattr(window.panes.factors, "_draw", lambda *_: drawn.append(1))
    window.mix_desk._set_gains({0: -3.0})
    window.mix_desk._mute([0], True)
    window.controller.edit_run(smoothed(window, 1), "Smooth")
    assert not drawn
    window.mix_desk._rename(0, "Bell")
    assert drawn == [1]
    window.controller.edit_run(smoothed(window, 0), "Smooth")
    assert drawn == [1, 1]


def test_theme_reaches_the_plots(panel, theme, known) -> None:
    panel.show_parts(known, [1])
    try:
        theme.choose(Choice.DARK)
        assert panel.basis.plot.backgroundBrush().color().name() == theme.scheme.base
        assert panel.basis._pens[0].color() == theme.curve(1)
    finally:
        theme.choose(Choice.SYSTEM)


def test_the_selection_in_the_window_is_drawn(separated, qtbot) -> None:
    tiles = separated.panes.components.tiles
    qtbot.mouseClick(tiles[0].parts.picture, LEFT)
    qtbot.mouseClick(tiles[2].parts.picture, LEFT, Qt.KeyboardModifier.ControlModifier)
    assert len(curves(separated.panes.factors.basis)) == 2
    separated.show_recording()
    assert separated.panes.factors._empty.isVisible()
