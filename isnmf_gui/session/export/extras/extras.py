"""What can be written beside the sound: factors, pictures, tables, reports."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np

from isnmf_gui.session.document.component_factors import terms_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.extras.html_report import write_page
from isnmf_gui.session.export.extras.picture_files import write_component_picture
from isnmf_gui.session.export.extras.report import REPORT_NAME, write_report
from isnmf_gui.session.export.extras.tables import loss_table, write_csv
from isnmf_gui.session.export.file_names import file_stems
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.texts import N_

FACTORS_NAME, LOSS_NAME, PAGE_NAME = "factors.npz", "loss.csv", "report.html"

#: What they are called, by key.
EXTRAS = {
    "page": N_("Report to look at and listen to (report.html)"),
    "pictures": N_("Picture of every component (.png)"),
    "factors": N_("Bases and activations (factors.npz)"),
    "loss": N_("Loss after every iteration (loss.csv)"),
    "report": N_("Settings and figures (report.json)"),
}


def extra_names(extras: Collection[str], run: Run, pattern: str) -> list[str]:
    """Return the names of the files that extras are."""
    single = {"page": PAGE_NAME, "factors": FACTORS_NAME, "loss": LOSS_NAME, "report": REPORT_NAME}
    names = [single[extra] for extra in EXTRAS if extra in extras and extra in single]
    return [*(picture_names(run, pattern) if "pictures" in extras else []), *names]


def write_extras(
    extras: Collection[str],
    run: Run,
    mask: str,
    pattern: str,
    exported: Exported,
    files: FileSet,
    on_progress: OnProgress | None = None,
) -> None:
    """Write what is wanted beside the sound.

    Parameters
    ----------
    extras : collection of str
        Keys of `EXTRAS`.
    run : Run
        What was exported.
    mask : {"wiener", "ratio"}
        How parts were cut out of the recording.
    pattern : str
        Of the names of the components' pictures, as of the sound.
    exported : Exported
        What was written as sound.
    files : FileSet
        With it; not complete yet.
    on_progress : callable, optional
        Called with the share done; False stops.

    Raises
    ------
    OSError
        If a file cannot be written; the set says it in a sentence.
    Stopped
        If `on_progress` said so.
    """
    meter = Meter(on_progress, len(extras))
    write = {
        "page": lambda: write_page(files.new(PAGE_NAME), run, mask, exported, files, meter),
        "pictures": lambda: write_pictures(run, pattern, files, meter),
        "factors": lambda: write_factors(files.new(FACTORS_NAME), run),
        "loss": lambda: _write_loss(files.new(LOSS_NAME), run, meter),
        "report": lambda: _write_report(extras, run, mask, pattern, exported, files),
    }
    for extra in EXTRAS:
        if extra in extras:
            write[extra]()
            meter.next_step()
            meter(0.0)


def _write_loss(path: Path, run: Run, meter: Meter) -> None:
    curve = (run.name, run.separation.factorization.loss)
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(loss_table([curve]), file, meter.within)


def _write_report(
    extras: Collection[str], run: Run, mask: str, pattern: str, exported: Exported, files: FileSet
) -> None:
    others = [name for name in extra_names(extras, run, pattern) if name != REPORT_NAME]
    write_report(files.new(REPORT_NAME), run, mask, exported, others)


def picture_names(run: Run, pattern: str) -> list[str]:
    """Return the names of the components' pictures, in their order."""
    recording = run.separation.recording
    return [
        f"{name}.png" for name in file_stems(component_stems(run), pattern, recording.path.stem)
    ]


def write_pictures(run: Run, pattern: str, files: FileSet, meter: Meter) -> None:
    """Draw every component's spectrogram.

    Parameters
    ----------
    run : Run
        Whose components, as they are now.
    pattern : str
        Of the names.
    files : FileSet
        Entered; takes the pictures.
    meter : Meter
        Told of each picture that is done.
    """
    names = picture_names(run, pattern)
    for place, (name, component) in enumerate(zip(names, run.components, strict=True)):
        write_component_picture(files.new(name), run, component)
        meter(place / len(names))


def write_factors(path: Path, run: Run) -> None:
    """Write bases and activations as they are now, for numpy; holds nothing but numbers and text.

    The arrays are `basis` (n_bins, n), `activation` (n, n_frames), `component` (n,), `domain`,
    `sample_rate`, `hop_samples`, `window_samples`, `window`, and `names` and `sources` of the
    components. A component that was merged has several columns: number k of `names` is
    `basis[:, component == k] @ activation[component == k]`.
    """
    separation = run.separation
    terms = [(place, term) for place, it in enumerate(run.components) for term in terms_of(run, it)]
    like = separation.factorization
    basis = np.stack([term.basis for _, term in terms], axis=1) if terms else like.basis[:, :0]
    activation = np.stack([term.activation for _, term in terms]) if terms else like.activation[:0]
    settings = separation.settings
    with path.open("wb") as file:  # numpy would add an ending to the temporary name
        np.savez(
            file,
            basis=basis,
            activation=activation,
            component=np.array([place for place, _ in terms], np.intp),
            domain=settings.domain,
            sample_rate=separation.recording.sample_rate,
            hop_samples=settings.hop_samples,
            window_samples=settings.window_samples,
            window="hann",
            names=np.array([it.name for it in run.components], dtype=np.str_),
            sources=np.array([run.source(it.source_id).name for it in run.components], np.str_),
        )
