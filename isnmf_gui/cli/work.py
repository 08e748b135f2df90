"""What the command line does: separating, grouping, saving, exporting."""

from __future__ import annotations

import argparse
import contextlib
import sys
from dataclasses import replace
from pathlib import Path

from isnmf_gui.cli.arguments import AUTO, check_for_project, check_for_recording, settings_of
from isnmf_gui.cli.bars import Bar
from isnmf_gui.errors import ExportError, ProjectError
from isnmf_gui.session.document.document import Document, Run, add_run, make_run, replace_run
from isnmf_gui.session.edits.source_edits import group_as
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, names_there, write_export
from isnmf_gui.session.export.extras.report import REPORT_NAME, files_reported
from isnmf_gui.session.export.file_names import file_stems
from isnmf_gui.session.export.stems.audio_options import check_order
from isnmf_gui.session.export.stems.stems import chosen_stems, stems_to_come
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.guidance.memberships import silent_strokes
from isnmf_gui.session.project import SUFFIX, check_project_path, is_project_file, save_project
from isnmf_gui.session.project.guides import Guide, guided, read_guide, unplaced
from isnmf_gui.session.project.opening import read_document
from isnmf_gui.session.runs.memory_need import find_shortage
from isnmf_gui.session.runs.run_order import RunOrder, carry_out_run
from isnmf_gui.session.runs.separation import region_samples
from isnmf_gui.session.sound_files.recording import Recording

#: Names that are listed in a sentence; of more it tells how many.
MOST_NAMES = 3


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
    guide = None if arguments.guide is None else read_guide(arguments.guide)
    if is_project:
        check_for_project(arguments)
    else:
        check_for_recording(arguments, arguments.sources if guide is None else len(guide.sources))
    begun = _begun(path, is_project)
    if arguments.project is not None:
        check_project_path(begun, arguments.project)
        _check_ending(Path(arguments.project))
    with _files(out) as files:  # before the work, so that a bad folder is known at once
        if files is not None:
            _check_names(begun, files, arguments)
        document = begun if is_project else _separated(begun, arguments)
        document = _grouped(document, arguments.sources)
        if guide is not None:
            document = _guided(document, guide)
        before = [] if out is None else files_reported(out / REPORT_NAME)
        outcome = None if files is None else _export(document, files, arguments)
        if arguments.project is not None:
            _save(document, arguments.project)
    _summarize(path, document, outcome, arguments)
    if outcome is not None:
        _tell_of_files(outcome, before)


def _check_ending(project: Path) -> None:
    """Refuse a name that nobody would look for a project behind."""
    if project.suffix.lower() != SUFFIX:
        raise ProjectError(
            f"“{project.name}” is no name of a project, which ends in {SUFFIX}. Choose another "
            f"name, such as “{project.stem}{SUFFIX}”."
        )


def _files(out: Path | None) -> contextlib.AbstractContextManager[FileSet | None]:
    return contextlib.nullcontext() if out is None else FileSet(out)


def _begun(path: Path, is_project: bool) -> Document:
    document = read_document(path, Document().mask)
    assert document is not None  # nobody can stop it here
    if is_project and document.current_run is None:
        raise ProjectError(f"“{path.name}” holds no run yet: there is nothing to write.")
    if not is_project:
        _tell_of_recording(_recording(document))
    return document


def _tell_of_recording(recording: Recording) -> None:
    """Say what there is to know before the work."""
    if recording.notice:
        print(f"isnmf: {recording.notice}", file=sys.stderr)
    if recording.is_silent:
        print(f"{recording.name} is silent: its components will be silent too.")


def _separated(document: Document, arguments: argparse.Namespace) -> Document:
    recording = _recording(document)
    settings = settings_of(arguments, recording.sample_rate)
    region_s = _within(recording, arguments.region)
    short = find_shortage(recording, [settings], region_s)
    if short is not None:
        print(f"isnmf: {short.sentence} It may become slow or be ended.", file=sys.stderr)
    order = RunOrder(recording, settings, arguments.threads, region_s=region_s)
    with Bar(recording.name, settings.n_iterations) as bar:
        separation = carry_out_run(order, bar.iteration)
    return add_run(replace(document, mask=settings.mask), make_run(document, separation))


