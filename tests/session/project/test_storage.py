"""Saving and opening: everything comes back, and nothing that goes wrong costs the old file."""

import gc
import os
import shutil
import tracemalloc
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import ProjectError, Stopped
from isnmf_gui.nmf.results import Checkpoint, Factorization
from isnmf_gui.nmf.rules import RELAXATION, Memory
from isnmf_gui.session import ids, mixing, part_edits
from isnmf_gui.session.document import (
    Component,
    Document,
    Run,
    Source,
    add_run,
    make_run,
    replace_run,
)
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.recording import Recording, load_recording
from isnmf_gui.session.separation import Separation, separate
from isnmf_gui.session.settings import Settings
from isnmf_gui.session.terms import Term
from tests.programs import DROP_PRIVILEGES, SMALL_FILES, n_open_files, python_json
from tests.recordings import TEST_SET
from tests.session.comparing import difference, same_document
from tests.session.projects import SETTINGS


def loaded(path: Path) -> Recording:
    recording = load_recording(path)
    assert recording is not None
    return recording


def refusal(act: Callable[[], object]) -> str:
    """Return the sentence that an act is refused with."""
    with pytest.raises(ProjectError) as refused:
        act()
    assert refused.value.message.endswith(".")
    return refused.value.message


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
    rare = {"best", "fruitless", "relaxation", "restarts"}
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
    memory = separation.factorization.checkpoint.memory
    assert memory.best is not None
    assert memory.fruitless
    assert memory.restarts
    assert memory.relaxation != RELAXATION
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


def test_what_could_not_be_opened_is_not_saved(document: Document, project: Path) -> None:
    """Whatever an edit may do wrong, the file of before is not lost to it."""
    before = project.read_bytes()
    run = document.run(1)
    for wrong in (
        replace(run, components=(*run.components, run.components[0])),
        part_edits.draw_activation(run, run.components[0].index, 0, np.array([np.nan])),
        mixing.change(run, [run.components[0].index], gain_db=1e9),
    ):
        said = refusal(lambda wrong=wrong: save_project(replace_run(document, wrong), project))
        assert said.startswith("This work cannot be saved: ")
    assert project.read_bytes() == before
    assert os.listdir(project.parent) == [project.name]


# -- the recording's own bytes ----------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A lossy file: decoded samples written as WAV are as exact, and other bytes."""
    return TEST_SET["mono.mp3"].write(tmp_path)


