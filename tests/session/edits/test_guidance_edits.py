"""Strokes are added like everything else: numbered, undone and redone."""

import numpy as np
import pytest

from isnmf_gui.session.document.document import Document, Run, add_run, replace_run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.document.history import History
from isnmf_gui.session.edits import factor_edits, guidance_edits, source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke, erase, paint
from isnmf_gui.session.edits.splitting import put_in, split
from isnmf_gui.session.guidance.memberships import sharing_of
from tests.session.sharing import sum_of_sources, whole_of
from tests.session.strokes import HIGH, LINE, LOW, painted, stroke_of

#: Nothing of any stroke lies outside, and none of them lies in the other.
EVERYTHING, ELSEWHERE = Box(0.0, 1.0, 0.0, 1e5), Box(0.0, 0.05, 3500.0, 3900.0)


def test_strokes_get_numbers_of_their_own_and_the_source(run: Run) -> None:
    run = source_edits.group(run, [0])
    for shape in (LOW, HIGH, LINE):
        run = add_stroke(run, 1, stroke_of(shape))
    assert [(it.id, it.source_id, it.shape) for it in run.strokes] == [
        (1, 1, LOW),
        (2, 1, HIGH),
        (3, 1, LINE),
    ]


def test_there_is_an_end_of_strokes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guidance_edits, "MOST_STROKES", 2)
    for _ in range(3):
        run = add_stroke(run, 0, stroke_of(LOW))
    assert len(run.strokes) == 2


def test_a_stroke_is_undone_and_redone(run: Run) -> None:
    before = add_run(Document(), source_edits.group(source_edits.group(run, [0]), [1, 2]))
    history = History(before)
    history.push(replace_run(before, add_stroke(before.runs[0], 2, stroke_of(LOW))), "Paint")
    sharing = sharing_of(history.document.runs[0])
    assert sharing is not None
    undone = history.undo()
    assert undone is before
    assert sharing_of(undone.runs[0]) is None
    again = sharing_of(history.redo().runs[0])
    assert again is not None
    assert (again.memberships == sharing.memberships).all()


def test_a_deleted_source_takes_its_strokes_along(run: Run) -> None:
    run = painted(run)
    drums, voice = (source.id for source in run.sources)
    left = source_edits.delete_source(run, voice)
    assert {it.source_id for it in left.strokes} == {drums}
    assert [it.index for it in left.members(0)] == [2]


def test_a_source_that_was_painted_stays_without_components(run: Run) -> None:
    run = painted(run)
    emptied = source_edits.group(run, [2], "Other")
    assert [source.name for source in emptied.sources] == ["Drums", "Voice", "Other"]


def test_proposed_groups_are_not_put_by_hand(run: Run) -> None:
    run = source_edits.group_as(painted(run), [0, 1, 1])
    assert run.strokes == ()
    assert not any(it.is_placed for it in run.components)


def test_the_eraser_takes_away_what_it_goes_over(run: Run) -> None:
    run = paint(paint(source_edits.group(run, [0]), 1, LOW), 1, HIGH)
    half = Box(0.25, 0.5, 0.0, 950.0)
    left = erase(run, half)
    assert [it.erased for it in left.strokes] == [(half,), ()]
    assert left.strokes[1] is run.strokes[1]


def test_a_stroke_of_which_nothing_is_left_goes(run: Run) -> None:
    run = paint(paint(source_edits.group(run, [0]), 1, LOW), 1, LINE)
    left = erase(erase(run, Box(0.0, 0.3, 0.0, 1e5)), Box(0.3, 0.45, 0.0, 1e5))
    assert [it.id for it in left.strokes] == [2]
    assert erase(left, EVERYTHING).strokes == ()


def test_erasing_where_nothing_was_painted_changes_nothing(run: Run) -> None:
    run = painted(run)
    assert erase(run, ELSEWHERE) is run


def test_one_source_alone_and_locked_sources_keep_theirs(run: Run) -> None:
    run = painted(run)
    drums, voice = (source.id for source in run.sources)
    assert {it.source_id for it in erase(run, EVERYTHING, voice).strokes} == {drums}
    locked = source_edits.lock_source(run, drums, True)
    assert {it.source_id for it in erase(locked, EVERYTHING).strokes} == {drums}


def test_strokes_change_one_by_one(run: Run) -> None:
    run = painted(run)
    drums, voice = (source.id for source in run.sources)
    switched = guidance_edits.switch_strokes(run, [1, 2], is_on=False)
    assert [it.is_on for it in switched.strokes] == [False, False, True, False]
    moved = guidance_edits.repaint(run, [1], voice)
    assert [it.source_id for it in moved.strokes] == [voice, voice, voice, drums]
    there = guidance_edits.reshape(run, 2, LOW)
    assert (there.strokes[1].shape, there.strokes[1].erased) == (LOW, ())
    assert [it.id for it in guidance_edits.remove_strokes(run, [2, 3]).strokes] == [1, 4]


def test_strokes_are_not_given_to_a_source_that_is_not_there(run: Run) -> None:
    with pytest.raises(ValueError, match="no source 99"):
        paint(painted(run), 99, LOW)


def test_strokes_stay_where_components_are_merged_split_and_copied(run: Run) -> None:
    """They cover the same places, and what they say is found anew for the parts there are."""
    run = painted(run)
    changed = [
        factor_edits.merge(run, [0, 2]),
        factor_edits.duplicate(run, [2]),
        put_in(run, split(run, 2)),
    ]
    for other in changed:
        assert other is not None
        assert other.strokes == run.strokes
        sharing = sharing_of(other)
        assert sharing is not None
        assert len(sharing.memberships) == other.n_indices
        np.testing.assert_allclose(sum_of_sources(other), whole_of(other), atol=2e-5)
