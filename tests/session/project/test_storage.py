"""Saving and opening: everything comes back, and nothing that goes wrong costs the old file."""

import os
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.nmf.results import Checkpoint, Factorization
from isnmf_gui.nmf.rules import RELAXATION, Memory
from isnmf_gui.session.document import ids
from isnmf_gui.session.document.document import (
    Component,
    Document,
    Run,
    Source,
    add_run,
    make_run,
)
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.session.sound_files.recording import Recording
from tests.recordings import TEST_SET
from tests.session.comparing import difference, same_document
from tests.session.projects import SETTINGS, changed, loaded, refusal

# -- what comes back --------------------------------------------------------------------------


def test_everything_comes_back_bit_for_bit(document: Document, project: Path) -> None:
    opened = open_project(project)
    assert difference(opened, document) == ""
    assert not same_document(replace(opened, mask="wiener"), document)
    again = save_project(opened, project.with_name("again.isnmf"))
    assert again.has_original
    assert again.path.read_bytes() == project.read_bytes()


def test_comparing_sees_which_terms_are_shared(document: Document) -> None:
    run = document.run(1)
    terms = run.components[1].terms
    assert terms is not None
    copies = tuple(replace(term) for term in terms)
    components = tuple(
        replace(it, terms=copies) if it is run.components[1] else it for it in run.components
    )
    other = replace(document, runs=(replace(run, components=components), document.runs[1]))
    assert difference(other, document) == ""  # a term that only this component has
    moved = tuple(replace(term, fitted=replace(term.origin)) for term in terms)
    components = tuple(
        replace(it, terms=moved) if it is run.components[1] else it for it in run.components
    )
    other = replace(document, runs=(replace(run, components=components), document.runs[1]))
    assert "which terms" in difference(other, document)


def test_nothing_that_a_document_may_hold_is_left_out_of_the_tests(document: Document) -> None:
    """Every field of every part of it differs somewhere from what it is by default."""
    seen: dict[str, set[str]] = {}

    def visit(value: object) -> None:
        if isinstance(value, list | tuple):
            for each in value:
                visit(each)
        if is_dataclass(value) and not isinstance(value, Recording):
            special = seen.setdefault(type(value).__name__, set())
            for it in fields(value):
                content = getattr(value, it.name)
                visit(content)
                if content is not None and (it.default is MISSING or content != it.default):
                    special.add(it.name)

    visit(document)
    # A short run takes nothing back and has no rise of the loss behind it; other tests have.
    # Estimates are of a run that goes on, which no project holds.
    rare = {"best", "fruitless", "relaxation", "restarts", "estimates"}
    kinds = (Document, Run, Component, Source, Term, Separation, Factorization, Checkpoint, Memory)
    for kind in kinds:
        assert {it.name for it in fields(kind)} - seen[kind.__name__] <= rare


@pytest.mark.parametrize("name", TEST_SET)
def test_every_kind_of_recording_opens_without_its_file(name: str, tmp_path: Path) -> None:
    source = TEST_SET[name].write(tmp_path)
    content = source.read_bytes()
    recording = loaded(source)
    separation = separate(recording, replace(SETTINGS, n_iterations=1), n_threads=1)
    document = add_run(Document(recording), make_run(Document(recording), separation))
    saved = save_project(document, tmp_path / "p.isnmf")
    source.unlink()
    opened = open_project(saved.path)
    saved.path.unlink()
    assert saved.has_original
    assert opened.recording is not None
    assert opened.recording.path == tmp_path / name
    assert same_document(opened, document)
    assert b"".join(opened.recording.original.blocks()) == content


@pytest.mark.parametrize("rule", ["mm", "me", "fast"])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_a_run_goes_on_as_if_it_had_not_been_saved(
    rule: str, precision: str, short: Recording, tmp_path: Path
) -> None:
    settings = replace(SETTINGS, rule=rule, precision=precision, n_iterations=7, domain=1.3)
    begun = separate(short, settings, n_threads=1, region_s=(0.1, 0.8))
    document = add_run(Document(short), make_run(Document(short), begun))
    opened = open_project(save_project(document, tmp_path / "p.isnmf").path)
    assert opened.recording is not None

    def go_on(recording: Recording, separation: Separation) -> Separation:
        return separate(recording, settings, n_threads=1, continue_from=separation)

    expected = go_on(short, begun)
    found = go_on(opened.recording, opened.runs[0].separation)
    for name in ("basis", "activation", "loss"):
        pair = [getattr(it.factorization, name).tobytes() for it in (expected, found)]
        assert pair[0] == pair[1]
    assert len(found.factorization.loss) == 14


