"""What a screen reader gets to know: names of all that can be used, and news of runs."""

import gc
from collections.abc import Callable
from weakref import ref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QWidget,
)

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.runs.runs_model import describe
from isnmf_gui.gui.window import announcer
from isnmf_gui.gui.window.tour import Tour
from tests.gui.run_tools import begin, end, separate
from tests.incomplete import whole


@pytest.fixture
def said(monkeypatch) -> list[tuple[str, bool]]:
    """What is announced, and whether it is urgent."""
    heard: list[tuple[str, bool]] = []

    class Listener:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event) -> None:
            heard.append((event.message(), event.politeness() == announcer.URGENT))

    monkeypatch.setattr(announcer, "QAccessible", Listener)
    return heard


def test_runs_are_announced(opened, wait, said) -> None:
    separate(opened, wait)
    assert said == [
        ("Separation started: Fast, 3 bases.", False),
        ("Separation finished after 20 iterations: 3 components.", False),
    ]


def test_one_is_no_plural(opened, wait, said) -> None:
    for name in ("n_bases", "n_iterations"):
        opened.panes.settings._fields[name].setValue(1)
    separate(opened, wait)
    assert [text for text, _ in said] == [
        "Separation started: Fast, 1 basis.",
        "Separation finished after 1 iteration: 1 component.",
    ]
    assert opened.status.text.startswith("Done: 1 iteration in ")
    assert opened.panes.components._header._heading.text() == "1 component"
    (row,) = opened.panes.runs.model.rows
    assert "1 of 1 iteration in " in describe(row)
    assert ", 1 basis\n" in describe(row)
    assert ", 1 basis, " in opened.controller.document.current_run.name
    assert opened.panes.loss.plot.accessibleDescription().endswith(" in 1 iteration")


def test_what_is_missing_of_a_recording_is_announced(window, wait, said, tmp_path) -> None:
    path = tmp_path / "half.wav"
    path.write_bytes(whole("16 bit.wav")[:-100_000])
    window.files.open(path)
    wait(lambda: window.controller.document.recording)
    (told,) = said
    assert told == (window.controller.document.recording.notice, False)
    assert "“half.wav” is incomplete: " in told[0]


def test_pause_and_cancel_are_announced(opened, wait, said) -> None:
    begin(opened, wait)
    opened.controller.running.pause()
    opened.controller.running.pause(False)
    end(opened, wait)
    words = [text.split()[1] for text, _ in said]
    assert words == ["started:", "paused.", "goes", "cancelled"]


def test_errors_are_urgent(window, said) -> None:
    window.controller.jobs.failed.emit(IsnmfError("The disk is full.", ""))
    assert said == [("The disk is full.", True)]


def usable(window: QWidget) -> list[QWidget]:
    """Return what gets the focus by keyboard or mouse."""
    return [
        it
        for it in window.findChildren(QWidget)
        if it.isVisible()
        and it.focusPolicy() != Qt.FocusPolicy.NoFocus
        # What lies inside of a control that has a name.
        and not it.objectName().startswith("qt_")
        and not (isinstance(area := it.parent(), QAbstractScrollArea) and it is area.viewport())
    ]


def test_everything_that_gets_the_focus_has_a_name(separated, qtbot) -> None:
    separated.selection.select([0, 1], 0)
    separated.panes.components.group_selection()
    nameless = []
    for tab in range(separated.panes.left.count()):
        separated.panes.left.setCurrentIndex(tab)
        qtbot.wait(20)
        for widget in usable(separated):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert sorted(set(nameless)) == []


def test_plots_say_in_words_what_they_show(separated, qtbot, wait) -> None:
    panes = separated.panes
    separated.selection.select([1], 1)
    qtbot.wait(30)
    loss = panes.loss.plot.accessibleDescription()
    assert loss.startswith("Run 1 · Fast · p = 1.5: from ")
    assert loss.endswith("in 20 iterations")
    for plot, unit in ((panes.factors.basis, "Hz"), (panes.factors.activation, " s")):
        text = plot.plot.accessibleDescription()
        assert text.startswith("Component 2: peak at ")
        assert unit in text
    panes.spectrogram._read_out(None)
    text = panes.spectrogram.plot.accessibleDescription()
    assert text.startswith("Component 2. 0.0 s to 3.0 s, 30 to 11025 Hz, −80 to 0 dB")


CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox)


def silent_controls(window: QWidget) -> set[str]:
    """Return what is to be used and does not say what it does."""
    return {
        f"{type(it).__name__} {it.accessibleName() or getattr(it, 'text', str)()}"
        for kind in (*CONTROLS, QLineEdit, QKeySequenceEdit)
        for it in window.findChildren(kind)
        if it.isVisible()
        and not it.toolTip()
        and not isinstance(it, QHeaderView | QScrollBar)
        and not isinstance(it.parent(), QAbstractSpinBox | QComboBox | QKeySequenceEdit | QLineEdit)
        and not it.objectName().startswith("qt_")
    }


def test_every_control_says_what_it_does(opened, wait, qtbot) -> None:
    window, silent = opened, set()
    separate(window, wait)
    window.selection.select([0, 1], 0)
    window.panes.components.group_selection()
    for tab in range(window.panes.left.count()):
        window.panes.left.setCurrentIndex(tab)
        qtbot.wait(20)
        assert sum(it.isVisible() for kind in CONTROLS for it in window.findChildren(kind)) > 30
        silent |= silent_controls(window)
    assert silent == set()


@pytest.fixture
def ask(separated, qtbot, monkeypatch) -> Callable[[str], QWidget]:
    """Return what opens a dialog, or the tour, by its action."""
    monkeypatch.setattr(ExportDialog, "exec", lambda dialog: dialog.open())
    monkeypatch.setattr(ExportDialog, "deleteLater", lambda dialog: None)
    separated.selection.select([0], 0)

    def asked(action: str) -> QWidget:
        separated.actions_[action].trigger()
        every = [*separated.findChildren(QDialog), *separated.findChildren(Tour)]
        (dialog,) = (it for it in every if it.isVisible())
        qtbot.wait(20)
        return dialog

    return asked


def test_every_control_of_dialogs_says_what_it_does(ask, subtests) -> None:
    for action in ("export", "suggest", "band", "shortcuts", "guide", "tour"):
        dialog = ask(action)
        with subtests.test(action):
            assert len(dialog.findChildren(QAbstractButton)) > 1
            assert silent_controls(dialog) == set()
        dialog.close()


def test_tab_goes_through_all_of_a_dialog(ask, qtbot, subtests) -> None:
    for action in ("export", "suggest", "band", "shortcuts"):
        dialog = ask(action)
        with subtests.test(action):
            go_through(dialog, qtbot)
        dialog.close()


def go_through(dialog: QWidget, qtbot) -> None:
    wanted = {
        it
        for it in usable(dialog)
        if it.isEnabled()
        and it.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(it.parent(), QAbstractSpinBox | QKeySequenceEdit | QComboBox | QLineEdit)
    }
    reached = set()
    for _ in range(2 * len(wanted)):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {it.accessibleName() or it for it in wanted - reached} == set()


def test_the_empty_window_says_what_its_buttons_do(window) -> None:
    for button in window.panes.welcome.findChildren(QAbstractButton):
        assert button.toolTip()


# -- widgets that paint themselves ----------------------------------------------------------------


def told(widget: QWidget, what=QAccessible.Text.Description) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def test_a_tile_is_an_item_of_a_list(separated) -> None:
    panel = separated.panes.components
    tile = panel.tiles[1]
    interface = QAccessible.queryAccessibleInterface(tile)
    assert interface.role() == QAccessible.Role.ListItem
    assert interface.parent().role() == QAccessible.Role.List
    assert interface.parent().text(QAccessible.Text.Name) == "Components"
    assert interface.state().selectable
    assert not interface.state().selected
    panel.selection.select([1], 1)
    assert interface.state().selected
    assert interface.valueInterface() is None
    assert "Hz" in told(tile)
    assert "of the recording's energy" in told(tile)
    toggle = QAccessible.queryAccessibleInterface(tile.parts.mute_button)
    assert (toggle.text(QAccessible.Text.Name), toggle.state().checked) == ("Mute component 2", 0)
    tile.parts.mute_button.click()
    assert (toggle.text(QAccessible.Text.Name), toggle.state().checked) == ("Mute component 2", 1)


