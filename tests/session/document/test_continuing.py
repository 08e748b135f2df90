"""A run whose parts were edited is continued as a run of its own, with its sources and mix."""

from isnmf_gui.session.document.component_factors import is_edited
from isnmf_gui.session.document.continuing import as_fitted
from isnmf_gui.session.document.document import UNASSIGNED, Document, Run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.mix_edits import rename_component, set_gain, set_muted, set_soloed
from isnmf_gui.session.edits.source_edits import group, set_source_gain
from tests.gui.made_runs import some_run


def mixed(run: Run) -> Run:
    """Return a run with two sources, a name, and everything that a mix has."""
    run = rename_component(group(group(run, [0, 1], "Drums"), [2], "Bass"), 2, "Low")
    run = set_soloed(set_muted(set_gain(run, [1], -6.0), [0], True), [2], True)
    return set_source_gain(set_source_gain(run, 1, 3.0), UNASSIGNED, -9.0)


def continued(run: Run) -> Run:
    result = as_fitted(Document(), run, 7)
    assert result.id == 7
    assert not is_edited(result)
    assert result.separation is run.separation
    assert (result.sources, result.unassigned) == (run.sources, run.unassigned)
    assert not {it.id for it in result.components} & {it.id for it in run.components}
    return result


def looks(run: Run, index: int) -> tuple[object, ...]:
    it = run.component(index)
    return it.number, it.color, it.title, *mix_of(run, index)


def mix_of(run: Run, index: int) -> tuple[object, ...]:
    it = run.component(index)
    return it.source_id, it.gain_db, it.is_muted, it.is_soloed


def test_what_was_edited_is_called_and_mixed_as_before() -> None:
    run = factor_edits.remove_band(mixed(some_run(4)), [1, 2], 300.0, 900.0)
    result = continued(run)
    assert [looks(result, n) for n in range(4)] == [looks(run, n) for n in range(4)]
    assert mix_of(result, 1) == (1, -6.0, False, False)


def test_what_was_deleted_comes_back_at_rest_and_the_rest_is_as_it_was() -> None:
    run = factor_edits.delete(mixed(some_run(4)), [1])
    result = continued(run)
    assert [looks(result, n) for n in (0, 2, 3)] == [looks(run, n) for n in (0, 2, 3)]
    assert looks(result, 1) == (2, 4, "", UNASSIGNED, 0.0, False, False)


def test_a_copy_leaves_its_name_and_mix_to_the_original() -> None:
    run = factor_edits.duplicate(mixed(some_run(4)), [2])
    run = set_gain(run, [4], 6.0)
    result = continued(run)
    assert [looks(result, n) for n in range(4)] == [looks(run, n) for n in range(4)]


def test_what_was_merged_stays_in_its_source_and_mix() -> None:
    run = factor_edits.merge(mixed(some_run(4)), [2, 3])
    result = continued(run)
    assert mix_of(result, 2) == mix_of(result, 3) == mix_of(run, 2)
    assert len({it.number for it in result.components}) == 4
