"""*Ask me*: questions, answers by keys and clicks, and how it ends."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMessageBox

from isnmf_gui.errors import PlaybackError, Stopped
from isnmf_gui.gui.control.controller import GONE
from isnmf_gui.gui.guidance import ask_desk
from isnmf_gui.gui.guidance.ask_desk import LOOK
from isnmf_gui.gui.guidance.new_source_dialog import NewSourceDialog
from isnmf_gui.gui.sources.suggest_dialog import SuggestDialog
from isnmf_gui.gui.spectrogram.asked_box import AskedBox
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.edits import factor_edits, guidance_edits, source_edits
from isnmf_gui.session.grouping.asking import Asking

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Person:
    """Whoever sits before a window that asks.

    Attributes
    ----------
    heard : list of Box
        What was played.
    said : list of str
        What a screen reader said.
    """

    def __init__(self, window: MainWindow, qtbot, wait, monkeypatch) -> None:
        self.window, self.bar = window, window.panes.ask_bar
        self._desk, self._qtbot, self._wait = window.ask_desk, qtbot, wait
        self.heard: list = []
        self.said: list[str] = []
        self.shown: list = []
        monkeypatch.setattr(window.listening, "hear_box", self.heard.append)
        monkeypatch.setattr(ask_desk, "TOO_SOON_MS", 0)
        self._desk.said.connect(self.said.append)
        self._desk.box_shown.connect(self.shown.append)

    @property
    def run(self):
        return self.window.controller.shown_run()

    @property
    def question(self):
        sitting = self._desk._sitting
        return sitting and sitting.question

    def group(self, labels=(0, 1, 1)) -> None:
        run = source_edits.group_as(self.run, list(labels))
        self.window.controller.edit_run(run, "Grouped")

    def begin(self) -> None:
        self.window.actions_["ask"].trigger()
        self._wait(lambda: self.question)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        # Without a window manager no window is active once a dialog was closed.
        focus = QApplication.focusWidget() or self.window.focusWidget()
        self._qtbot.keyClick(focus, key, modifiers)

    def answer(self, key) -> None:
        """Press a key and wait for what comes of it."""
        before = self.question
        self.press(key)
        self._wait(lambda: self.question is not before and not self.is_busy())

    def is_busy(self) -> bool:
        jobs = self.window.controller.jobs
        return jobs.is_busy("ask") or jobs.is_busy("question")

    def undo(self) -> None:
        before = self.question
        self.window.history.undo()
        self._wait(lambda: self.question is not before and not self.is_busy())


@pytest.fixture
def person(separated: MainWindow, qtbot, wait, monkeypatch) -> Person:
    person = Person(separated, qtbot, wait, monkeypatch)
    person.group()
    return person


def labels(window: MainWindow) -> list[str]:
    history = window.controller.history
    return [step.label for step in history.steps[: history.place + 1]]


def test_an_answer_is_a_stroke_of_its_source_and_one_step(person) -> None:
    person.begin()
    window, asked = person.window, person.question
    first, second = person.run.sources
    n_steps = len(labels(window))
    person.answer(KEY.Key_2)
    (stroke,) = person.run.strokes
    assert (stroke.shape, stroke.source_id) == (asked.box, second.id)
    assert labels(window)[n_steps:] == ["Ask me: Source 2"]
    other = person.question
    assert other.box != asked.box
    person.answer(KEY.Key_1)
    assert [it.source_id for it in person.run.strokes] == [second.id, first.id]
    assert person.heard[:2] == [asked.box, other.box]


def test_the_keypad_and_clicks_answer_too(person, qtbot, wait) -> None:
    person.begin()
    person.press(KEY.Key_1, KEYPAD)
    assert len(person.run.strokes) == 1
    wait(lambda: person.question)
    person.window.panes.spectrogram.plot.setFocus()
    qtbot.mouseClick(person.bar.answers[1], LEFT)
    assert [it.source_id for it in person.run.strokes] == [it.id for it in person.run.sources]
    wait(lambda: person.question)
    assert person.bar.hasFocus()  # the next answer may be a key
    n_asked = len(person.heard)
    qtbot.mouseClick(person.bar.again, LEFT)
    assert person.heard[n_asked:] == [person.question.box]


def test_mixed_and_skipped_places_are_asked_about_no_more(person) -> None:
    person.begin()
    boxes = [person.question.box]
    for key in (KEY.Key_M, KEY.Key_S, KEY.Key_Right):
        person.answer(key)
        if person.question is None:
            break
        boxes.append(person.question.box)
    assert len(set(boxes)) == len(boxes) > 1
    assert not person.run.strokes
    assert "Question 1:" in person.said[1]
    assert person.said[2].startswith("Mixed. ")
    assert person.said[3].startswith("Skipped. ")


def test_again_plays_the_place_again(person) -> None:
    person.begin()
    box = person.question.box
    person.press(KEY.Key_R)
    person.window.actions_["ask"].trigger()  # the action does so too, while it asks
    assert person.heard == [box, box, box]


def test_undo_takes_an_answer_back_and_asks_again(person, wait) -> None:
    person.begin()
    first = person.question
    person.answer(KEY.Key_1)
    second = person.question
    person.undo()
    assert person.question.box == first.box
    assert not person.run.strokes
    assert person.said[-1].startswith("Taken back. ")
    assert person.bar.title.text().startswith("Question 1:")
    person.window.history.redo()
    wait(lambda: person.question and person.question.box == second.box)
    assert len(person.run.strokes) == 1
    assert person.bar.title.text().startswith("Question 2:")


def test_an_answer_that_is_undone_is_asked_for_after_a_mixed_one(person) -> None:
    person.begin()
    first = person.question
    person.answer(KEY.Key_1)
    person.answer(KEY.Key_M)
    assert person.question is not None
    person.undo()
    assert person.question.box == first.box


def test_it_can_be_used_with_eyes_closed(person, wait) -> None:
    """Everything there is to know is said."""
    person.begin()
    looking, first = person.said
    assert looking == "Looking for places to ask about …"
    assert "% likely right." in first
    assert "Question 1: which source is this?" in first
    for told in ("1: Source 1", "2: Source 2", "M: mixed", "R: again", "N: a new", "Escape: e"):
        assert told in first
    assert QApplication.focusWidget() is person.bar
    assert person.bar.accessibleName() == "Question 1: which source is this?"
    assert "1: Source 1" in person.bar.accessibleDescription()
    person.answer(KEY.Key_2)
    assert person.said[-1].startswith("Source 2. ")
    assert "Question 2" in person.said[-1]
    assert "1: Source 1" not in person.said[-1]  # once is enough
    person.press(KEY.Key_Escape)
    assert person.said[-1].startswith("Enough for now. 1 question answered, new strokes: 1.")


def test_all_of_it_is_announced(person, monkeypatch) -> None:
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event))
    person.begin()
    spoken = [it.message() for it in told if it.type() == QAccessible.Event.Announcement]
    assert [it for it in spoken if "Question 1" in it]


def test_a_screen_reader_may_finish_before_the_place_is_heard(person, monkeypatch, wait) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    person.window.ask_desk._speech.setInterval(60_000)
    person.begin()
    assert not person.heard
    person.window.ask_desk._speech.start(1)
    wait(lambda: person.heard == [person.question.box])
    person.answer(KEY.Key_1)
    person.press(KEY.Key_R)
    assert person.heard[-1] == person.question.box  # at once
    assert not person.window.ask_desk._speech.isActive()


def test_enough_tells_what_was_gained_and_esc_closes(person, wait) -> None:
    before = person.window.panes.spectrogram.plot
    before.setFocus()
    person.begin()
    person.answer(KEY.Key_1)
    person.press(KEY.Key_Escape)
    text = person.bar.title.text()
    assert "1 question answered, new strokes: 1." in text
    assert "% of the sound before, " in text
    assert person.shown[-1] is None
    assert person.bar.hasFocus()
    person.press(KEY.Key_Escape)
    assert not person.bar.isVisible()
    assert before.hasFocus()
    assert len(person.run.strokes) == 1


def test_enough_without_an_answer_leaves_nothing(person) -> None:
    steps = labels(person.window)
    person.begin()
    person.press(KEY.Key_Escape)
    assert not person.bar.isVisible()
    assert person.said[-1] == "No more questions."
    assert labels(person.window) == steps


def test_it_ends_by_itself(person, wait) -> None:
    person.begin()
    for _ in range(500):
        if person.question is None:
            break
        person.answer(KEY.Key_M)
    assert person.bar.title.text().startswith("Nothing is left to ask. ")
    assert person.said[-1] == person.bar.title.text()
    person.press(KEY.Key_Escape)
    person.window.actions_["ask"].trigger()  # what was mixed stays so
    wait(lambda: person.bar.title.text().startswith("There is nothing to ask"))


def test_without_sources_it_waits_for_a_suggestion(separated, qtbot, wait, monkeypatch) -> None:
    person = Person(separated, qtbot, wait, monkeypatch)
    separated.actions_["ask"].trigger()
    assert person.bar.title.text().startswith("There are no sources yet")
    assert person.said == [person.bar.title.text()]
    person.press(KEY.Key_G)
    dialog = separated.findChild(SuggestDialog)
    wait(dialog.take.isEnabled)
    dialog.number.setValue(2)
    wait(lambda: dialog.sources.rowCount() == 2 and not person.is_busy())
    dialog.take.click()
    wait(lambda: person.question)
    assert separated.focusWidget() is person.bar
    person.answer(KEY.Key_1)
    assert len(person.run.strokes) == 1


def test_with_one_source_it_waits_for_another(person, wait) -> None:
    person.group((0, 0, 0))
    person.window.actions_["ask"].trigger()
    assert person.bar.title.text().startswith("There is one source only")
    person.window.controller.edit_run(source_edits.add_source(person.run), "Added")
    wait(lambda: person.question)


def test_not_now_changes_nothing(separated, qtbot, wait, monkeypatch) -> None:
    person = Person(separated, qtbot, wait, monkeypatch)
    separated.actions_["ask"].trigger()
    person.press(KEY.Key_Escape)
    assert not person.bar.isVisible()
    person.group()
    assert not person.bar.isVisible()
    assert not person.is_busy()


def test_a_new_source_can_be_the_answer(person, wait, qtbot) -> None:
    person.begin()
    box = person.question.box
    person.press(KEY.Key_N)
    dialog = person.window.findChild(NewSourceDialog)
    qtbot.keyClicks(dialog.name, "flute")
    qtbot.keyClick(dialog.name, KEY.Key_Return)
    wait(lambda: person.question and person.question.box != box)
    flute = person.run.sources[-1]
    assert flute.name == "flute"
    assert [(it.source_id, it.shape) for it in person.run.strokes] == [(flute.id, box)]
    assert labels(person.window)[-1] == "Ask me: flute"
    assert person.bar.answers[-1].name == "flute"
    person.undo()  # one step
    assert [it.name for it in person.run.sources] == ["Source 1", "Source 2"]
    assert person.question.box == box


def test_answers_follow_the_sources(person) -> None:
    person.begin()
    first = person.run.sources[0]
    controller = person.window.controller
    controller.edit_run(source_edits.rename_source(person.run, first.id, "R & B"), "Named")
    controller.edit_run(source_edits.move_source(person.run, first.id, 1), "Moved")
    assert [it.name for it in person.bar.answers] == ["Source 2", "R & B"]
    person.answer(KEY.Key_2)
    assert person.run.strokes[-1].source_id == first.id


def test_a_locked_source_is_no_answer(person, wait) -> None:
    person.group((0, 1, 2))
    person.begin()
    locked = person.run.sources[1]
    edited = source_edits.lock_source(person.run, locked.id, True)
    person.window.controller.edit_run(edited, "Locked")
    assert not person.bar.answers[1].isEnabled()
    person.press(KEY.Key_2)
    assert not person.run.strokes
    assert person.said[-1] == "Source 2 is locked: unlock it to give it more"
    person.answer(KEY.Key_3)
    assert person.run.strokes[-1].source_id == person.run.sources[2].id


def test_a_source_that_is_gone_meanwhile_is_no_answer(person) -> None:
    """A menu may have been open for longer than the source was there."""
    person.begin()
    asked, run = person.question, person.run
    person.bar.answered.emit(99)
    assert person.window.status.text == str(GONE)
    assert person.question is asked
    assert person.run is run


def test_more_sources_than_keys_are_in_a_menu(person) -> None:
    run = person.run
    for _ in range(9):
        run = source_edits.add_source(run)
    person.window.controller.edit_run(run, "Many")
    person.begin()
    assert len(person.bar.answers) == 9
    actions = person.bar.more.menu().actions()
    assert [it.text() for it in actions] == ["Source 10", "Source 11"]
    assert person.bar.more.isVisible()
    actions[1].trigger()
    assert person.run.strokes[-1].source_id == person.run.sources[10].id


def test_a_key_that_is_held_or_pressed_twice_answers_once(person, qtbot, monkeypatch) -> None:
    person.begin()
    monkeypatch.setattr(ask_desk, "TOO_SOON_MS", 10_000)
    person.press(KEY.Key_1)
    assert not person.run.strokes


def test_keys_mean_the_windows_own_where_the_focus_is_elsewhere(person) -> None:
    person.begin()
    person.window.panes.spectrogram.plot.setFocus()
    person.window.selection.select([0], 0)
    person.press(KEY.Key_M)
    assert person.run.component(0).is_muted
    assert person.question is not None
    person.bar.setFocus()
    person.answer(KEY.Key_M)
    assert person.run.component(0).is_muted


def test_the_place_is_framed_in_the_spectrogram(person) -> None:
    plot = person.window.panes.spectrogram.plot
    (frame,) = [it for it in plot.view.childGroup.childItems() if isinstance(it, AskedBox)]
    assert not frame.isVisible()
    plot.show_stretch(0.0, 0.05)
    person.begin()
    box = person.question.box
    assert frame.isVisible()
    assert frame.box == box
    (start_s, stop_s), _ = plot.view.viewRange()
    assert start_s <= (box.start_s + box.stop_s) / 2 <= stop_s
    for logarithmic in (True, False):
        plot.set_logarithmic(logarithmic)
        place = frame.frame()
        high = 10 ** place.bottom() if logarithmic else place.bottom()
        assert high == pytest.approx(box.high_hz)
        assert (place.left(), place.right()) == pytest.approx((box.start_s, box.stop_s))
    person.press(KEY.Key_Escape)
    assert not frame.isVisible()


def test_places_are_looked_for_anew_where_parts_were_edited(person, wait) -> None:
    person.begin()
    person.answer(KEY.Key_1)
    asking = person.window.ask_desk._sitting.asking
    person.window.controller.edit_run(factor_edits.merge(person.run, [1, 2]), "Merged")
    wait(lambda: person.question and not person.is_busy())
    sitting = person.window.ask_desk._sitting
    assert sitting.asking is not asking
    assert sitting.fits(person.run)
    assert sitting.n_strokes == 1


def test_a_separation_ends_it_and_nothing_is_asked_meanwhile(person, wait) -> None:
    person.begin()
    person.answer(KEY.Key_1)
    person.window.panes.settings._fields["n_iterations"].setValue(5000)
    person.window.runs.separate()
    assert person.bar.title.text().startswith("Asking has ended, as another run")
    assert "1 question answered" in person.bar.title.text()
    assert not person.window.actions_["ask"].isEnabled()
    button = person.window.panes.sources.ask_button
    assert not button.isEnabled()
    assert "while a separation goes on" in button.toolTip()
    person.window.cancel()
    wait(lambda: not person.window.controller.is_busy("run"))
    assert person.window.actions_["ask"].isEnabled()
    assert button.isEnabled()


@pytest.fixture
def slow(monkeypatch) -> threading.Event:
    """Looking for places goes on until it is stopped."""
    has_begun = threading.Event()

    def of(run, report):
        while report(0.4):
            has_begun.set()
        raise Stopped

    monkeypatch.setattr(Asking, "of", of)
    return has_begun


def test_the_search_can_be_cancelled(person, slow, wait) -> None:
    window = person.window
    for stop in (lambda: person.press(KEY.Key_Escape), window.actions_["cancel"].trigger):
        window.actions_["ask"].trigger()
        wait(lambda: person.bar.progress.value() == 40)
        assert person.bar.progress.isVisible()
        stop()
        wait(lambda: not window.controller.is_busy(LOOK))
        assert not person.bar.isVisible()
        assert window.status.text == "Cancelled; nothing is asked."


def test_the_window_can_be_closed_while_it_looks(person, slow, wait) -> None:
    person.window.actions_["ask"].trigger()
    wait(slow.is_set)
    person.window.files.close_now()
    assert not person.window.isVisible()


def test_the_window_can_be_closed_while_it_asks(person) -> None:
    person.begin()
    person.window.files.close_now()
    assert not person.window.isVisible()


def test_another_recording_ends_it(person, wait, sound_file) -> None:
    person.begin()
    person.window.controller.open(sound_file)
    wait(lambda: not person.bar.isVisible())
    assert person.shown[-1] is None
    assert person.window.ask_desk._asking is None


def test_a_missing_sound_card_is_told_once(person, wait) -> None:
    person.begin()
    person.window.controller.player.failed.emit(PlaybackError("No sound.", ""))
    person.window.findChild(QMessageBox).accept()
    n_heard = len(person.heard)
    person.answer(KEY.Key_1)
    assert len(person.heard) == n_heard
    person.press(KEY.Key_R)
    assert len(person.heard) == n_heard + 1


def test_a_fault_while_it_looks_closes_the_bar(person, monkeypatch, wait) -> None:
    def of(run, report):
        raise MemoryError

    monkeypatch.setattr(Asking, "of", of)
    person.window.actions_["ask"].trigger()
    wait(lambda: not person.bar.isVisible())
    assert not person.is_busy()


def test_a_stroke_that_is_deleted_is_asked_about_again(person, wait) -> None:
    person.begin()
    first = person.question
    person.answer(KEY.Key_1)
    person.answer(KEY.Key_2)
    edited = guidance_edits.remove_strokes(person.run, [person.run.strokes[0].id])
    person.window.controller.edit_run(edited, "Deleted")
    wait(lambda: person.question and person.question.box == first.box)
    assert person.bar.title.text().startswith("Question 2:")


def test_no_more_strokes_than_are_kept(person, monkeypatch) -> None:
    person.begin()
    monkeypatch.setattr(guidance_edits, "MOST_STROKES", 0)
    person.press(KEY.Key_1)
    assert not person.run.strokes
    assert person.bar.title.text().startswith("No more strokes can be kept")