def _within(
    recording: Recording, region_s: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Let a region end with the recording at the latest, and say so."""
    if region_s is None or region_s[1] <= recording.duration_s:
        return region_s
    region_samples(recording, region_s)  # which refuses one that holds nothing
    print(f"{recording.name} is {recording.duration_s:.3f} s long: the region ends there.")
    return region_s[0], recording.duration_s


def _grouped(document: Document, n_sources: int | str | None) -> Document:
    """Group the components of the run, if that is wanted."""
    if n_sources is None:
        return document
    run, n = _run(document), None if n_sources == AUTO else int(n_sources)
    return replace_run(document, group_as(run, propose(run, n).labels))


def _guided(document: Document, guide: Guide) -> Document:
    """Do what a guide says, and say what of it means nothing here."""
    run = _run(document)
    missing = unplaced(run, guide)
    if missing:
        listed = ", ".join(map(str, missing[:MOST_NAMES]))
        print(f"isnmf: the guide names components that there are not: {listed}", file=sys.stderr)
    guided_run = guided(run, guide)
    silent = len(silent_strokes(guided_run))
    if silent:
        print(
            f"isnmf: {_count(silent, 'stroke')} of the guide on nothing of the recording",
            file=sys.stderr,
        )
    return replace_run(document, guided_run)


def _save(document: Document, path: str) -> None:
    with Bar("saving", 100) as bar:
        saved = save_project(document, path, bar.share)
    if not saved.has_original:
        name = _recording(document).name
        print(f"{name} was changed meanwhile: the project holds what was read of it, as WAV.")


# -- parts as files ---------------------------------------------------------------------------


def _choices(arguments: argparse.Namespace) -> ExportChoices:
    extras = ("report", *(["pictures"] if arguments.pictures else []))
    return ExportChoices(arguments.format, extras=extras)


def _check_names(document: Document, files: FileSet, arguments: argparse.Namespace) -> None:
    """Refuse what cannot be written before the work, as far as that is known."""
    choices, recording = _choices(arguments), _recording(document)
    if document.current_run is not None:
        stems = chosen_stems(document.current_run)
    elif arguments.guide is not None:
        stems = stems_to_come("source", 1)
    elif arguments.sources is None:
        stems = stems_to_come("component", settings_of(arguments, recording.sample_rate).n_bases)
    else:  # how many sources there are, is not known before
        stems = stems_to_come("source", 1 if arguments.sources == AUTO else arguments.sources)
    names = file_stems(stems, choices.pattern, recording.path.stem)
    full_names = [*(name + choices.options.form.suffix for name in names), REPORT_NAME]
    check_order(recording, full_names, files.folder, choices.options)
    _check_there(files.folder, names_there(files.folder, full_names), arguments)


def _check_there(folder: Path, there: list[str], arguments: argparse.Namespace) -> None:
    """Refuse to replace files, unless that is wanted."""
    if not there or arguments.overwrite:
        return
    n_more = len(there) - MOST_NAMES
    listed = ", ".join(there[:MOST_NAMES]) + (f" and {n_more} more" if n_more > 0 else "")
    raise ExportError(
        f"“{folder}” holds {listed} already. Choose another folder, or replace what is there with "
        "--overwrite."
    )


def _export(document: Document, files: FileSet, arguments: argparse.Namespace) -> Outcome:
    run = _run(document)
    choices, stems = _choices(arguments).for_run(run), chosen_stems(run)
    order = ExportOrder.chosen(run, document.mask, files.folder, stems, choices)
    _check_there(files.folder, order.names_there, arguments)
    with Bar("writing", 100) as bar:
        return write_export(order, files, bar.share)


def _run(document: Document) -> Run:
    assert document.current_run is not None  # it was separated
    return document.current_run


def _recording(document: Document) -> Recording:
    assert document.recording is not None  # runs have one
    return document.recording


# -- what is said -----------------------------------------------------------------------------


def _summarize(
    path: Path, document: Document, outcome: Outcome | None, arguments: argparse.Namespace
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
    if outcome is not None and outcome.exported.null_test_db is not None:
        figures.append(f"null test {outcome.exported.null_test_db:.1f} dB")
    places = [f"in {outcome.order.folder}"] if outcome is not None else []
    places += [f"saved as {arguments.project}"] if arguments.project is not None else []
    print(f"{path.name}: {parts} {', '.join(places)} ({', '.join(figures)})")


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _tell_of_files(outcome: Outcome, before: list[str]) -> None:
    """Say what else there is to know about the files."""
    written = outcome.names
    stale = names_there(outcome.order.folder, sorted(set(before) - set(written)))
    if stale:
        print(f"Still there from before, and not part of it: {', '.join(stale)}")
    clipped = [part.file for part in outcome.exported.stems if part.clipped]
    if clipped:
        print(
            f"isnmf: clipped at full scale: {', '.join(clipped)}; --format wav keeps all",
            file=sys.stderr,
        )
