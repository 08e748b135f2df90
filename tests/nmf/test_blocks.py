"""How many cores a run may use, and how many threads BLAS has meanwhile."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from isnmf_gui.nmf import available_cores, single_threaded_blas


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: range(8), raising=False)


def system(root: Path, groups: str, files: dict[str, str]) -> Path:
    """Write what Linux tells of a process's control groups."""
    for name, text in {"proc/self/cgroup": groups, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("limit", "cores"),
    [
        ("max 100000", 8),
        ("350000 100000", 3),
        ("50000 100000", 1),
        ("1600000 100000", 8),
        ("not a limit", 8),
        ("100000 0", 8),
        ("", 8),
    ],
)
def test_a_container_limits_the_cores(limit, cores, tmp_path: Path) -> None:
    files = {"sys/fs/cgroup/cpu.max": f"{limit}\n"}
    assert available_cores(system(tmp_path, "0::/\n", files)) == cores


@pytest.mark.parametrize("limited", ["jobs.slice", "jobs.slice/one.scope"])
def test_the_limits_of_all_control_groups_count(limited, tmp_path: Path) -> None:
    at = "sys/fs/cgroup"
    files = {f"{at}/{it}/cpu.max": "max 100000\n" for it in ("jobs.slice", "jobs.slice/one.scope")}
    files[f"{at}/{limited}/cpu.max"] = "200000 100000\n"
    assert available_cores(system(tmp_path, "0::/jobs.slice/one.scope\n", files)) == 2


def test_control_groups_of_version_1(tmp_path: Path) -> None:
    at = "sys/fs/cgroup/cpu"
    files = {
        f"{at}/cpu.cfs_quota_us": "-1\n",
        f"{at}/cpu.cfs_period_us": "100000\n",
        f"{at}/docker/cpu.cfs_quota_us": "300000\n",
        f"{at}/docker/cpu.cfs_period_us": "100000\n",
    }
    groups = "5:cpu,cpuacct:/docker/gone\n4:cpuset:/docker\n0::/\n"
    assert available_cores(system(tmp_path, groups, files)) == 3


def test_a_system_without_affinity_counts_all_cores(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert available_cores(tmp_path) == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores(tmp_path) == 1


def blas_threads() -> set[int]:
    return {it["num_threads"] for it in threadpool_info() if it["user_api"] == "blas"}


def test_whom_no_thread_was_started_for_is_no_user_of_blas(monkeypatch) -> None:
    before = blas_threads()
    with monkeypatch.context() as short_of_threads:
        short_of_threads.setattr(ThreadPoolExecutor, "submit", _no_thread)
        with pytest.raises(RuntimeError, match="thread"), single_threaded_blas():
            pass
    with single_threaded_blas():
        assert blas_threads() == {1}
    assert blas_threads() == before


def _no_thread(*_args: object) -> None:
    raise RuntimeError("can't start new thread")
