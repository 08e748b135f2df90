"""Sources: what belongs to them, their order, and that no component is lost or in two of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.errors import SettingsError
from isnmf_gui.session.document.document import UNASSIGNED, Document, Run, make_run
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.runs.separation import Separation


@pytest.fixture
def run(separation: Separation) -> Run:
    """A run of three components in two sources."""
    run = source_edits.group(make_run(Document(), separation), [0, 2], "Guitar")
    return source_edits.group(run, [1], "Drums")


def names(run: Run) -> list[str]:
    return [source.name for source in run.sources]


def members(run: Run, source_id: int) -> list[int]:
    return [component.index for component in run.members(source_id)]


def test_what_was_in_a_deleted_source_is_unassigned(run: Run) -> None:
    after = source_edits.delete_source(run, 1)
    assert names(after) == ["Drums"]
    assert members(after, UNASSIGNED) == [0, 2]
    assert members(after, 2) == [1]


@pytest.mark.parametrize(("place", "order"), [(0, [2, 1, 3]), (1, [1, 2, 3]), (9, [1, 3, 2])])
def test_a_source_is_moved_and_keeps_what_it_holds(run: Run, place: int, order: list[int]) -> None:
    run = source_edits.add_source(run)
    after = source_edits.move_source(run, 2, place)
    assert [source.id for source in after.sources] == order
    assert after.components == run.components


def test_a_source_that_grouping_empties_goes_and_an_empty_one_stays(run: Run) -> None:
    run = source_edits.add_source(run, "To come")
    assert names(source_edits.group(run, [1], "Snare")) == ["Guitar", "To come", "Snare"]
    assert names(source_edits.ungroup(run, [1])) == ["Guitar", "To come"]


def test_a_label_is_needed_for_each_component(run: Run) -> None:
    with pytest.raises(SettingsError, match="3 labels"):
        source_edits.group_as(run, [0, 1])


@settings(max_examples=30, deadline=None)
@given(labels=st.lists(st.integers(-1, 2), min_size=3, max_size=3))
def test_groups_are_what_the_labels_say(separation: Separation, labels: list[int]) -> None:
    run = source_edits.group_as(make_run(Document(), separation), labels)
    assert len(run.sources) == len({label for label in labels if label >= 0})
    groups = [set(members(run, source.id)) for source in run.all_sources]
    assert sorted(index for group in groups for index in group) == [0, 1, 2]
    for one in range(3):
        assert (run.component(one).source_id == UNASSIGNED) == (labels[one] < 0)
        for other in range(3):
            together = any({one, other} <= group for group in groups)
            assert together == (labels[one] == labels[other])
