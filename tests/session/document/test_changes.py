"""What differs between two documents, found by one comparison."""

from dataclasses import replace

import pytest

from isnmf_gui.session.document.changes import EVERYTHING, Changes, find_changes, find_run_changes
from isnmf_gui.session.document.document import (
    Document,
    Run,
    add_run,
    choose_run,
    make_run,
    rename_run,
    replace_run,
    set_mask,
)
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import factor_edits, guidance_edits, mix_edits, source_edits
from isnmf_gui.session.runs.separation import Separation


@pytest.fixture
def run(separation: Separation) -> Run:
    return source_edits.group(make_run(Document(), separation), [0, 1])


def names_of(changes: Changes) -> set[str]:
    """Return what a change is said to be."""
    kinds = (
        "recording",
        "runs",
        "shown_run",
        "parts",
        "names",
        "mix",
        "sources",
        "mask",
        "guidance",
    )
    return {kind for kind in kinds if getattr(changes, kind)}


EDITS = {
    "gain": (lambda run: mix_edits.set_gain(run, [0], -3), {"mix"}),
    "mute": (lambda run: mix_edits.set_muted(run, [0], True), {"mix"}),
    "solo": (lambda run: mix_edits.set_soloed(run, [0], True), {"mix"}),
    "name": (lambda run: mix_edits.rename_component(run, 0, "Bell"), {"names"}),
    "source's gain": (lambda run: source_edits.set_source_gain(run, 1, -3), {"mix"}),
    "source's name": (lambda run: source_edits.rename_source(run, 1, "Bells"), {"sources"}),
    "source's colour": (lambda run: source_edits.color_source(run, 1, 5), {"sources"}),
    "another source": (source_edits.add_source, {"mix", "sources", "guidance"}),
    "what it holds": (
        lambda run: source_edits.assign(run, [2], 1),
        {"mix", "sources", "guidance"},
    ),
    "a stroke": (
        lambda run: guidance_edits.add_stroke(run, 1, Stroke(0, 1, Box(0, 1, 100, 900))),
        {"guidance"},
    ),
    "a lock": (lambda run: source_edits.lock_source(run, 1, True), {"guidance"}),
    "a factor": (lambda run: factor_edits.smooth_activations(run, [1], 0.1), {"parts"}),
    "nothing": (lambda run: replace(run), set()),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_what_it_changes(run: Run, name: str) -> None:
    edit, changed = EDITS[name]
    assert names_of(find_run_changes(run, edit(run))) == changed
    assert names_of(find_run_changes(edit(run), run)) == changed  # undone


def test_the_components_that_differ_are_named(run: Run) -> None:
    assert find_run_changes(run, factor_edits.smooth_activations(run, [1], 0.1)).parts == {1}
    merged = factor_edits.merge(run, [0, 1])
    new = {it.index for it in merged.components} - {it.index for it in run.components}
    assert find_run_changes(run, merged).parts == {0, 1, *new}
    assert find_run_changes(run, factor_edits.delete(run, [2])).parts == {2}


def test_a_newer_result_changes_all_parts_and_nothing_else(run: Run) -> None:
    newer = replace(run, separation=replace(run.separation, seconds=1.0))
    changes = find_run_changes(run, newer)
    assert names_of(changes) == {"parts"}
    assert changes.parts == {it.index for it in run.components}


def test_a_model_that_differs_changes_all(run: Run) -> None:
    other = replace(run, model=run.separation.fitted[:1])
    assert find_run_changes(run, other).parts == {it.index for it in run.components}


def test_another_run_is_another_in_everything(run: Run) -> None:
    of_run = {"shown_run", "parts", "names", "mix", "sources", "guidance"}
    for before, now in ((None, run), (run, None), (run, replace(run, id=9))):
        changes = find_run_changes(before, now)
        assert names_of(changes) == of_run
        assert changes.looks
        assert changes.sound
    assert not find_run_changes(None, None)


def test_documents(run: Run, separation: Separation) -> None:
    document = add_run(Document(recording=separation.recording), run)
    other = add_run(document, replace(run, id=2))

    def told(before: Document, now: Document) -> set[str]:
        return names_of(find_changes(before, now, before.current_run, now.current_run))

    of_run = {"shown_run", "parts", "names", "mix", "sources", "guidance"}
    assert told(document, document) == set()
    assert told(document, set_mask(document, "ratio")) == {"mask"}
    assert told(document, rename_run(document, run.id, "Best")) == {"runs"}
    assert told(document, other) == {"runs", *of_run}
    assert told(other, choose_run(other, run.id)) == {"runs", *of_run}
    assert told(document, replace(document, recording=None)) == {"recording"}
    muted = replace_run(document, mix_edits.set_muted(run, [0], True))
    assert told(document, muted) == {"mix"}


def test_only_what_can_be_heard_counts_as_sound(run: Run) -> None:
    assert not find_run_changes(run, mix_edits.rename_component(run, 0, "Bell")).sound
    assert find_run_changes(run, mix_edits.rename_component(run, 0, "Bell")).looks
    assert find_run_changes(run, mix_edits.set_gain(run, [0], -1)).sound
    assert not find_run_changes(run, mix_edits.set_gain(run, [0], -1)).looks
    assert EVERYTHING.looks
    assert EVERYTHING.sound
    assert not Changes()


def test_equal_copies_are_no_change(run: Run) -> None:
    """Undoing makes no new objects, but reading a project does."""
    copied = replace(run, components=tuple(replace(it) for it in run.components))
    assert not find_run_changes(run, copied)
