"""Being asked: what is asked, in which order, and what answers do."""

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.grouping.asking import MIXED, SKIP, Asking, Question
from isnmf_gui.session.guidance.memberships import sharing_of
from tests.session.grouping.scenes import SOURCES, run_of, tones

#: As a suggestion may be: the third component is in the wrong source.
WRONG = (0, 1, 1, 1)


@pytest.fixture(scope="module")
def run() -> Run:
    return source_edits.group_as(run_of(tones()), WRONG)


@pytest.fixture(scope="module")
def asking(run: Run) -> Asking:
    return Asking.of(run)


def right_answer(run: Run, question: Question) -> int:
    return run.sources[SOURCES[question.component]].id


def answered(asking: Asking, run: Run, n: int) -> tuple[Asking, Run, list[Question]]:
    """Answer so many questions rightly, or as many as there are."""
    questions: list[Question] = []
    while len(questions) < n and (question := asking.next_question(run)) is not None:
        source_id = right_answer(run, question)
        run = add_stroke(run, source_id, question.stroke)
        asking = asking.answered(question, source_id)
        questions.append(question)
    return asking, run, questions


def common(one: Box, other: Box) -> bool:
    in_time = one.start_s < other.stop_s and other.start_s < one.stop_s
    return in_time and one.low_hz < other.high_hz and other.low_hz < one.high_hz


def test_every_source_is_asked_about_first(asking: Asking, run: Run) -> None:
    _, _, questions = answered(asking, run, 2)
    assert {run.component(it.component).source_id for it in questions} == {1, 2}
    assert {it.source_id for it in questions} == {1, 2}


def test_a_few_answers_put_right_what_was_wrong(asking: Asking, run: Run) -> None:
    _, after, questions = answered(asking, run, 5)
    assert 2 in [it.component for it in questions]
    sharing = sharing_of(after)
    assert sharing is not None
    assert sharing.memberships[:, :2].argmax(axis=1).tolist() == list(SOURCES)
    assert sharing.memberships.max(axis=1).min() > 0.7


def test_nothing_is_asked_twice_and_the_questions_end(asking: Asking, run: Run) -> None:
    after, asked, questions = answered(asking, run, 1000)
    assert 10 < len(questions) == after.n_asked < 1000
    assert len(asked.strokes) == len(questions)
    boxes = [it.box for it in questions]
    assert not any(common(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_what_is_undone_is_asked_again(asking: Asking, run: Run) -> None:
    first = asking.next_question(run)
    assert first is not None
    painted = add_stroke(run, 1, first.stroke)
    assert asking.answered(first, 1).next_question(run) == first
    later = asking.answered(first, 1).next_question(painted)
    assert later is not None
    assert not common(later.box, first.box)


def test_mixed_counts_and_skipped_does_not_and_neither_comes_again(
    asking: Asking, run: Run
) -> None:
    seen: list[Question] = []
    for answer in (MIXED, SKIP, MIXED, SKIP, SKIP, MIXED):
        question = asking.next_question(run)
        assert question is not None
        assert not any(common(question.box, it.box) for it in seen)
        seen.append(question)
        asking = asking.answered(question, answer)
    assert asking.n_asked == len(asking.mixed) == 3
    assert len(asking.skipped) == 3
    assert sharing_of(run) is None


def test_what_sounds_like_something_mixed_waits(asking: Asking, run: Run) -> None:
    asking, run, _ = answered(asking, run, 2)
    question = asking.next_question(run)
    assert question is not None
    others = [asking.answered(question, it).next_question(run) for it in (MIXED, SKIP)]
    assert others[0] is not None
    assert others[0].component != question.component


def test_a_source_that_stays_mixed_is_not_insisted_on(asking: Asking, run: Run) -> None:
    first = asking.next_question(run)
    assert first is not None
    about = [run.component(first.component).source_id]
    for _ in range(3):
        question = asking.next_question(run)
        assert question is not None
        about.append(run.component(question.component).source_id)
        asking = asking.answered(question, MIXED)
    assert about[1:3] == [about[0]] * 2
    assert about[3] != about[0]


def test_there_is_nothing_to_ask_without_two_sources(asking: Asking, run: Run) -> None:
    assert asking.next_question(source_edits.ungroup(run, [0])) is None
    locked = source_edits.lock_source(run, 1, True)
    assert asking.next_question(locked) is None
    assert asking.next_question(source_edits.add_source(locked, "Voice")) is not None


def test_a_locked_source_is_no_answer(asking: Asking, run: Run) -> None:
    run = source_edits.lock_source(source_edits.add_source(run, "Voice"), 2, True)
    for _ in range(6):
        question = asking.next_question(run)
        assert question is not None
        assert question.source_id != 2
        asking = asking.answered(question, MIXED)


def test_strokes_that_were_painted_are_answers_too(asking: Asking, run: Run) -> None:
    everywhere = Stroke(0, 1, Box(0.0, 99.0, 0.0, 1e5))
    assert asking.next_question(add_stroke(run, 1, everywhere)) is None
    off = Stroke(0, 1, Box(0.0, 99.0, 0.0, 1e5), is_on=False)
    assert asking.next_question(add_stroke(run, 1, off)) == asking.next_question(run)


def test_after_an_edit_places_are_looked_for_anew(asking: Asking, run: Run) -> None:
    merged = factor_edits.merge(run, [0, 2])
    assert asking.fits(run)
    assert not asking.fits(merged)
    with pytest.raises(ValueError, match="anew"):
        asking.next_question(merged)
    assert Asking.of(merged).next_question(merged) is not None


def test_of_silence_nothing_is_asked() -> None:
    silent = source_edits.group_as(run_of([0 * it for it in tones()]), WRONG)
    assert Asking.of(silent).next_question(silent) is None


def test_the_search_for_questions_can_be_stopped(run: Run) -> None:
    shares: list[float] = []
    Asking.of(run, lambda share: shares.append(share) is None)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    for moment in (0.0, 0.5, shares[-2]):
        with pytest.raises(Stopped):
            Asking.of(run, lambda share, moment=moment: share < moment)


def test_questions_are_the_same_every_time(asking: Asking, run: Run) -> None:
    again = Asking.of(run)
    np.testing.assert_array_equal(again.places.shares, asking.places.shares)
    assert again.next_question(run) == asking.next_question(run)
