"""Undo and redo: going back and forth in a list of documents."""

import pytest

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.document.history import MOST_STEPS, History

FIRST = Document()


@pytest.fixture
def history() -> History:
    return History(FIRST)


def labels(history: History) -> list[str]:
    return [step.label for step in history.steps]


def test_back_and_forth(history: History) -> None:
    one, two = Document(mask="ratio"), Document(mask="wiener")
    assert not history.can_undo
    history.push(one, "One")
    history.push(two, "Two")
    assert history.document is two
    assert not history.can_redo
    assert [history.undo(), history.undo(), history.undo()] == [one, FIRST, FIRST]
    assert not history.can_undo
    assert [history.redo(), history.redo(), history.redo()] == [one, two, two]
    assert history.go(1) is one
    with pytest.raises(IndexError):
        history.go(3)
    assert history.document is one


def test_an_edit_forgets_what_was_undone(history: History) -> None:
    for label in ("One", "Two", "Three"):
        history.push(Document(), label)
    history.go(1)
    history.push(Document(), "Other")
    assert labels(history) == ["Opened", "One", "Other"]
    assert not history.can_redo


def test_what_one_gesture_changes_of_one_thing_is_one_step(history: History) -> None:
    last = FIRST
    history.begin_gesture()
    for _ in range(5):
        last = Document()
        history.push(last, "Gain", "fader 1")
    assert labels(history) == ["Opened", "Gain"]
    assert history.document is last
    history.push(Document(), "Gain", "fader 2")
    history.end_gesture()
    history.push(Document(), "Gain", "fader 2")
    assert labels(history) == ["Opened", "Gain", "Gain", "Gain"]
    history.push(Document(), "Mute")
    history.push(Document(), "Mute")
    assert len(history.steps) == 6


def test_after_undo_the_same_fader_is_another_step(history: History) -> None:
    one = Document()
    history.begin_gesture()
    history.push(one, "Gain", "fader")
    history.push(Document(), "Mute")
    history.undo()
    history.push(Document(), "Gain", "fader")
    assert history.undo() is one


def test_what_lies_in_the_file_is_known(history: History) -> None:
    assert history.is_saved
    history.begin_gesture()
    history.push(Document(), "Gain", "fader")
    assert not history.is_saved
    history.mark_saved(history.step)
    assert history.is_saved
    history.push(Document(), "Gain", "fader")  # joins no step that was saved
    assert labels(history) == ["Opened", "Gain", "Gain"]
    assert (history.is_saved, history.saved_place) == (False, 1)
    history.undo()
    assert history.is_saved
    history.undo()
    history.push(Document(), "Mute")  # what was saved is forgotten
    assert (history.is_saved, history.saved_place) == (False, None)


def test_a_file_may_hold_an_older_document_than_that_of_the_moment(history: History) -> None:
    history.push(Document(), "One")
    being_saved = history.step
    history.push(Document(), "Two")
    history.mark_saved(being_saved)
    assert (history.is_saved, history.saved_place) == (False, 1)


def test_it_does_not_grow_for_ever(history: History) -> None:
    for _ in range(MOST_STEPS + 5):
        history.push(Document(), "Mute")
    assert len(history.steps) == MOST_STEPS
    assert history.place == MOST_STEPS - 1


def test_looking_at_another_run_is_no_step(history: History) -> None:
    history.push(Document(), "One")
    history.mark_saved(history.step)
    seen = Document(mask="ratio")
    history.amend(seen)
    assert (history.document, history.is_saved, len(history.steps)) == (seen, True, 2)
    history.undo()
    assert history.redo() is seen
