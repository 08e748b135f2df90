"""Sources, names and strokes go over to another run, and nothing else does."""

from dataclasses import replace

import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.document import (
    UNASSIGNED,
    Document,
    Run,
    add_run,
    make_run,
    replace_run,
)
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.edits import factor_edits, mix_edits, source_edits
from isnmf_gui.session.edits.carrying import (
    Likeness,
    carry_over,
    find_likeness,
    has_something,
    references,
)
from isnmf_gui.session.edits.guidance_edits import add_stroke, paint
from isnmf_gui.session.runs.matching import Pair
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from tests.gui.made_runs import some_run
from tests.session.strokes import HIGH, LOW, painted, stroke_of

#: Components 0 to 3 of the run are 3 to 0 of the reference.
PAIRS = tuple(Pair(n, 3 - n, 0.9) for n in range(4))


def reference() -> Run:
    run = source_edits.group(some_run(6, seed=1), [3, 2], "Drums")
    run = source_edits.set_source_muted(source_edits.color_source(run, 1, 6), 1, True)
    run = source_edits.group(run, [1, 5])
    run = source_edits.add_source(run, "Nothing")
    return mix_edits.rename_component(run, 3, "Kick")


def placed(run: Run) -> list[tuple[str, str]]:
    return [(it.title, run.source(it.source_id).name) for it in run.components]


def test_names_and_sources_go_over_but_no_mix() -> None:
    run = some_run(4)
    result = carry_over(run, reference(), PAIRS)
    assert placed(result) == [
        ("Kick", "Drums"), ("", "Drums"), ("", "Source 2"), ("", "Unassigned"),
    ]  # fmt: skip
    assert [(it.name, it.color) for it in result.sources] == [("Drums", 6), ("Source 2", 0)]
    assert not any(it.is_muted for it in result.sources)
    assert result.separation is run.separation
    assert [it.id for it in result.components] == [it.id for it in run.components]
    assert carry_over(result, reference(), PAIRS).components == result.components


def test_what_is_there_already_stays() -> None:
    run = source_edits.group(some_run(4), [1], "Bells")
    run = source_edits.add_source(run, "Drums")
    run = mix_edits.rename_component(run, 0, "Mine")
    result = carry_over(run, reference(), PAIRS)
    assert placed(result) == [
        ("Mine", "Drums"), ("", "Bells"), ("", "Source 3"), ("", "Unassigned"),
    ]  # fmt: skip
    assert [it.name for it in result.sources] == ["Bells", "Drums", "Source 3"]


def test_edited_components_go_by_what_they_were() -> None:
    source = factor_edits.merge(factor_edits.duplicate(reference(), [3]), [2, 1])
    source = mix_edits.rename_component(source, 1, "Both")
    run = factor_edits.merge(factor_edits.remove_band(some_run(4), [0], 100.0, 200.0), [2, 3])
    result = carry_over(run, source, PAIRS)
    # What was merged there has its source for each of its parts, and its name for none.
    assert placed(result) == [("Kick", "Drums"), ("", "Source 2"), ("", "Unassigned")]


def test_what_would_change_is_counted() -> None:
    run = some_run(4)
    assert Likeness(run, reference(), PAIRS).changes() == (3, True, True, 0)
    assert Likeness(run, reference(), PAIRS[1:]).changes() == (2, True, False, 0)
    only_names = mix_edits.rename_component(some_run(6), 0, "Kick")
    assert Likeness(run, only_names, PAIRS).changes() == (1, False, True, 0)
    assert Likeness(run, some_run(6), PAIRS).changes() == (0, False, False, 0)


@pytest.fixture
def document() -> Document:
    """Return one with a run that has nothing, one with names and sources, and one more."""
    document = Document()
    for run in (some_run(6, seed=1), reference(), some_run(4)):
        separation = reference_separation()
        run = Run(document.next_run_id, separation, run.components, run.sources)
        document = add_run(document, run)
    return document


def reference_separation():
    return some_run(6, seed=1).separation


