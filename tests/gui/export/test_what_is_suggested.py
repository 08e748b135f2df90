"""What the export dialog has ticked: always the same, unless something was asked for by name."""

from collections.abc import Iterator

import pytest

from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.edits.source_edits import group
from isnmf_gui.session.export.choices import ExportChoices
from tests.gui.run_tools import end, make_it_long


@pytest.fixture
def asked(monkeypatch) -> Iterator[list[ExportDialog]]:
    """The dialogs that opened; each is left as it opens, and cancelled."""
    dialogs: list[ExportDialog] = []

    def look(dialog: ExportDialog) -> ExportDialog.DialogCode:
        dialogs.append(dialog)
        return ExportDialog.DialogCode.Rejected

    monkeypatch.setattr(ExportDialog, "exec", look)
    monkeypatch.setattr(ExportDialog, "deleteLater", lambda dialog: None)
    yield dialogs
    monkeypatch.undo()
    for dialog in dialogs:
        dialog.deleteLater()


@pytest.fixture
def grouped(separated: MainWindow) -> MainWindow:
    run = group(separated.controller.shown_run(), [0, 2], "Guitar")
    separated.controller.edit_run(run, "Group")
    return separated


def written(dialog: ExportDialog) -> list[str]:
    return [stem.name for stem in dialog.order.stems]


def chosen_in_menu(window: MainWindow, source_id: int, text: str) -> None:
    menu = window.panes.sources.menu_for(source_id)
    (action,) = [it for it in menu.actions() if it.text() == text]
    action.trigger()
    menu.deleteLater()


def test_sources_are_suggested_whatever_is_selected(grouped, asked, subtests) -> None:
    for n, selected in enumerate(([], [1], [1, 2], [0, 2])):
        with subtests.test(selected=selected):
            grouped.selection.select(selected, selected[0] if selected else None)
            grouped.actions_["export"].trigger()
            assert written(asked[n]) == ["Guitar", "Unassigned"]


def test_without_sources_all_components_are_suggested(separated, asked, subtests) -> None:
    for place, selected in enumerate(([], [1], [0, 2])):
        with subtests.test(selected=selected):
            separated.selection.select(selected, selected[0] if selected else None)
            separated.actions_["export"].trigger()
            assert written(asked[place]) == ["Component 1", "Component 2", "Component 3"]
            stems = asked[place].stems
            assert not stems.sources.isEnabled()
            assert stems.which_sources.currentText() == "none yet"
            wanted = ["all (3)", *[f"only what is selected ({len(selected)})"] * bool(selected)]
            assert [stems.which.itemText(n) for n in range(stems.which.count())] == wanted


def test_what_is_exported_by_name_is_ticked_alone(grouped, asked) -> None:
    grouped._preferences.export = ExportChoices(with_mix=True, with_residual=True)
    source_id = grouped.controller.shown_run().sources[0].id
    chosen_in_menu(grouped, source_id, "Export this source…")
    chosen_in_menu(grouped, UNASSIGNED, "Export what is unassigned…")
    grouped.selection.select([1, 2], 1)
    entries = grouped.panes.components.menu_entries(1)
    next(entry for entry in entries if entry and entry[0] == "Save sound…")[3]()
    names = [["Guitar"], ["Unassigned"], ["Component 2", "Component 3"]]
    assert list(map(written, asked)) == names
    for dialog in asked:  # what was asked for once changes nothing that is remembered
        assert dialog.choices == grouped._preferences.export
    grouped.actions_["export"].trigger()
    assert written(asked[3]) == ["Guitar", "Unassigned", "Mix", "Residual"]


def test_one_source_can_be_chosen_in_the_dialog(grouped, asked) -> None:
    grouped.actions_["export"].trigger()
    stems = asked[0].stems
    offered = [stems.which_sources.itemText(n) for n in range(stems.which_sources.count())]
    assert offered == ["all (1), and the unassigned rest", "only Guitar", "only Unassigned"]
    stems.which_sources.setCurrentIndex(1)
    assert written(asked[0]) == ["Guitar"]
    stems.sources.click()
    assert not stems.which_sources.isEnabled()
    assert asked[0].note.text() == "Choose what to write."


def test_a_long_name_does_not_widen_the_dialog(grouped, asked) -> None:
    grouped.actions_["export"].trigger()
    grouped.source_desk._rename(grouped.controller.shown_run().sources[0].id, "x" * 300)
    grouped.actions_["export"].trigger()
    assert asked[0].minimumSizeHint().width() == asked[1].minimumSizeHint().width()


def test_sound_of_a_run_that_goes_on_is_not_offered_to_be_saved(grouped, wait) -> None:
    """Its components are not those of the run that would be exported."""
    make_it_long(grouped)
    grouped.runs.separate()
    wait(lambda: grouped.controller.live and grouped.panes.components.tiles)
    panel = grouped.panes.components
    entry = next(it for it in panel.menu_entries(0) if it and it[0] == "Save sound…")
    assert not entry[2]
    end(grouped, wait)
    entry = next(it for it in panel.menu_entries(0) if it and it[0] == "Save sound…")
    assert entry[2]
