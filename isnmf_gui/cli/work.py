"""What the command line does: separating, grouping, saving, exporting."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from isnmf_gui.cli.arguments import AUTO, check_for_project, check_for_recording, settings_of
from isnmf_gui.cli.bars import Bar
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.component_factors import is_edited, shapes_of
from isnmf_gui.session.document.document import Document, Run, add_run, make_run, replace_run
from isnmf_gui.session.edits.source_edits import group_as
from isnmf_gui.session.export.extras.extras import picture_names, write_extras
from isnmf_gui.session.export.file_names import DEFAULT_PATTERN, file_stems
from isnmf_gui.session.export.stems.audio_options import AudioOptions, check_order
from isnmf_gui.session.export.stems.export_stems import Exported, export_stems, parts_of
from isnmf_gui.session.export.stems.levels import Level
from isnmf_gui.session.export.stems.stems import Stem, component_stems, residual_stem, source_stems
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.grouping.suggesting import suggest, suggest_sources
from isnmf_gui.session.project import (
    SUFFIX,
    check_project_path,
    is_project_file,
    open_project,
    save_project,
)
from isnmf_gui.session.runs.memory_need import find_shortage
from isnmf_gui.session.runs.separation import Separation, region_samples, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording, load_recording

#: Of stems of whatever kind, and their pictures.
STEM_FILES = ("component-[0-9]*.*", "source-[0-9]*.*", "unassigned.*", "residual.*")


def work_on(path: Path, out: Path | None, arguments: argparse.Namespace) -> None:
    """Do what was asked for with one recording or project.

    Parameters
    ----------
    path : Path
        The recording or project.
    out : Path or None
        The folder for its parts.
    arguments : argparse.Namespace
        Of the command line.

    Raises
    ------
    IsnmfError
        If something cannot be done; what was there before is as it was.
    """
    is_project = is_project_file(path)
    if is_project:
        check_for_project(arguments)
    else:
        check_for_recording(arguments)
    begun = _opened(path) if is_project else _loaded(path)
    if arguments.project is not None:
        check_project_path(begun, arguments.project)
        _check_ending(Path(arguments.project))
    with _files(out) as files:  # before the work, so that a bad folder is known at once
        if files is not None:
            _check_names(begun, files, arguments)
        document = begun if is_project else _separated(begun, arguments)
        document = _grouped(document, arguments.sources)
        exported = None if files is None else _export(document, files, arguments)
        if arguments.project is not None:
            _save(document, arguments.project)
    _summarize(path, document, exported, out, arguments)
    if exported is not None and out is not None:
        _tell_of_files(_run(document), exported, out, arguments.pictures)


def _check_ending(project: Path) -> None:
    """Refuse a name that nobody would look for a project behind."""
    if project.suffix.lower() != SUFFIX:
        raise ProjectError(
            f"“{project.name}” is no name of a project, which ends in {SUFFIX}. Choose another "
            f"name, such as “{project.stem}{SUFFIX}”."
        )


def _files(out: Path | None) -> contextlib.AbstractContextManager[FileSet | None]:
    return contextlib.nullcontext() if out is None else FileSet(out)


def _opened(path: Path) -> Document:
    document = open_project(path)
    if document.current_run is None:
        raise ProjectError(f"“{path.name}” holds no run yet: there is nothing to write.")
    return document


def _loaded(path: Path) -> Document:
    recording = load_recording(path)
    assert recording is not None  # nobody can stop it here
    if recording.notice:
        print(f"isnmf: {recording.notice}", file=sys.stderr)
    if recording.is_silent:
        print(f"{path.name} is silent: its components will be silent too.")
    return Document(recording)


def _separated(document: Document, arguments: argparse.Namespace) -> Document:
    recording = _recording(document)
    settings = settings_of(arguments, recording.sample_rate)
    region_s = _within(recording, arguments.region)
    short = find_shortage(recording, [settings], region_s)
    if short is not None:
        print(f"isnmf: {short.sentence} It may become slow or be ended.", file=sys.stderr)
    separation = _with_bar(recording, settings, arguments.threads, region_s)
    document = Document(recording, mask=settings.mask)
    return add_run(document, make_run(document, separation))


def _within(
    recording: Recording, region_s: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Let a region end with the recording at the latest, and say so."""
    if region_s is None or region_s[1] <= recording.duration_s:
        return region_s
    region_samples(recording, region_s)  # which refuses one that holds nothing
    print(f"{recording.name} is {recording.duration_s:.3f} s long: the region ends there.")
    return region_s[0], recording.duration_s


def _with_bar(
    recording: Recording,
    settings: Settings,
    n_threads: int | None,
    region_s: tuple[float, float] | None,
) -> Separation:
    with Bar(recording.name, settings.n_iterations) as bar:
        return separate(recording, settings, bar.iteration, n_threads=n_threads, region_s=region_s)


