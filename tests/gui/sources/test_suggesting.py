"""The dialog that proposes sources."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt

from isnmf_gui.cli import main
from isnmf_gui.gui.sources.suggest_dialog import SuggestDialog
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import replace_run
from isnmf_gui.session.edits.factor_edits import duplicate
from isnmf_gui.session.project import open_project, save_project
from tests.mixtures.evaluation import evaluation_mixture

LEFT = Qt.MouseButton.LeftButton


def proposed(window: MainWindow, wait) -> SuggestDialog:
    """Open the dialog by its button, and wait for the proposal."""
    window.panes.left.setCurrentWidget(window.panes.sources)
    window.panes.sources.suggest_button.click()
    dialog = window.findChild(SuggestDialog)
    wait(dialog.take.isEnabled)
    return dialog


@pytest.fixture
def dialog(separated: MainWindow, wait) -> SuggestDialog:
    return proposed(separated, wait)


def groups(window: MainWindow) -> list[list[int]]:
    run = window.controller.shown_run()
    return [[it.index for it in run.members(source.id)] for source in run.all_sources]


def test_a_proposal_is_taken_as_one_step(separated, dialog, qtbot) -> None:
    labels = dialog.labels()
    assert set(labels) == set(range(max(labels) + 1))
    qtbot.mouseClick(dialog.take, LEFT)
    expected = [[n for n in range(3) if labels[n] == label] for label in range(max(labels) + 1)]
    assert groups(separated) == [*expected, []]
    assert separated.controller.history.steps[-1].label == "Suggested sources"
    separated.history.undo()
    assert groups(separated) == [[0, 1, 2]]


def test_the_number_is_chosen_and_every_source_has_a_component(dialog, wait) -> None:
    for number in (3, 2):
        dialog.number.setValue(number)
        wait(lambda number=number: set(dialog.labels()) == set(range(number)))
        assert f"source {number}: " in dialog.summary.text()
        assert dialog.hear.count() == number + 1
    dialog.activations.setChecked(False)
    wait(lambda: set(dialog.labels()) == {0, 1})


def test_it_can_be_changed_before_it_is_taken(separated, dialog, wait, qtbot) -> None:
    dialog.number.setValue(2)
    wait(lambda: set(dialog.labels()) == {0, 1})
    for box, place in zip(dialog._boxes, (1, 0, 2), strict=True):  # the last: none
        box.setCurrentIndex(place)
    assert dialog.labels() == [1, 0, -1]
    qtbot.mouseClick(dialog.take, LEFT)
    assert groups(separated) == [[1], [0], [2]]


def test_cancel_changes_nothing(separated, dialog, qtbot) -> None:
    before = separated.controller.document
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert separated.controller.document is before


def test_components_and_groups_can_be_heard(separated, dialog, wait, qtbot, sound_card) -> None:
    dialog.number.setValue(2)
    wait(lambda: set(dialog.labels()) == {0, 1})
    dialog.hear.itemAt(0).widget().click()
    wait(lambda: separated.controller.player.is_playing)
    members = [n for n in range(3) if dialog.labels()[n] == 0]
    assert separated.listening.audition == tuple(members)
    assert [n for n in range(3) if separated.listening._mix.gains[n]] == members
    dialog.table.cellWidget(1, 2).click()
    assert separated.listening.audition == (1,)
    separated.controller.player.stop()
    dialog.reject()


def test_it_may_be_closed_before_the_proposal_is_there(separated, wait, qtbot) -> None:
    separated.source_desk.suggest().reject()
    wait(lambda: not separated.controller.is_busy("suggest"))


def test_a_run_that_changed_meanwhile_is_left_alone(separated, dialog, qtbot) -> None:
    separated.panes.components.select([0], 0)
    separated.actions_["delete"].trigger()
    before = separated.controller.document
    dialog._take()
    assert separated.controller.document is before
    assert "changed meanwhile" in separated.status.text


def test_a_run_may_end_before_its_proposal_is_taken(separated, wait, qtbot) -> None:
    window = separated
    for name, value in (("seed", 5), ("n_iterations", 8000)):
        window.panes.settings._fields[name].setValue(value)
    window.separate()
    wait(lambda: window.controller.live and window.panes.components.tiles)
    dialog = proposed(window, wait)
    of_component = dict(zip([0, 1, 2], dialog.labels(), strict=True))
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))
    run = window.controller.shown_run()
    ordered = [*run.components[1:], run.components[0]]  # as if it had been matched with another
    window.controller.edit_run(replace(run, components=tuple(ordered)), "Order")
    qtbot.mouseClick(dialog.take, LEFT)
    run = window.controller.shown_run()
    made = {it.index: it.source_id for it in run.components}
    pairs = {(of_component[index], made[index]) for index in made}
    assert len(pairs) == len(set(of_component.values())) == len(run.sources)


def test_the_command_line_proposes_the_same_sources(window, wait, tmp_path) -> None:
    """Of a project with an edited run of a stereo recording: both heed where sounds come from."""
    mixture = evaluation_mixture("piano")
    sound, path, grouped = (tmp_path / name for name in ("a.wav", "a.isnmf", "b.isnmf"))
    soundfile.write(sound, mixture.samples[: 4 * mixture.sample_rate], mixture.sample_rate)
    options = ["--preset", "fast", "--bases", "10", "--threads", "1"]
    assert main(["separate", str(sound), "--project", str(path), *options]) == 0
    document = open_project(path)
    save_project(replace_run(document, duplicate(document.run(1), [0])), path)
    assert main(["separate", str(path), "--sources", "3", "--project", str(grouped)]) == 0
    window.files.open(path)
    wait(lambda: window.controller.shown_run() is not None)
    dialog = proposed(window, wait)
    dialog.number.setValue(3)
    wait(lambda: set(dialog.labels()) == {0, 1, 2})
    components = open_project(grouped).run(1).components
    np.testing.assert_array_equal([it.source_id - 1 for it in components], dialog.labels())
    dialog.reject()