def changed(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(5_000)
        file.write(b"something else")


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


# -- writing ----------------------------------------------------------------------------------


def test_progress_rises_to_one_and_can_stop(
    document: Document, project: Path, tmp_path: Path
) -> None:
    before = project.read_bytes()
    for act in (lambda report: save_project(document, project, report),
                lambda report: open_project(project, report)):  # fmt: skip
        shares: list[float] = []
        act(lambda share, shares=shares: shares.append(share) or True)
        assert shares == sorted(shares)
        assert len(shares) > 3
        for n in range(len(shares)):
            calls = iter(range(n))
            with pytest.raises(Stopped):
                act(lambda share, calls=calls: next(calls, None) is not None)
    assert os.listdir(tmp_path) == [project.name]
    assert project.read_bytes() == before
    assert shares[-1] <= 1


def test_an_open_project_may_be_replaced_and_deleted(document: Document, project: Path) -> None:
    opened = open_project(project)
    save_project(Document(), project)
    project.unlink()
    assert same_document(open_project(save_project(opened, project).path), document)


def test_the_recording_is_not_overwritten(source: Path, tmp_path: Path) -> None:
    document = Document(loaded(source))
    link = tmp_path / "link.isnmf"
    link.symlink_to(source)
    before = source.read_bytes()
    for path in (source, link):
        said = refusal(lambda path=path: save_project(document, path))
        assert "is the recording itself and would be lost" in said
    assert source.read_bytes() == before


def test_a_link_stays_one_and_permissions_stay_as_they_are(
    document: Document, project: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.isnmf"
    link.symlink_to(project.name)
    project.chmod(0o640)
    save_project(Document(), link)
    assert link.is_symlink()
    assert project.stat().st_mode & 0o777 == 0o640
    assert open_project(project).recording is None


def test_where_nothing_can_be_written(document: Document, tmp_path: Path) -> None:
    (tmp_path / "folder.isnmf").mkdir()
    (tmp_path / "file").touch()
    reasons = {
        "folder.isnmf": "is a folder",
        "gone/p.isnmf": "There is no folder",
        "file/p.isnmf": "There is no folder",
        "x" * 300 + ".isnmf": "too long",
    }
    for name, reason in reasons.items():
        assert reason in refusal(lambda name=name: save_project(document, tmp_path / name))
    assert sorted(os.listdir(tmp_path)) == ["file", "folder.isnmf"]


SAVE = """
import json, os, sys
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import open_project, save_project
document = open_project("p.isnmf")
{conditions}
answers = []
for name in json.loads(sys.argv[1]):
    try:
        save_project(document, name)
        answers.append("done")
    except ProjectError as error:
        answers.append(error.message)
print(json.dumps(answers))
"""


@pytest.fixture
def one_file(project: Path) -> Path:
    """A folder with nothing but a project in it, open to all."""
    project.rename(project.with_name("p.isnmf"))
    project.parent.chmod(0o755)
    return project.parent


def test_a_full_disk(one_file: Path) -> None:
    before = (one_file / "p.isnmf").read_bytes()
    code = SAVE.format(conditions=SMALL_FILES)
    (said,) = python_json(code, '["p.isnmf"]', cwd=one_file)
    assert "There is not enough space in" in said
    assert os.listdir(one_file) == ["p.isnmf"]
    assert (one_file / "p.isnmf").read_bytes() == before


def test_places_without_permission(one_file: Path) -> None:
    for name in ("closed.isnmf", "p.isnmf"):
        (one_file / name).touch()
        (one_file / name).chmod(0o444)
    code = SAVE.format(conditions=DROP_PRIVILEGES)
    said = python_json(code, '["new.isnmf", "closed.isnmf"]', cwd=one_file)
    assert "may not be written to" in said[0]
    assert "“closed.isnmf” may not be changed" in said[1]
    assert sorted(os.listdir(one_file)) == ["closed.isnmf", "p.isnmf"]


def test_what_a_killed_save_left_is_removed_by_the_next(project: Path, tmp_path: Path) -> None:
    mine = tmp_path / f".{project.name}.{os.getpid()}-99.part"
    dead, of_another = tmp_path / f".{project.name}.4194305-0.part", tmp_path / ".o.isnmf.1-0.part"
    for path in (mine, dead, of_another):
        path.touch()
    save_project(Document(), project)
    assert (mine.exists(), dead.exists(), of_another.exists()) == (True, False, True)


def test_no_descriptor_is_left_open(document: Document, project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.isnmf"
    broken.write_bytes(project.read_bytes()[:-1_000])
    gc.collect()  # documents of other tests, which their errors may have kept
    before = n_open_files()
    opened = open_project(project)
    assert n_open_files() == before + 1  # the recording's bytes
    save_project(opened, tmp_path / "p.isnmf")
    del opened
    assert n_open_files() == before
    for path in (broken, tmp_path, tmp_path / "missing.isnmf"):
        refusal(lambda path=path: open_project(path))
    with pytest.raises(Stopped):
        open_project(project, lambda share: False)
    assert n_open_files() == before


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    """It is copied block by block, whether as it was or as samples."""
    source = tmp_path / "long.wav"
    soundfile.write(source, np.zeros((4_000_000, 2), np.int16), 8_000)
    document = Document(loaded(source))
    for _ in range(2):
        tracemalloc.start()
        try:
            save_project(document, tmp_path / "p.isnmf")
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()
        changed(source)


def test_no_room_for_a_copy_of_the_recording(project: Path, tmp_path: Path) -> None:
    shutil.copy(project, tmp_path / "p.isnmf")
    code = f"""
import json
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import open_project
{SMALL_FILES.replace("20_000", "5_000")}
try:
    open_project("p.isnmf")
except ProjectError as error:
    print(json.dumps(error.message))
"""
    said = python_json(code, cwd=tmp_path)
    assert "There is no room in" in said
    assert "for a copy of the recording" in said
