"""The control groups that this process is in, which limit what it may use (Linux)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def group_folders(root: Path, controller: str) -> Iterator[tuple[int, Path]]:
    """Yield the folders of the groups that limit a resource, the process's own first.

    Parameters
    ----------
    root : Path
        Where `proc` and `sys` are: "/", but for tests.
    controller : str
        What is limited: "cpu" or "memory".

    Yields
    ------
    version : int
        1 or 2: what files the folder has.
    folder : Path
        It need not exist: in a container the names are those of the system around it.
    """
    for line in text_of(root / "proc/self/cgroup").splitlines():
        _, controllers, name = line.split(":", 2)
        base = root / "sys/fs/cgroup"
        version = 1 if controllers else 2
        if version == 1:
            if controller not in controllers.split(","):
                continue
            base /= controller
        group = base / name.strip("/")
        for folder in (group, *group.parents[: len(group.parts) - len(base.parts)]):
            yield version, folder


def text_of(path: Path) -> str:
    """Return what a small file holds; "" if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
