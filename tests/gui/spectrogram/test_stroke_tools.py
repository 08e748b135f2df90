"""The row of tools: tools, sizes, sources, by mouse, keys and menus; and room for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.actions.action_entries import ENTRIES
from isnmf_gui.gui.control.brush import SIZES, TOOLS
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.edits import source_edits
from tests.gui.spectrogram.painting import edit, group, run_of, take

KEYS, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TOOL_KEYS = {"pointer": "V", "brush": "B", "box": "X", "harmonic": "H", "eraser": "E"}


def tools_of(window):
    return window.panes.spectrogram.tools


def name_of(widget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def entries(window) -> dict[str, object]:
    """What the popup of the source offers, by its text."""
    menu = tools_of(window)._menu
    menu.aboutToShow.emit()
    return {it.text(): it for it in menu.actions() if not it.isSeparator()}


# -- tools and sizes ------------------------------------------------------------------------------


def test_tools_are_taken_by_button_key_and_menu(separated, qtbot, subtests) -> None:
    for tool in TOOLS:
        with subtests.test(tool):
            take_in_three_ways(separated, qtbot, tool)


def take_in_three_ways(separated: MainWindow, qtbot, tool: str) -> None:
    brush, button = separated.controller.brush, tools_of(separated).buttons[f"tool_{tool}"]
    other = "brush" if tool == "box" else "box"

    def in_hand() -> list[str]:
        checked = [it for it in TOOLS if separated.actions_[f"tool_{it}"].isChecked()]
        assert checked == [
            it for it in TOOLS if tools_of(separated).buttons[f"tool_{it}"].isChecked()
        ]
        return [brush.tool, *checked]

    for way in (
        lambda: button.click(),
        lambda: qtbot.keyClick(separated, TOOL_KEYS[tool]),
        lambda: separated.actions_[f"tool_{tool}"].trigger(),
    ):
        brush.take(other)
        assert in_hand() == [other, other]
        for _ in range(2):  # again: it stays in the hand
            way()
            assert in_hand() == [tool, tool]


def test_buttons_have_names_tips_and_keys(separated) -> None:
    tools = tools_of(separated)
    names = {name_of(it) for it in tools.buttons.values()}
    assert names == {"Pointer", "Brush", "Box", "Harmonic brush", "Eraser"}
    assert tools.buttons["tool_brush"].toolTip().endswith("(B)")
    assert name_of(tools.show_button) == "Show strokes"
    assert name_of(tools.room_button) == "Room for the spectrogram"
    assert tools.size_box.accessibleName() == "Height of brush and eraser in octaves"
    assert tools.partials_box.accessibleName() == "Lines of the harmonic brush"
    separated.actions_.set_keys("tool_brush", "Ctrl+Alt+B")
    assert tools.buttons["tool_brush"].toolTip().endswith("(Ctrl+Alt+B)")


def test_tools_need_a_run_and_say_so(opened, wait) -> None:
    tools = tools_of(opened)
    reason = "Separate the recording first"
    painting = [it for name, it in tools.buttons.items() if name != "tool_pointer"]
    for control in (*painting, tools.size_box, tools.source_button):
        assert not control.isEnabled()
    for button in (*painting, tools.source_button):
        assert reason in button.toolTip()
    assert tools.buttons["tool_pointer"].isEnabled()
    assert tools.room_button.isEnabled()
    opened.runs.separate()
    wait(lambda: not opened.controller.is_busy("run"))
    for control in (*painting, tools.size_box, tools.source_button):
        assert control.isEnabled()
        assert reason not in control.toolTip()
    take(opened, "brush")
    opened.actions_["undo"].trigger()  # no run any more
    assert opened.controller.brush.tool == "pointer"
    assert tools.buttons["tool_pointer"].isChecked()
    assert not tools.buttons["tool_brush"].isEnabled()


def test_a_run_without_components_cannot_be_painted(separated) -> None:
    take(separated, "eraser")
    separated.selection.select([0, 1, 2], 0)
    separated.actions_["delete"].trigger()
    assert run_of(separated).components == ()
    assert separated.controller.brush.tool == "pointer"
    assert not tools_of(separated).buttons["tool_eraser"].isEnabled()
    assert not tools_of(separated).source_button.isEnabled()
    separated.actions_["undo"].trigger()
    assert tools_of(separated).buttons["tool_eraser"].isEnabled()
    assert tools_of(separated).source_button.isEnabled()


def test_sizes_by_box_and_keys(separated, qtbot) -> None:
    brush, tools = separated.controller.brush, tools_of(separated)
    take(separated, "brush")
    assert [tools.size_box.itemData(n) for n in range(tools.size_box.count())] == list(SIZES)
    assert tools.size_box.currentText() == "¼ oct"
    qtbot.keyClick(separated, "]")
    assert brush.octaves == 1 / 2
    assert tools.size_box.currentText() == "½ oct"
    for _ in SIZES:
        qtbot.keyClick(separated, "[")
    assert brush.octaves == SIZES[0]
    tools.size_box.setCurrentIndex(3)
    tools.size_box.activated.emit(3)
    assert brush.octaves == SIZES[3]


def test_the_harmonic_brush_has_lines_instead(separated, qtbot) -> None:
    brush, tools = separated.controller.brush, tools_of(separated)
    assert not tools.partials_box.isVisible()
    take(separated, "harmonic")
    assert tools.partials_box.isVisible()
    assert not tools.size_box.isVisible()
    tools.partials_box.setValue(12)
    assert brush.n_partials == 12
    qtbot.keyClick(separated.panes.spectrogram.plot, "]")
    assert (brush.n_partials, tools.partials_box.value()) == (13, 13)
    brush.set_partials(99)
    assert tools.partials_box.value() == brush.n_partials == 20
    take(separated, "eraser")
    assert tools.size_box.isVisible()


def test_brackets_are_the_overviews_where_it_has_the_focus(separated, qtbot) -> None:
    octaves = separated.controller.brush.octaves
    separated.panes.overview.setFocus()
    separated.panes.overview.set_playhead(1.0, True)
    qtbot.keyClick(separated.panes.overview, "[")
    assert separated.panes.region.region_s is not None
    assert separated.controller.brush.octaves == octaves


# -- sources --------------------------------------------------------------------------------------


def test_the_source_that_is_painted_is_told(separated) -> None:
    tools = tools_of(separated)
    assert name_of(tools.source_button) == "Source to paint: Source 1"  # the one that it will make
    assert run_of(separated).sources == ()
    ids = group(separated)
    edit(separated, source_edits.rename_source, ids[1], "Drums & bass")
    separated.selection.choose_source(ids[1])
    assert name_of(tools.source_button) == "Source to paint: Drums & bass"
    separated.selection.choose_source(UNASSIGNED)
    assert name_of(tools.source_button) == "Source to paint: Unassigned"
    edit(separated, source_edits.lock_source, ids[0], True)
    separated.selection.choose_source(ids[0])
    assert name_of(tools.source_button) == "Source to paint: Source 1 (locked)"


def test_the_source_is_chosen_in_the_popup(separated) -> None:
    ids = group(separated)
    offered = entries(separated)
    assert list(offered) == [
        "Source 1\tCtrl+1", "Source 2\tCtrl+2", "Source 3\tCtrl+3", "Unassigned\tU", "New source",
    ]  # fmt: skip
    assert [it.isChecked() for it in offered.values()] == [True, False, False, False, False]
    offered["Source 3\tCtrl+3"].trigger()
    assert separated.selection.source_id == ids[2]
    assert separated.panes.sources.rows[2].is_chosen
    entries(separated)["New source"].trigger()
    assert len(run_of(separated).sources) == 4
    assert separated.selection.source_id == run_of(separated).sources[-1].id
    separated.actions_["undo"].trigger()
    assert separated.selection.source_id is None
    assert name_of(tools_of(separated).source_button) == "Source to paint: Source 1"


def test_the_source_is_chosen_by_keys(separated, qtbot) -> None:
    ids = group(separated)
    told: list[str] = []
    separated.stroke_desk.said.connect(told.append)
    for number, chosen in ((KEYS.Key_2, ids[1]), (KEYS.Key_1, ids[0])):
        qtbot.keyClick(separated, number, CTRL)
        assert separated.selection.source_id == chosen
    qtbot.keyClick(separated, KEYS.Key_U)
    assert separated.selection.source_id == UNASSIGNED
    assert told == ["Source 2 is painted.", "Source 1 is painted.", "Unassigned is painted."]
    assert separated.actions_["paint_3"].isEnabled()
    assert not separated.actions_["paint_4"].isEnabled()


def test_every_action_of_painting_can_get_other_keys(separated) -> None:
    names = {entry.name for entry in ENTRIES}
    wanted = {*(f"tool_{tool}" for tool in TOOLS), *(f"paint_{n}" for n in range(10))}
    assert wanted | {"smaller", "larger", "show_strokes", "room"} <= names
    dialog = separated.show_shortcuts()
    assert all(not dialog.edits[name].keySequence().isEmpty() for name in wanted)
    dialog.reject()


def test_a_long_name_leaves_room_for_the_rest(separated) -> None:
    ids = group(separated)
    edit(separated, source_edits.rename_source, ids[0], "A very long name of a source indeed")
    separated.resize(1024, 640)
    tools = tools_of(separated)
    QApplication.processEvents()
    assert tools.source_button.text().endswith("…")
    width = tools.fontMetrics().horizontalAdvance(tools.source_button.text())
    assert width <= tools.source_button.width()
    for button in (tools.show_button, tools.room_button):
        assert tools.rect().contains(button.geometry())


# -- room -----------------------------------------------------------------------------------------


def test_room_leaves_the_spectrogram_sources_and_transport(separated, qtbot) -> None:
    panes, before = separated.panes, separated.panes.spectrogram.plot.size()
    panes.left.setCurrentWidget(panes.settings)
    sizes = [splitter.sizes() for _, splitter in panes._splitters()]
    qtbot.keyClick(separated, KEYS.Key_F9)
    qtbot.wait(20)
    plot = panes.spectrogram.plot
    assert plot.width() > before.width() + 200
    assert plot.height() > before.height() + 200
    assert not panes.components.isVisible()
    assert not any(it.isVisible() for it in (panes.loss, panes.runs, panes.factors))
    for pane in (panes.spectrogram.tools, panes.sources, panes.transport, panes.overview):
        assert pane.isVisible()
    assert separated.actions_["room"].isChecked()
    assert panes.spectrogram.tools.room_button.isChecked()
    panes.spectrogram.tools.room_button.click()
    qtbot.wait(20)
    assert [splitter.sizes() for _, splitter in panes._splitters()] == sizes
    assert plot.size() == before
    assert panes.left.currentWidget() is panes.settings
    assert panes.components.isVisible()
    assert panes.loss.isVisible()
    assert not separated.actions_["room"].isChecked()


def test_the_keyboard_goes_to_what_is_left(separated, qtbot) -> None:
    separated.panes.runs.view.setFocus()
    separated.actions_["room"].trigger()
    assert separated.panes.spectrogram.plot.hasFocus()
    reached = set()
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), KEYS.Key_F6)
        reached.add(QApplication.focusWidget())
    assert all(it.isVisible() for it in reached)
    assert separated.panes.transport.play_button in reached


def test_large_plots_and_room_take_turns(separated, qtbot) -> None:
    panes = separated.panes
    separated.selection.select([0], 0)
    sizes = [splitter.sizes() for _, splitter in panes._splitters()]
    separated.actions_["large_parts"].trigger()
    separated.actions_["room"].trigger()
    assert panes.spectrogram.isVisible()
    assert not panes.factors.isVisible()
    separated.actions_["large_parts"].trigger()
    assert not panes.has_room
    assert panes.factors.isVisible()
    assert not panes.spectrogram.isVisible()
    separated.actions_["large_parts"].trigger()
    qtbot.wait(20)
    assert [splitter.sizes() for _, splitter in panes._splitters()] == sizes


def test_what_is_remembered_is_the_window_without_room(separated, qtbot) -> None:
    panes = separated.panes
    before = [splitter.sizes() for _, splitter in panes._splitters()]
    separated.actions_["room"].trigger()
    qtbot.wait(20)
    panes.save(separated._preferences)
    stored = [
        separated._preferences.layout(name, splitter.count())
        for name, splitter in panes._splitters()
    ]
    for now, then in zip(stored, before, strict=True):
        assert now == pytest.approx(then, abs=2)  # there were fewer handles between them
