"""The dialog that proposes sources."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from tqdm import tqdm

from isnmf_gui.cli import main
from isnmf_gui.gui.sources.hear_table import NAME, HearTable
from isnmf_gui.gui.sources.proposed_components import CHANCE
from isnmf_gui.gui.sources.suggest_dialog import SuggestDialog
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import replace_run
from isnmf_gui.session.edits.factor_edits import duplicate
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs.part_energies import SHARE
from tests.mixtures.evaluation import evaluation_mixture
from tests.monkey.hands import Hands

LEFT = Qt.MouseButton.LeftButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def proposed(window: MainWindow, wait) -> SuggestDialog:
    """Open the dialog by its button, and wait for the proposal."""
    window.panes.left.setCurrentWidget(window.panes.sources)
    window.panes.sources.suggest_button.click()
    dialog = window.findChild(SuggestDialog)
    wait(dialog.take.isEnabled)
    return dialog


def propose(dialog: SuggestDialog, wait, n_sources: int) -> None:
    """Ask for so many sources; what comes first may have as many already."""
    controller = dialog.parent().controller
    dialog.number.setValue(n_sources)
    wait(lambda: not controller.is_busy("suggest"))
    assert set(dialog.labels()) == set(range(n_sources))


def members_of(dialog: SuggestDialog, number: int) -> list[int]:
    return [n for n in range(3) if dialog.labels()[n] == number]


def said(table: HearTable, row: int) -> str:
    """Return what a screen reader says of a row."""
    return str(table.cell(row, NAME).data(Qt.ItemDataRole.AccessibleTextRole))


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
        assert dialog.summary.text().startswith(f"{number} sources proposed; likely right: ")
        assert dialog.sources.rowCount() == number
    dialog.activations.setChecked(False)
    wait(lambda: set(dialog.labels()) == {0, 1})


def test_it_can_be_changed_before_it_is_taken(separated, dialog, wait, qtbot) -> None:
    dialog.number.setValue(2)
    wait(lambda: set(dialog.labels()) == {0, 1})
    for row, place in enumerate((1, 0, 2)):  # the last: none
        dialog.components.choose(row, place)
    assert dialog.labels() == [1, 0, -1]
    qtbot.mouseClick(dialog.take, LEFT)
    assert groups(separated) == [[1], [0], [2]]


def test_cancel_changes_nothing(separated, dialog, qtbot) -> None:
    before = separated.controller.document
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert separated.controller.document is before


def test_components_and_groups_can_be_heard(separated, dialog, wait, qtbot, sound_output) -> None:
    propose(dialog, wait, 2)
    sources, listening = dialog.sources, separated.listening
    qtbot.mouseClick(sources.button(0), LEFT)
    wait(lambda: separated.controller.player.is_playing)
    members = members_of(dialog, 0)
    assert listening.audition == tuple(members)
    assert [n for n in range(3) if listening._mix.gains[n]] == members
    assert [sources.button(row).isChecked() for row in (0, 1)] == [True, False]
    qtbot.mouseClick(dialog.components.button(1), LEFT)
    assert listening.audition == (1,)
    assert dialog.components.button(1).isChecked()
    assert said(dialog.components, 1).endswith(", heard alone")
    assert not said(dialog.sources, 0).endswith(", heard alone")
    qtbot.mouseClick(dialog.components.button(1), LEFT)
    assert not said(dialog.components, 1).endswith(", heard alone")
    assert not separated.controller.player.is_playing
    assert not dialog.components.button(1).isChecked()
    dialog.reject()


def test_a_source_that_is_heard_follows_what_goes_into_it(
    separated, dialog, wait, qtbot, sound_output
) -> None:
    propose(dialog, wait, 2)
    for row, place in enumerate((0, 1, 1)):
        dialog.components.choose(row, place)
    qtbot.mouseClick(dialog.sources.button(1), LEFT)
    assert separated.listening.audition == (1, 2)
    dialog.components.choose(0, 2)  # into none: nothing to do with what is heard
    assert separated.listening.audition == (1, 2)
    dialog.components.choose(2, 0)
    assert separated.listening.audition == (1,)
    dialog.components.choose(1, 0)  # nothing is left of it
    assert not separated.controller.player.is_playing
    qtbot.mouseClick(dialog.components.button(1), LEFT)
    dialog.components.choose(1, 1)  # a component is heard wherever it belongs
    assert separated.listening.audition == (1,)
    assert separated.controller.player.is_playing
    dialog.reject()


# -- the keyboard ---------------------------------------------------------------------------------


def test_the_number_is_typed_over_and_enter_takes_nothing_unheard(
    separated, dialog, wait, qtbot
) -> None:
    hands = Hands()
    assert dialog.number.hasFocus()
    assert dialog.number.lineEdit().selectedText() == "Automatic"
    hands.type(dialog, "2")
    assert dialog.number.value() == 2
    with qtbot.waitSignal(dialog.proposal_wanted) as wanted:
        hands.press(dialog, Qt.Key.Key_Return)
    assert wanted.args == [2, True]
    assert dialog.isVisible()
    wait(lambda: not separated.controller.is_busy("suggest"))
    for field in (dialog.activations, dialog.sources, dialog.components):
        field.setFocus()
        hands.press(dialog, Qt.Key.Key_Return)
    separated.controller.player.stop()
    assert dialog.isVisible()
    assert groups(separated) == [[0, 1, 2]]
    labels = dialog.labels()
    hands.press(dialog, Qt.Key.Key_Return, CTRL)
    assert groups(separated)[:2] == [[n for n in range(3) if labels[n] == it] for it in (0, 1)]


def test_ctrl_enter_takes_nothing_before_there_is_a_proposal(separated, wait) -> None:
    dialog = separated.source_desk.suggest()
    for keys in (PLAIN, CTRL):
        Hands().press(dialog, Qt.Key.Key_Return, keys)
        assert dialog.isVisible()
    wait(dialog.take.isEnabled)
    dialog.take.setFocus()
    Hands().press(dialog, Qt.Key.Key_Return)
    assert len(groups(separated)) > 1


def test_tab_stops_once_at_the_sources_and_once_at_the_components(dialog, wait) -> None:
    propose(dialog, wait, 3)
    cancel = dialog.buttons.button(dialog.buttons.StandardButton.Cancel)
    dialog.number.setFocus()
    passed = []
    for _ in range(5):
        Hands().press(dialog, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed[:2] == [dialog.sources, dialog.components]
    assert set(passed[2:]) == {dialog.take, dialog.take_and_ask, cancel}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_arrows_go_through_the_sources_and_keys_play_them(
    separated, dialog, wait, sound_output, key
) -> None:
    propose(dialog, wait, 2)
    hands, audition = Hands(), lambda: separated.listening.audition
    dialog.sources.setFocus()
    hands.press(dialog, key)
    assert audition() == tuple(members_of(dialog, 0))
    hands.press(dialog, Qt.Key.Key_Down)
    hands.press(dialog, key)
    assert audition() == tuple(members_of(dialog, 1))
    hands.press(dialog, key)
    assert not separated.controller.player.is_playing
    dialog.reject()


def test_components_are_heard_and_put_elsewhere_by_keys(separated, dialog, wait, sound_output):
    propose(dialog, wait, 2)
    hands, components = Hands(), dialog.components
    components.setFocus()
    hands.press(dialog, Qt.Key.Key_End)
    hands.press(dialog, Qt.Key.Key_Space)
    assert separated.listening.audition == (2,)
    for key, label in (
        (Qt.Key.Key_1, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, -1), (Qt.Key.Key_Right, -1),
        (Qt.Key.Key_Left, 1), (Qt.Key.Key_0, -1), (Qt.Key.Key_2, 1), (Qt.Key.Key_3, 1),
    ):  # fmt: skip
        hands.press(dialog, key)
        assert dialog.labels()[2] == label
    assert said(components, 2) == "Component 3, Source 2, heard alone"
    assert said(dialog.sources, 1).startswith("Source 2, ")
    dialog.reject()


# -- how sure it is --------------------------------------------------------------------------------


def percent(text: str) -> float:
    return float(text.split(" %")[0].split()[-1])


def test_it_says_how_sure_it_is(separated, dialog, wait) -> None:
    propose(dialog, wait, 3)  # each for itself: nothing is like anything
    run, components = separated.controller.shown_run(), dialog.components
    chances = [percent(components.cell(row, CHANCE).text()) for row in range(3)]
    shares = energies_of(run, SHARE)
    whole = float(np.dot(chances, shares) / shares.sum())
    assert percent(dialog.summary.text()) == pytest.approx(whole, abs=1)
    assert dialog.certainty.is_unsure
    assert dialog.doubt.isVisible()
    assert said(components, 0).endswith(f"{chances[0]:.0f} % likely right")
    for row in range(3):
        components.choose(row, (row + 1) % 3)
    assert percent(dialog.summary.text()) == 97  # the person's word
    assert components.cell(0, CHANCE).text() == ""
    assert not dialog.doubt.isVisible()
    dialog.reject()


def test_what_is_not_sure_is_said_until_it_is_asked_about(separated, dialog, wait) -> None:
    propose(dialog, wait, 3)
    panel, told = separated.panes.sources, []
    separated.source_desk.said.connect(told.append)
    dialog.take.click()
    assert panel.doubt.isVisible()
    assert panel.doubt.text().startswith("The suggestion is likely right for ")
    assert told == [panel.doubt.text()]
    separated.history.undo()
    assert not panel.doubt.isVisible()  # there are no sources
    separated.history.redo()
    assert panel.doubt.isVisible()
    panel.ask_button.click()
    assert separated.panes.ask_bar.isVisible()
    assert not panel.doubt.isVisible()
    wait(lambda: not separated.controller.is_busy("ask"))


def test_it_may_be_taken_to_be_asked_at_once(separated, dialog, wait) -> None:
    propose(dialog, wait, 2)
    dialog.take_and_ask.click()
    assert len(separated.controller.shown_run().sources) == 2
    assert separated.panes.ask_bar.isVisible()
    assert not separated.panes.sources.doubt.isVisible()
    wait(lambda: separated.panes.ask_bar.is_asking)
    assert separated.focusWidget() is separated.panes.ask_bar
    separated.controller.player.stop()


# -- what is heard afterwards ---------------------------------------------------------------------


def close_by(way: str, dialog: SuggestDialog) -> None:
    {"take": dialog.take.click, "reject": dialog.reject, "close": dialog.close}[way]()


def test_what_was_tried_does_not_go_on(separated, wait, qtbot, sound_output, subtests) -> None:
    player = separated.controller.player
    for way in ("take", "reject", "close"):
        dialog = proposed(separated, wait)
        with subtests.test(way):
            dialog.components.button(1).click()
            assert player.is_playing
            close_by(way, dialog)
            assert not player.is_playing
            assert separated.listening.audition == ()
            separated.listening.play_or_pause()
            assert separated.panes.transport._what.text() == "Mix of run 1"
            player.stop()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("way", ["take", "reject"])
def test_what_was_heard_before_goes_on(separated, wait, sound_output, way) -> None:
    player = separated.controller.player
    separated.panes.components.tiles[2].parts.play_button.click()
    dialog = proposed(separated, wait)
    dialog.components.button(1).click()
    assert separated.listening.audition == (1,)
    close_by(way, dialog)
    assert player.is_playing
    assert separated.listening.audition == (2,)
    separated.panes.components.tiles[2].parts.play_button.click()
    assert not player.is_playing  # it played for that component, before the dialog and now


def test_a_pause_is_one_again(separated, wait, sound_output) -> None:
    player = separated.controller.player
    separated.listening.play_or_pause()
    wait(lambda: player.position_s > 0.4)
    separated.listening.play_or_pause()
    place_s = player.position_s
    dialog = proposed(separated, wait)
    dialog.sources.button(0).click()
    wait(lambda: player.position_s > place_s + 0.3)
    dialog.reject()
    assert player.is_paused
    assert player.position_s == pytest.approx(place_s, abs=0.1)
    player.stop()


def test_what_ended_meanwhile_does_not_begin_again(separated, wait, sound_output) -> None:
    separated.panes.components.tiles[2].parts.play_button.click()
    dialog = proposed(separated, wait)
    separated.controller.player.stop()
    dialog.reject()
    assert not separated.controller.player.is_playing
    assert separated.listening.audition == ()


# -- while other things go on ---------------------------------------------------------------------


def test_it_may_be_closed_before_the_proposal_is_there(separated, wait, qtbot) -> None:
    separated.source_desk.suggest().reject()
    wait(lambda: not separated.controller.is_busy("suggest"))


def test_a_run_that_changed_meanwhile_is_left_alone(separated, dialog, qtbot) -> None:
    separated.selection.select([0], 0)
    separated.actions_["delete"].trigger()
    before = separated.controller.document
    dialog._take()
    assert separated.controller.document is before
    assert "changed meanwhile" in separated.status.text


def test_a_run_may_end_before_its_proposal_is_taken(separated, wait, qtbot) -> None:
    window = separated
    for name, value in (("seed", 5), ("n_iterations", 8000)):
        window.panes.settings._fields[name].setValue(value)
    window.runs.separate()
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


def test_the_command_line_proposes_the_same_sources(window, wait, tmp_path, monkeypatch) -> None:
    """Of a project with an edited run of a stereo recording: both heed where sounds come from."""
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # a thread that would stay
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