def _grouped(document: Document, n_sources: int | str | None) -> Document:
    """Group the components of the run, if that is wanted."""
    if n_sources is None:
        return document
    run, n = _run(document), None if n_sources == AUTO else int(n_sources)
    return replace_run(document, group_as(run, _labels(run, n)))


def _labels(run: Run, n_sources: int | None) -> list[int]:
    """Return the suggested source of each component."""
    if not is_edited(run):
        suggested = suggest_sources(run.separation, n_sources).labels
        return [suggested[component.index] for component in run.components]
    rate, domain = run.separation.recording.sample_rate, run.separation.settings.domain
    shapes = shapes_of(run, run.components)
    return list(suggest(*shapes, domain, rate, n_sources, with_activations=True).labels)


def _save(document: Document, path: str) -> None:
    with Bar("saving", 100) as bar:
        saved = save_project(document, path, bar.share)
    if not saved.has_original:
        name = _recording(document).name
        print(f"{name} was changed meanwhile: the project holds what was read of it, as WAV.")


# -- parts as files ---------------------------------------------------------------------------


def _check_names(document: Document, files: FileSet, arguments: argparse.Namespace) -> None:
    """Refuse what cannot be written before the work, as far as that is known."""
    options, names = AudioOptions(arguments.format), []
    if document.current_run is not None:
        stems = _stems(document.current_run)
        names = file_stems(stems, DEFAULT_PATTERN, _recording(document).path.stem)
    else:
        n_bases = settings_of(arguments, _recording(document).sample_rate).n_bases
        kind = "component" if arguments.sources is None else "source"
        names = [f"{kind}-{number:02d}" for number in range(1, n_bases + 1)]
        names += ["unassigned", "residual"]
    full_names = [name + options.form.suffix for name in names]
    check_order(_recording(document), full_names, files.folder, options)


def _stems(run: Run) -> list[Stem]:
    """Return the sources, or the components if there are none; and what edits left out."""
    stems = source_stems(run) if run.sources else component_stems(run)
    return [*stems, residual_stem(run)] if is_edited(run) else stems


def _export(document: Document, files: FileSet, arguments: argparse.Namespace) -> Exported:
    run, stems = _run(document), _stems(_run(document))
    names = file_stems(stems, DEFAULT_PATTERN, _recording(document).path.stem)
    options = AudioOptions(arguments.format, level=_level(run.separation.settings))
    parts = parts_of(run, document.mask)
    with Bar("writing", 100) as bar:
        exported = export_stems(run, parts, stems, names, files, options, bar.share)
    extras = ["report", *(["pictures"] if arguments.pictures else [])]
    write_extras(extras, run, document.mask, DEFAULT_PATTERN, exported, files)
    return exported


def _level(settings: Settings) -> Level:
    """Return the level of the files: as the published example has it, or as in the recording."""
    return Level("peak", 0.0, keeps_balance=False) if settings.part_gain == "peak" else Level()


def _run(document: Document) -> Run:
    assert document.current_run is not None  # it was separated
    return document.current_run


def _recording(document: Document) -> Recording:
    assert document.recording is not None  # runs have one
    return document.recording


# -- what is said -----------------------------------------------------------------------------


def _summarize(
    path: Path,
    document: Document,
    exported: Exported | None,
    out: Path | None,
    arguments: argparse.Namespace,
) -> None:
    """Say in a line what was made, and where it is."""
    run = _run(document)
    separation, result = run.separation, run.separation.factorization
    parts = _count(len(run.components), "component")
    if run.sources:
        parts = _count(len(run.sources), "source")
    figures = [
        _count(result.n_iterations, "iteration"),
        f"{separation.seconds:.1f} s",
        f"loss {result.loss[-1]:.6g}",
    ]
    if exported is not None and exported.null_test_db is not None:
        figures.append(f"null test {exported.null_test_db:.1f} dB")
    places = [f"in {out}"] if out is not None else []
    places += [f"saved as {arguments.project}"] if arguments.project is not None else []
    print(f"{path.name}: {parts} {', '.join(places)} ({', '.join(figures)})")


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _tell_of_files(run: Run, exported: Exported, out: Path, pictures: bool) -> None:
    """Say what else there is to know about the files."""
    written = {part.file for part in exported.stems}
    written |= set(picture_names(run, DEFAULT_PATTERN)) if pictures else set()
    stale = sorted({path.name for kind in STEM_FILES for path in out.glob(kind)} - written)
    if stale:
        print(f"Still there from before, and not part of it: {', '.join(stale)}")
    clipped = [part.file for part in exported.stems if part.clipped]
    if clipped:
        print(
            f"isnmf: clipped at full scale: {', '.join(clipped)}; --format wav keeps all",
            file=sys.stderr,
        )
