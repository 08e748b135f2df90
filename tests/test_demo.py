"""The demo recording through the program: how well the presets separate it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from isnmf_gui.paths import demo_recording
from tests.metrics import oracle_si_sdr_improvement
from tests.mixtures.demo import STEMS
from tests.programs import isnmf

# The mean over the stems in dB may not fall below these. Measured: 9.8 and 13.7.
FLOORS_DB = {"fast": 8.5, "quality": 12.0}


@dataclass
class Separated:
    """What a preset made of the demo."""

    report: dict[str, Any]
    improvement_db: NDArray[np.float64]


def read(path: Path) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = soundfile.read(path, dtype="float32", always_2d=True)[0]
    return samples


@pytest.fixture(scope="module", params=FLOORS_DB)
def separated(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Separated:
    folder = tmp_path_factory.mktemp(request.param)
    demo = demo_recording()
    arguments = ("separate", demo, "--out", "out", "--preset", request.param)
    done = isnmf(*arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads((folder / "out" / "report.json").read_text())
    parts = np.stack([read(folder / "out" / part["file"]) for part in report["components"]])
    stems = np.stack([read(demo.parent / "stems" / f"{name}.flac") for name in STEMS])
    return Separated(report, oracle_si_sdr_improvement(parts, stems, read(demo)))


def test_the_parts_add_up_to_the_demo(separated: Separated) -> None:
    assert separated.report["null_test_db"] < -120


def test_the_loss_falls(separated: Separated) -> None:
    loss = np.array(separated.report["loss"])
    assert np.all(np.diff(loss) <= 1e-6 * loss[:-1])


def test_the_stems_are_found_again(
    separated: Separated,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    """Components grouped by an oracle are so much closer to the stems than the mixture is."""
    name = request.node.callspec.params["separated"]
    figures = dict(zip(STEMS, separated.improvement_db.round(2).tolist(), strict=True))
    mean_db = float(separated.improvement_db.mean())
    record_property("si_sdr_improvement_db", figures)
    record_property("mean_si_sdr_improvement_db", round(mean_db, 2))
    print(f"{name}: SI-SDR improvement {mean_db:.2f} dB on average, {figures}")
    assert mean_db > FLOORS_DB[name], figures