def test_a_tile_that_is_going_can_be_asked_too(separated, qtbot) -> None:
    tile = separated.panes.components.tiles[2]
    separated.selection.select([1, 2], 1)
    separated.actions_["delete"].trigger()  # it is there until the event loop goes on
    assert "Hz" not in tile.account().describe()


def test_a_screen_reader_keeps_no_tile(separated, qtbot) -> None:
    tile = ref(separated.panes.components.tiles[2])
    assert QAccessible.queryAccessibleInterface(tile()).role() == QAccessible.Role.ListItem
    separated.selection.select([2], 2)
    separated.actions_["delete"].trigger()
    qtbot.wait(20)
    gc.collect()
    assert tile() is None


def test_a_fader_is_read_and_set_in_decibels(separated) -> None:
    fader = separated.panes.components.tiles[0].parts.fader
    value = QAccessible.queryAccessibleInterface(fader).valueInterface()
    value.setCurrentValue(-7.5)
    assert separated.controller.shown_run().components[0].gain_db == -7.5
    assert value.currentValue() == -7.5
    assert (value.minimumValue(), value.maximumValue()) == (-60, 12)
    assert told(fader, QAccessible.Text.Value) == "−7.5 dB"
    value.setCurrentValue(500)
    assert separated.controller.shown_run().components[0].gain_db == 12


def test_the_overview_tells_region_and_playhead(opened, qtbot) -> None:
    overview = opened.panes.overview
    assert told(overview).startswith("Recording of 0:03.0, loudest at 0:0")
    assert "no region is marked" in told(overview)
    opened.panes.region.mark(0.5, 2.0)
    assert "region 0:00.5 to 0:02.0" in told(overview)
    value = QAccessible.queryAccessibleInterface(overview).valueInterface()
    with qtbot.waitSignal(overview.seek_wanted) as sought:
        value.setCurrentValue(1.5)
    assert sought.args == [1.5]
    overview.set_playhead(1.5, True)
    assert value.currentValue() == 1.5
    assert told(overview, QAccessible.Text.Value) == "0:01.5"


def test_levels_and_colours_have_values(opened) -> None:
    meter, bar = opened.panes.transport.meter, opened.panes.spectrogram.color_bar
    meter.show_levels([0.5, 0.1], [0.25, 0.05], [False, True])
    assert "peak −6, RMS −12 dB" in told(meter, QAccessible.Text.Value)
    assert "clipped" in told(meter, QAccessible.Text.Value)
    value = QAccessible.queryAccessibleInterface(meter).valueInterface()
    assert value.currentValue() == pytest.approx(-6, abs=0.1)
    value = QAccessible.queryAccessibleInterface(bar).valueInterface()
    value.setCurrentValue(-50)
    assert bar.range_db == (-50, 0)
    assert told(bar, QAccessible.Text.Value) == "−50 to 0 dB"


def test_plots_are_charts(separated) -> None:
    panes = separated.panes
    separated.selection.select([0], 0)
    for plot in (panes.loss.plot, panes.spectrogram.plot, panes.factors.basis.plot):
        interface = QAccessible.queryAccessibleInterface(plot)
        assert interface.role() == QAccessible.Role.Chart
        assert interface.text(QAccessible.Text.Description)


def test_sources_are_items_of_a_list(separated) -> None:
    separated.selection.select([0, 1], 0)
    separated.panes.components.group_selection()
    interface = QAccessible.queryAccessibleInterface(separated.panes.sources.rows[0])
    assert interface.role() == QAccessible.Role.ListItem
    assert interface.parent().text(QAccessible.Text.Name) == "Sources"
    assert interface.text(QAccessible.Text.Description) == "2 components"


def test_progress_is_never_outside_of_its_range(window) -> None:
    """Also where it is hidden: Qt begins at −1."""
    bars = window.findChildren(QProgressBar)
    assert len(bars) == 2
    for bar in bars:
        told = QAccessible.queryAccessibleInterface(bar).valueInterface()
        assert (told.minimumValue(), told.currentValue()) == (0, 0)
