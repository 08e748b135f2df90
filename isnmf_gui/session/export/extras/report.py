"""The report beside exported files: what was done, and how well the parts add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from isnmf_gui import __version__
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.stems.export_stems import Exported, ExportedStem

REPORT_NAME = "report.json"


def report(run: Run, mask: str, exported: Exported) -> dict[str, Any]:
    """Return the report of an export, ready for JSON."""
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
        "other_stems": [_described(it) for it in others],
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
        "peak": part.peak,
        "clipped": part.clipped,
        "gain_db": part.gain_db,
    }


def write_report(path: Path, run: Run, mask: str, exported: Exported) -> None:
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
        What was written.
    """
    text = json.dumps(report(run, mask, exported), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
