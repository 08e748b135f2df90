"""Running the installed program, and code under conditions that a test process cannot take on."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ISNMF = Path(sys.executable).with_name("isnmf")


def environment(**changes: str | None) -> dict[str, str]:
    """Return this process's variables with some set, or removed where the value is None."""
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **changes}
    return {name: value for name, value in variables.items() if value is not None}


def load(path: Path) -> ModuleType:
    """Return a script as a module."""
    specification = importlib.util.spec_from_file_location("run_script", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def run(
    command: list[str | Path], cwd: Path, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it says."""
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment() if variables is None else variables,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def isnmf(
    *arguments: str | Path, cwd: Path, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed console script."""
    return run([ISNMF, *arguments], cwd, variables)


def python_json(code: str, *arguments: str | Path, cwd: Path, prefix: tuple[str, ...] = ()) -> Any:
    """Run Python code in a process of its own and return the JSON that it prints."""
    done = run([*prefix, sys.executable, "-c", code, *arguments], cwd)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


#: Python code that gives up what root may do and others may not. To be run after the imports,
#: for the packages may lie where only root can read.
DROP_PRIVILEGES = """
import os
if os.geteuid() == 0:
    try:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    except PermissionError:
        pass  # root by name only, as in some containers
"""

#: Python code that makes every file end at 20 kB, as on a full disk.
SMALL_FILES = """
import os, resource, signal
os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # what coverage writes down needs more
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
"""
