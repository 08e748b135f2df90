"""The report beside exported components: what was done, and how well the parts add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from isnmf_gui import __version__
from isnmf_gui.session.export import Exported
from isnmf_gui.session.separation import Separation

REPORT_NAME = "report.json"


def report(separation: Separation, exported: Exported) -> dict[str, Any]:
    """Return the report of an export, ready for JSON."""
    recording, factorization = separation.recording, separation.factorization
    return {
        "program": f"isnmf-gui {__version__}",
        "recording": {
            "file": recording.name.encode(errors="replace").decode(),  # old names are no UTF-8
            "sample_rate_hz": recording.sample_rate,
            "n_channels": recording.n_channels,
            "n_samples": recording.n_samples,
            "duration_s": recording.duration_s,
            "is_silent": recording.is_silent,
        },
        "region_s": list(separation.region_s) if separation.region_s else None,
        "settings": separation.settings.as_dict(),
        "loss": factorization.loss.tolist(),
        "n_iterations": factorization.n_iterations,
        "stopped": factorization.stopped,
        "restarts": factorization.restarts,
        "seconds": separation.seconds,
        "components": [
            {
                "file": part.file,
                "energy_db": round(part.energy_db, 3),
                "peak": part.peak,
                "clipped": part.clipped,
            }
            for part in exported.parts
        ],
        "null_test_db": exported.null_test_db,
    }


def write_report(path: Path, separation: Separation, exported: Exported) -> None:
    """Write the report as JSON, UTF-8."""
    text = json.dumps(report(separation, exported), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
