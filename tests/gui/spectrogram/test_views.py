"""The large spectrogram: what it shows, and how mouse and keys move through it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.spectrogram.spectrogram_panel import SpectrogramPanel
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.playback import Mix
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.document.scenes import Region
from isnmf_gui.session.runs.run_order import Pause, RunOrder, follow_run
from isnmf_gui.session.runs.separation import Parts, region_frames
from isnmf_gui.spectral.masks import part_mask
from isnmf_gui.spectral.pictures.colormap import MAPS, color_table
from isnmf_gui.spectral.stft import power_of

LEFT = Qt.MouseButton.LeftButton
PLAIN, SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def stretch(panel) -> tuple[float, float]:
    start, stop = panel.plot.view.viewRange()[0]
    return start, stop


def place(panel, share_x: float, share_y: float = 0.5) -> QPoint:
    """A point of the picture, for mouse events."""
    box = panel.plot.view.sceneBoundingRect()
    x, y = box.left() + share_x * box.width(), box.top() + share_y * box.height()
    return panel.plot.mapFromScene(QPointF(x, y))


def turn_wheel(panel, notches: int, modifiers=PLAIN, share_x: float = 0.5) -> None:
    viewport, at = panel.plot.viewport(), QPointF(place(panel, share_x))
    where = QPointF(viewport.mapToGlobal(at.toPoint()))
    event = QWheelEvent(
        at, where, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def drag(qtbot, panel, begin: QPoint, end: QPoint, button=LEFT, modifiers=PLAIN) -> None:
    viewport = panel.plot.viewport()
    qtbot.mouseMove(viewport, begin)
    qtbot.mousePress(viewport, button, modifiers, begin)
    for share in (0.3, 0.6, 1.0):
        point = begin + (end - begin) * share
        qtbot.wait(15)  # moves that come faster are left out
        at = QPointF(point)
        where = QPointF(viewport.mapToGlobal(point))
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, where, Qt.MouseButton.NoButton, button, modifiers
        )
        QApplication.sendEvent(viewport, move)
    qtbot.mouseRelease(viewport, button, modifiers, end)


@pytest.fixture
def panel(opened, wait):
    panel = opened.panes.spectrogram
    wait(lambda: panel.plot.visible)
    return panel


# -- what is shown ----------------------------------------------------------------------------


def whole(scene, separation) -> np.ndarray:
    """The picture with a pixel for every bin and frame, the first bin left out."""
    settings, recording = separation.settings, separation.recording
    hop_s = settings.hop_samples / recording.sample_rate
    n_bins, n_frames = separation.factorization.basis.shape[0], len(separation.factors.activation)
    hertz = recording.sample_rate / settings.window_samples
    region = Region(
        -0.5 * hop_s, (n_frames - 0.5) * hop_s, -0.5 * hertz, (n_bins - 0.5) * hertz,
        n_frames, n_bins, False,
    )  # fmt: skip
    return scene.render(region)


def test_what_is_heard_is_seen(separated, subtests) -> None:
    for mask in ("wiener", "ratio"):
        for output in ("mix", "residual", "model", "recording"):
            with subtests.test(output, mask=mask):
                see_what_is_heard(separated, mask, output)


def see_what_is_heard(window: MainWindow, mask: str, output: str) -> None:
    separation = window.controller.shown_run().separation
    viewing = window.scenes
    viewing.set_heard(Mix(output, gains=np.array([1.0, 0, 1]), mask=mask))
    viewing.choose("heard")
    parts = Parts(separation, mask)
    stft = parts.resynthesis.stft
    power = power_of(
        stft.forward(separation.recording.samples, 0, len(separation.factors.activation))
    )
    share = part_mask(separation.factors, [0, 2], "wiener")(0, len(power), power)
    if mask == "ratio":  # amplitudes add up
        each = [part_mask(separation.factors, [k], "ratio")(0, len(power), power) for k in (0, 2)]
        share = each[0] + each[1]
    model = (separation.factors.activation @ separation.factors.basis) ** (
        2 / separation.settings.domain
    )
    expected = {
        "mix": share**2 * power,
        "residual": (1 - share) ** 2 * power,
        "model": model,
        "recording": power,
    }[output]
    expected_db = 10 * np.log10(expected.T / power.max() + 1e-30)
    shown = whole(window.panes.spectrogram.plot.scene_shown, separation)
    loud = expected_db > -50
    assert loud.sum() > 100
    assert np.abs(shown - expected_db)[loud].max() < 0.5
    assert window.panes.spectrogram.title.text().startswith("What I hear")


def test_views_are_picked_with_the_mouse(separated, qtbot) -> None:
    panel = separated.panes.spectrogram
    titles = {}
    for name, button in panel.view_buttons.items():
        qtbot.mouseClick(button, LEFT)
        assert button.isChecked()
        titles[name] = panel.title.text()
        assert panel.masked_box.isVisible() == (name == "component")
    assert len(set(titles.values())) == 6
    qtbot.mouseClick(panel.view_buttons["component"], LEFT)
    alone = panel.plot.scene_shown
    qtbot.keyClick(panel.masked_box, Qt.Key.Key_Down)
    assert panel.is_masked
    assert type(panel.plot.scene_shown) is not type(alone)
    assert "in the recording" in panel.title.text()


def test_without_a_run_there_is_only_the_recording(opened) -> None:
    panel = opened.panes.spectrogram
    assert not panel.view_buttons["model"].isEnabled()
    for name in ("component", "source", "sources"):
        assert not panel.view_buttons[name].isEnabled()
    opened.scenes.choose("heard")
    assert panel.title.text() == "What I hear: the recording"


# -- zoom and pan -----------------------------------------------------------------------------


def test_the_wheel_zooms_about_the_pointer(panel) -> None:
    turn_wheel(panel, 3, share_x=0.25)
    start, stop = stretch(panel)
    assert stop - start == pytest.approx(3 * 0.8**3, rel=0.01)
    assert start + 0.25 * (stop - start) == pytest.approx(0.75, abs=0.02)
    turn_wheel(panel, -1, SHIFT)
    moved, _ = stretch(panel)
    assert moved == pytest.approx(start + 0.1 * (stop - start), rel=0.01)
    turn_wheel(panel, -20)
    assert stretch(panel) == pytest.approx((0, 3), abs=0.01)


def test_the_wheel_with_control_zooms_in_frequency(panel) -> None:
    low, high = panel.plot.view.viewRange()[1]
    turn_wheel(panel, 2, CONTROL)
    assert stretch(panel) == pytest.approx((0, 3), abs=0.01)
    zoomed = panel.plot.view.viewRange()[1]
    assert zoomed[1] - zoomed[0] == pytest.approx((high - low) * 0.64, rel=0.01)


@pytest.mark.parametrize(
    ("button", "modifiers"), [(LEFT, SHIFT), (Qt.MouseButton.RightButton, PLAIN)]
)
def test_a_box_is_zoomed_into(panel, qtbot, button, modifiers) -> None:
    seeks = []
    panel.seek_wanted.connect(seeks.append)
    drag(qtbot, panel, place(panel, 0.2, 0.2), place(panel, 0.6, 0.7), button, modifiers)
    assert stretch(panel) == pytest.approx((0.6, 1.8), abs=0.03)
    assert not seeks
    panel.tools.fit_button.click()
    assert stretch(panel) == pytest.approx((0, 3), abs=0.01)


def test_click_and_drag_seek(panel, qtbot) -> None:
    seeks = []
    panel.seek_wanted.connect(seeks.append)
    qtbot.mouseClick(panel.plot.viewport(), LEFT, pos=place(panel, 0.5))
    assert seeks == [pytest.approx(1.5, abs=0.02)]
    drag(qtbot, panel, place(panel, 0.1), place(panel, 0.8))
    assert seeks[-1] == pytest.approx(2.4, abs=0.02)
    assert stretch(panel) == pytest.approx((0, 3), abs=0.01)


def test_keys_move_and_zoom(panel, qtbot) -> None:
    plot = panel.plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    start, stop = stretch(panel)
    assert stop - start == pytest.approx(2.4, rel=0.01)
    qtbot.keyClick(plot, Qt.Key.Key_Right, ALT)
    assert stretch(panel)[0] == pytest.approx(start + 0.24, abs=0.01)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert stretch(panel) == pytest.approx((0.6, 3), abs=0.01)
    qtbot.keyClick(plot, Qt.Key.Key_Right, ALT)  # there is nothing more
    assert stretch(panel) == pytest.approx((0.6, 3), abs=0.01)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert stretch(panel) == pytest.approx((0, 2.4), abs=0.01)
    low, high = plot.view.viewRange()[1]
    qtbot.keyClick(plot, Qt.Key.Key_Plus, CONTROL)
    zoomed = plot.view.viewRange()[1]
    assert zoomed[1] - zoomed[0] == pytest.approx(0.8 * (high - low), rel=0.01)
    qtbot.keyClick(plot, Qt.Key.Key_Up, ALT)
    assert plot.view.viewRange()[1][0] > zoomed[0]


def test_frames_and_bins_lie_where_the_axes_say(panel, wait) -> None:
    """Zoomed in far, every frame is a block about its middle."""
    panel.scale_button.setChecked(False)
    plot = panel.plot
    plot.view.setXRange(1.0, 1.1, padding=0)
    plot.view.setYRange(400, 600, padding=0)
    wait(lambda: plot.visible.low_hz == pytest.approx(400))
    seen, levels = plot.visible, plot.levels
    frame_s, bin_hz = 256 / 22_050, 22_050 / 1024
    columns = seen.start_s + (np.arange(seen.width) + 0.5) / seen.width * 0.1
    frames = np.floor(columns / frame_s + 0.5)
    rows = seen.low_hz + (np.arange(seen.height) + 0.5) / seen.height * 200
    bins = np.floor(rows / bin_hz + 0.5)
    # A pixel in which a boundary lies may show either side.
    for axis, items in ((1, frames), (0, bins)):
        changes = np.flatnonzero(np.any(np.diff(levels, axis=axis) != 0, axis=1 - axis))
        assert len(changes) == len(set(items)) - 1
        assert np.abs(changes - np.flatnonzero(np.diff(items))).max() <= 1


def test_what_is_slow_to_draw_is_sharp_once_it_rests(separated, wait) -> None:
    plot = separated.panes.spectrogram.plot
    separated.scenes.choose("heard")
    width = round(plot.view.width())
    plot.scene_shown.slow_pixel_s = 0.0
    plot.view.setXRange(1, 2, padding=0)
    plot.draw()
    assert plot.visible.width == width // 2
    assert plot.levels.shape[1] == width // 2
    wait(lambda: plot.visible.width == width)
    assert plot.levels.shape[1] == width


# -- playhead, readout, colours ---------------------------------------------------------------


def test_pages_turn_while_it_plays(panel) -> None:
    panel.plot.view.setXRange(0, 0.5, padding=0)
    panel.set_playing(True)
    panel.set_playhead(0.4, True)
    assert stretch(panel) == pytest.approx((0, 0.5), abs=0.01)
    panel.set_playhead(0.52, True)
    assert stretch(panel) == pytest.approx((0.52, 1.02), abs=0.01)
    panel.set_playhead(2.9, True)
    assert stretch(panel) == pytest.approx((2.5, 3), abs=0.01)
    panel.follow_button.setChecked(False)
    panel.set_playhead(0.1, True)
    assert stretch(panel) == pytest.approx((2.5, 3), abs=0.01)


def test_the_readout_says_time_pitch_and_level(panel, qtbot) -> None:
    # The melody begins with an A of 440 Hz.
    y = np.log10(440) - panel.plot.view.viewRange()[1][0]
    low, high = panel.plot.view.viewRange()[1]
    qtbot.mouseMove(panel.plot.viewport(), place(panel, 0.05, 1 - y / (high - low)))
    panel.plot.hover(panel.plot.mapToScene(place(panel, 0.05, 1 - y / (high - low))))
    text = panel.read_out
    assert text.startswith("0.1")
    assert " Hz" in text
    assert "A4" in text
    assert text.endswith("dB")
    level = float(text.split()[-2].replace("−", "-"))
    assert level > -25


def test_the_colour_bar_is_dragged(panel, qtbot) -> None:
    bar = panel.color_bar
    top = QPoint(8, 14)
    qtbot.mousePress(bar, LEFT, pos=top)
    qtbot.mouseMove(bar, top + QPoint(0, 40))
    qtbot.mouseRelease(bar, LEFT, pos=top + QPoint(0, 40))
    low, high = bar.range_db
    assert low == -80
    assert high == pytest.approx(80 * -0.0 + 40 / bar._bar().height() * 80, abs=1) or high == 20
    assert panel.plot.range_db == (low, high)
    qtbot.mouseDClick(bar, LEFT, pos=top)
    assert bar.range_db == (-80, 0)
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Plus)
    assert bar.range_db == (-75, 0)
    qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert bar.range_db == (-80, -5)
    qtbot.keyClick(bar, Qt.Key.Key_Home)
    assert bar.range_db == (-80, 0)


def test_the_range_keeps_within_its_limits(panel) -> None:
    bar = panel.color_bar
    for low, high in ((-500, 500), (0, 0), (50, 60), (-300, -290)):
        bar.set_range(low, high)
        assert -160 <= bar.range_db[0] <= bar.range_db[1] - 10 <= 10


def test_colours_are_chosen_and_remembered(panel, subtests) -> None:
    for name in MAPS:
        with subtests.test(name):
            choose_colors(panel, name)


def choose_colors(panel: SpectrogramPanel, name: str) -> None:
    actions = {action.data(): action for action in panel._maps.actions()}
    actions[name].trigger()
    image = panel.plot.grab().toImage()
    colors = {tuple(color) for color in color_table(name).tolist()}
    at = panel.plot.mapFromScene(panel.plot.view.sceneBoundingRect().center())
    pixel = image.pixelColor(at + QPoint(3, 3))
    assert (pixel.red(), pixel.green(), pixel.blue()) in colors
    panel.color_bar.set_range(-60, -10)
    panel.scale_button.setChecked(False)
    panel.follow_button.setChecked(False)
    panel.save(Preferences())
    panel._set_map("grey")
    panel.color_bar.reset()
    panel.scale_button.setChecked(True)
    panel.restore(Preferences())
    assert panel._color_map == name
    assert panel.color_bar.range_db == (-60, -10)
    assert not panel.scale_button.isChecked()
    assert not panel.plot.logarithmic
    assert not panel.follow_button.isChecked()


def test_wrong_preferences_fall_back() -> None:
    preferences = Preferences()
    for key in ("color_map", "range_db", "log_frequency"):
        preferences.store.setValue(key, "nonsense")
    assert preferences.color_map == "ember"
    assert preferences.range_db is None
    assert preferences.log_frequency is True


def test_a_live_run_is_followed_in_every_view(opened, wait) -> None:
    """Snapshots have no energies yet, and a region separated alone has silence around it."""
    window = opened
    window.runs.separate()
    wait(lambda: window.controller.document.runs)
    separation = window.controller.shown_run().separation
    snapshot = replace(separation, energies=None)
    for view in ("model", "component", "source", "heard"):
        window.scenes.choose(view)
        run = window.controller.shown_run()
        window.scenes.set_run(replace(run, separation=snapshot))
        assert np.isfinite(whole(window.panes.spectrogram.plot.scene_shown, snapshot)).all()


def test_snapshots_of_a_region_are_silent_around_it(opened) -> None:
    recording = opened.controller.document.recording
    settings = replace(opened.panes.settings.settings(), n_iterations=3)
    snapshots = []
    region_s = (1.0, 2.0)

    def report(live) -> bool:
        snapshots.append(live.separation)
        return True

    follow_run(RunOrder(recording, settings, 1, region_s=region_s), Pause(), report)
    panel, viewing = opened.panes.spectrogram, opened.scenes
    viewing.set_run(make_run(Document(), snapshots[-1]))
    viewing.set_heard(Mix("mix"))
    for view in ("model", "component", "heard"):
        viewing.choose(view)
        picture = whole(panel.plot.scene_shown, snapshots[-1])
        first, last = region_frames(recording, settings, region_s)
        assert picture[:, first:last].max() > -20
        assert max(picture[:, :first].max(), picture[:, last:].max()) < -150
