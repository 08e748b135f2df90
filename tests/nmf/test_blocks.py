"""How many cores a run may use: what the system has, and what this process may have of it."""

import os
from pathlib import Path

import pytest

from isnmf_gui.nmf import available_cores, blocks


@pytest.mark.parametrize(
    ("limit", "cores"),
    [
        ("max 100000", 8),
        ("350000 100000", 3),
        ("50000 100000", 1),
        ("1600000 100000", 8),
        ("not a limit", 8),
        (None, 8),
    ],
)
def test_a_container_limits_the_cores(limit, cores, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "cpu.max"
    if limit is not None:
        file.write_text(f"{limit}\n")
    monkeypatch.setattr(blocks, "CGROUP_LIMIT", file)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: range(8), raising=False)
    assert available_cores() == cores


def test_a_system_without_affinity_counts_all_cores(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(blocks, "CGROUP_LIMIT", tmp_path / "none")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert available_cores() == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores() == 1
