"""Small documents with all that a project can hold, and files to spoil."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.adopting import adopt
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
from isnmf_gui.session.document.guidance import Path as Brushed
from isnmf_gui.session.edits import factor_edits, guidance_edits, mix_edits, source_edits
from isnmf_gui.session.edits.splitting import put_in, split
from isnmf_gui.session.runs.matching import Pair
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording, load_recording

SETTINGS = Settings(n_bases=3, n_iterations=4, rule="fast", window_samples=256, hop_samples=128)
REGION_S = (0.2, 0.7)
STROKES = (
    Stroke(0, 0, Box(0.1, 0.4, 100.0, 900.0), (Box(0.2, 0.25, 0.0, 400.0),)),
    Stroke(0, 0, Brushed(((0.2, 440.0), (0.5, 466.5)), 0.25, 4), is_on=False),
)

#: Changes the JSON of a project.
Change = Callable[[dict[str, Any]], object]


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


def edited(run: Run) -> Run:
    """Return a run to which all kinds of things were done."""
    run = source_edits.group(run, [0, 2], "Guitar & “bells”")
    run = source_edits.set_source_gain(run, 1, -3.3)
    run = source_edits.set_source_soloed(source_edits.add_source(run), 2, True)
    run = source_edits.set_source_muted(source_edits.color_source(run, 1, 7), 0, True)
    run = mix_edits.set_gain(run, [1], -12.25)
    run = mix_edits.set_muted(run, [2], True)
    run = factor_edits.duplicate(run, [1])
    run = factor_edits.scale_stretch(run, [1], (0.1, 0.4), -6.0)
    run = factor_edits.remove_band(run, [0, 1], 500.0, 900.0)
    run = factor_edits.merge(run, [0, 3])
    run = mix_edits.set_soloed(mix_edits.rename_component(run, 0, "Plucked"), [0], True)
    run = put_in(run, split(run, 2)) or run
    for stroke in STROKES:
        run = guidance_edits.add_stroke(run, 1, stroke)
    run = source_edits.assign(source_edits.lock_source(run, 2, True), [2], 1)
    run = replace(run, has_open_names=True)
    return factor_edits.scale_stretch(run, [2], (0.5, 0.6), -20.0)


def everything(short: Recording) -> Document:
    """Return two runs, one of a stretch, each of another precision and rule."""
    first = separate(short, SETTINGS, n_threads=1)
    other = replace(SETTINGS, n_bases=2, rule="me", domain=1.5, precision="float64", floor=1e-6)
    second = separate(short, other, n_threads=1, region_s=REGION_S)
    document = Document(short)
    document = add_run(document, make_run(document, first))
    likeness = (Pair(1, 0, 0.9),)
    document = add_run(document, adopt(make_run(document, second), document.runs[0], likeness))
    document = replace_run(document, edited(document.run(1)))
    document = rename_run(document, 2, "The middle")
    return set_mask(choose_run(document, 1), "ratio")


def members_of(path: Path | BinaryIO) -> dict[str, bytes]:
    """Return what the files in a zip file hold, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_members(path: Path, members: dict[str, bytes]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def changed(path: Path) -> None:
    """Change some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(5_000)
        file.write(b"something else")
