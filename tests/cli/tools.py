"""Calling the command line, and reading what it says and writes."""

import json
import os
from pathlib import Path
from typing import Any

from isnmf_gui.cli import main


def parts_of(recording: str) -> list[str]:
    """Return the names of the files of three components."""
    return [f"{recording} - Component {number:02d}.wav" for number in (1, 2, 3)]


QUICK = ("--bases", "3", "--iterations", "3")
PARTS = parts_of("8 kHz mono")


def report_of(folder: Path) -> dict[str, Any]:
    """Read a report as strict JSON, which knows no NaN and no infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in the report")

    text = (folder / "report.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return report


def names_in(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def one_line(stderr: str) -> str:
    """Check that this is a single line for people, and return it."""
    assert stderr.count("\n") == 1, stderr
    assert stderr.endswith("\n")
    assert stderr.startswith("isnmf")
    assert "Traceback" not in stderr
    return stderr.rstrip("\n")


def settings_of(report: dict[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = report["settings"]
    return settings


def called(arguments: list[str]) -> int:
    """Call the command line as the console script does and return its exit code."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
