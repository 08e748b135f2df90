"""The report beside exported files: what was done, and how well the parts add up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from isnmf_gui import __version__
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.stems.export_stems import Exported, ExportedStem

REPORT_NAME = "report.json"


def report(
    run: Run, mask: str, exported: Exported, other_files: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the report of an export, ready for JSON.

    Parameters
    ----------
    run : Run
        What was exported.
    mask : {"wiener", "ratio"}
        How parts were cut out.
    exported : Exported
        What was written as sound.
    other_files : sequence of str, optional
        Names of what was written beside it.

    Returns
    -------
    dict
        Of plain values; all numbers are finite.
    """
    separation = run.separation
    recording, factorization = separation.recording, separation.factorization
    components = [it for it in exported.stems if it.stem.kind == "component"]
    others = [it for it in exported.stems if it.stem.kind != "component"]
    return {
        "program": f"isnmf-gui {__version__}",
        "recording": {
            "file": recording.name.encode(errors="replace").decode(),  # old names are no UTF-8
            "sample_rate_hz": recording.sample_rate,
            "n_channels": recording.n_channels,
            "n_samples": recording.n_samples,
            "duration_s": recording.duration_s,
            "is_silent": recording.is_silent,
            "notice": recording.notice.encode(errors="replace").decode(),
        },
        "region_s": list(separation.region_s) if separation.region_s else None,
        "settings": separation.settings.as_dict() | {"mask": mask},
        "loss": factorization.loss.tolist(),
        "n_iterations": factorization.n_iterations,
        "stopped": factorization.stopped,
        "restarts": factorization.restarts,
        "seconds": separation.seconds,
        "components": [_described(it) for it in components],
        "sources": [_described(it) for it in others if it.stem.kind in ("source", "unassigned")],
        "other_stems": [_described(it) for it in others],
        "other_files": list(other_files),
        "null_test_db": exported.null_test_db,
        "null_tests_db": exported.null_tests_db,
        "residual_is_empty": exported.residual_is_empty,
    }


def _described(part: ExportedStem) -> dict[str, Any]:
    return {
        "file": part.file,
        "kind": part.stem.kind,
        "name": part.stem.name,
        "energy_db": round(part.energy_db, 3),
        "share": None if part.share is None else round(part.share, 6),
        "peak": part.peak,
        "clipped": part.clipped,
        "gain_db": part.gain_db,
    }


def files_reported(path: Path) -> list[str]:
    """Return the names of the files that a report tells of; none where there is no report.

    Parameters
    ----------
    path : Path
        Of the report, which anybody may have changed.

    Returns
    -------
    list of str
        Names without folders.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        stems = [*told["components"], *told["other_stems"]]
        names = [*(stem["file"] for stem in stems), *told.get("other_files", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str) and name == Path(name).name]


def write_report(
    path: Path, run: Run, mask: str, exported: Exported, other_files: Sequence[str] = ()
) -> None:
    """Write the report as JSON, UTF-8.

    Parameters
    ----------
    path : Path
        Of the file.
    run : Run
        What was exported.
    mask : {"wiener", "ratio"}
        How parts were cut out.
    exported : Exported
        What was written as sound.
    other_files : sequence of str, optional
        Names of what was written beside it.
    """
    told = report(run, mask, exported, other_files)
    text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