def test_the_lowest_loss_of_a_settled_run_comes_back(short: Recording, tmp_path: Path) -> None:
    """Rounding has raised the loss since, so that the best factors are not the last."""
    settings = Settings(n_bases=2, n_iterations=400, rule="fast", window_samples=64, hop_samples=32)
    recording = Recording(short.samples[:200], short.sample_rate, short.path)
    separation = separate(recording, settings, n_threads=1)
    checkpoint = separation.factorization.checkpoint
    # Whether rounding comes to that depends on the machine: what it leaves is put in here.
    best = checkpoint.T * 1.5, checkpoint.V * 0.5, 1.25
    memory = replace(
        checkpoint.memory, best=best, fruitless=3, restarts=2, relaxation=0.9 * RELAXATION
    )
    factorization = replace(separation.factorization, checkpoint=replace(checkpoint, memory=memory))
    separation = replace(separation, factorization=factorization)
    document = add_run(Document(recording), make_run(Document(recording), separation))
    saved = save_project(document, tmp_path / "p.isnmf")
    assert same_document(open_project(saved.path), document)


def test_ids_in_the_file_are_not_given_again(project: Path, monkeypatch) -> None:
    monkeypatch.setattr(ids, "_last", 0)
    opened = open_project(project)
    used = {component.id for run in opened.runs for component in run.components}
    assert ids.new_ids(1)[0] > max(used)


def test_without_a_recording_there_is_nothing_to_lose(tmp_path: Path) -> None:
    document = Document(mask="ratio", next_run_id=3)
    assert same_document(open_project(save_project(document, tmp_path / "p.isnmf").path), document)


@pytest.mark.parametrize("name", [os.fsdecode(b"caf\xe9.wav"), "a\\b.wav", "x" * 251 + ".wav"])
def test_odd_names_come_back(name: str, short: Recording, tmp_path: Path) -> None:
    document = Document(replace(short, path=Path(name)))
    opened = open_project(save_project(document, tmp_path / "p.isnmf").path)
    assert opened.recording is not None
    assert opened.recording.name == name


# -- the recording's own bytes ----------------------------------------------------------------


CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "deleted": (Path.unlink, True),
    "renamed": (lambda path: path.rename(path.with_name("other.mp3")), True),
    "replaced": (lambda path: (path.unlink(), path.write_bytes(b"new")), True),
    "changed": (changed, False),
    "cut": (lambda path: os.truncate(path, 1_000), False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_happens_to_the_file_meanwhile(change: str, source: Path, tmp_path: Path) -> None:
    act, keeps = CHANGES[change]
    document = Document(loaded(source))
    act(source)
    saved = save_project(document, tmp_path / "p.isnmf")
    assert saved.has_original is keeps
    opened = open_project(saved.path)
    assert same_document(opened, document)
    assert save_project(opened, saved.path).has_original


def test_a_file_that_changes_while_it_is_copied(source: Path, tmp_path: Path) -> None:
    document = Document(loaded(source))
    shares: list[float] = []

    def change(share: float) -> bool:
        if not shares:
            changed(source)
        shares.append(share)
        return True

    saved = save_project(document, tmp_path / "p.isnmf", change)
    assert not saved.has_original
    assert same_document(open_project(saved.path), document)


def test_samples_that_never_were_a_file(short: Recording, tmp_path: Path) -> None:
    samples = np.array([[1e-30, -1.0], [123.0, -0.0]] * 500, np.float32)
    document = Document(Recording(samples, 48_000, Path("made.flac")))
    saved = save_project(document, tmp_path / "p.isnmf")
    assert not saved.has_original
    assert same_document(open_project(saved.path), document)


def test_another_decoder_may_cut_an_mp3_elsewhere(source: Path, tmp_path: Path, rewrite) -> None:
    document = Document(loaded(source))
    saved = save_project(document, tmp_path / "p.isnmf")
    n_samples = document.recording.n_samples
    for n in (n_samples - 1105, n_samples + 1105):
        other = rewrite(saved.path, lambda it, n=n: it["recording"].update(n_samples=n))
        found = open_project(other).recording.samples
        shared = min(n, n_samples)
        assert len(found) == n
        assert np.array_equal(found[:shared], document.recording.samples[:shared])
        assert not found[shared:].any()
    other = rewrite(saved.path, lambda it: it["recording"].update(n_samples=n_samples + 9_000))
    assert "not the one that the work was done on" in refusal(lambda: open_project(other))