def test_runs_with_something_come_in_order_of_likeness(document: Document) -> None:
    assert [has_something(run) for run in document.runs] == [False, True, False]
    assert references(document, document.run(2)) == []
    named = mix_edits.rename_component(document.run(3), 1, "Voice")
    document = replace_run(document, named)
    assert [it.id for it in references(document, document.run(1))] == [3, 2]


def test_the_first_run_that_fits_is_found() -> None:
    first, other = some_run(6, seed=1), some_run(6, seed=2)
    named = mix_edits.rename_component(first, 2, "Flute")
    unlike = mix_edits.rename_component(other, 2, "Oboe")  # of another recording
    likeness = find_likeness(first, [unlike, named])
    assert likeness is not None
    assert likeness.reference is named
    assert likeness.carried().component(2).title == "Flute"
    assert find_likeness(first, [unlike]) is None
    assert find_likeness(first, []) is None
    with pytest.raises(Stopped):
        find_likeness(first, [named], lambda: False)


def test_likenesses_follow_the_runs_of_the_document(document: Document) -> None:
    likeness = Likeness(document.run(3), document.run(2), PAIRS)
    renamed = mix_edits.rename_component(document.run(2), 2, "Snare")
    now = likeness.in_document(replace_run(document, renamed))
    assert now is not None
    assert now.carried().component(1).title == "Snare"
    assert now.carried().component(3).source_id == UNASSIGNED
    gone = Document(runs=document.runs[1:2])
    assert likeness.in_document(gone) is None
    continued = Run(2, some_run(6, seed=1).separation, document.run(2).components)
    assert likeness.in_document(replace_run(document, continued)) is None


@pytest.fixture
def other_run(run: Run) -> Run:
    """Another run of the same recording, with another window."""
    chosen = Settings(n_bases=2, n_iterations=3, window_samples=512, hop_samples=128)
    made = make_run(Document(), separate(run.separation.recording, chosen))
    return replace(made, id=2)


def strokes_of(run: Run) -> list[tuple]:
    return [(run.source(it.source_id).name, it.shape, it.erased, it.is_on) for it in run.strokes]


def test_strokes_come_along_with_their_sources_whatever_fits(run: Run, other_run: Run) -> None:
    reference = source_edits.lock_source(painted(run), 2, True)
    carried = carry_over(other_run, reference, ())
    assert strokes_of(carried) == strokes_of(reference)
    assert [(it.name, it.is_locked) for it in carried.sources] == [
        ("Drums", False), ("Voice", True),
    ]  # fmt: skip
    assert [it.id for it in carried.strokes] == [1, 2, 3, 4]
    assert sharing_of(carried) is not None  # they cover the other window's bins
    assert carry_over(carried, reference, ()).strokes == carried.strokes  # not twice


def test_strokes_go_to_the_source_of_that_name_and_after_its_own(run: Run, other_run: Run) -> None:
    mine = source_edits.add_source(source_edits.add_source(other_run, "Voice"), "Bells")
    mine = paint(paint(mine, 2, LOW), 1, HIGH)  # both places; one of them with nothing erased
    carried = carry_over(mine, painted(run), ())
    names = [name for name, *_ in strokes_of(carried)]
    assert names == ["Bells", "Voice", "Voice", "Voice"]
    assert [it.id for it in carried.strokes] == [1, 2, 3, 4]
    assert [it.name for it in carried.sources] == ["Voice", "Bells"]


def test_strokes_of_what_is_unassigned_stay_that(run: Run, other_run: Run) -> None:
    carried = carry_over(other_run, add_stroke(run, UNASSIGNED, stroke_of(LOW)), ())
    assert strokes_of(carried) == [("Unassigned", LOW, (), True)]
    assert carried.sources == ()


def test_strokes_of_another_recording_stay_where_they_are(run: Run) -> None:
    other = some_run(4)
    assert carry_over(other, painted(run), PAIRS).strokes == ()


def test_strokes_alone_are_enough_to_be_offered(run: Run, other_run: Run) -> None:
    reference = paint(run, UNASSIGNED, LOW)
    assert has_something(reference)
    likeness = find_likeness(other_run, [reference])
    assert likeness is not None
    assert likeness.changes() == (0, False, False, 1)
    assert likeness.changes().is_any
    assert find_likeness(likeness.carried(), [reference]) is None
