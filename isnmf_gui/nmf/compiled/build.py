"""Building the library of compiled code with the C compiler of the machine.

`python isnmf_gui/nmf/compiled/build.py` builds it in place. Only the standard library is used:
this runs while the package is being installed.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LIBRARY_NAME = "walk.dll" if os.name == "nt" else "walk.so"
FLAGS = (
    *("-O3", "-std=gnu11", "-fPIC", "-fvisibility=hidden"),
    *("-fno-math-errno", "-fno-trapping-math", "-Wno-psabi"),
)
# One walk for each instruction set; the library chooses when it runs.
X86_SETS = {"avx2": ("-mavx2", "-mfma"), "avx512": ("-mavx512f", "-mavx512dq", "-mfma")}


class BuildError(Exception):
    """The library could not be built; the program works without it."""


def compiler() -> list[str]:
    """Return the command of a C compiler that knows GCC's vector types.

    Raises
    ------
    BuildError
        If there is none.
    """
    if os.environ.get("CC"):
        return shlex.split(os.environ["CC"])
    usual = (sysconfig.get_config_var("CC") or "cc").split()[0]
    for name in (usual, "cc", "gcc", "clang"):
        if shutil.which(name):
            return [name]
    raise BuildError("no C compiler (gcc or clang) was found")


def instruction_sets() -> dict[str, tuple[str, ...]]:
    """Return the instruction sets to compile for, with the compiler's options."""
    # GCC aligns the stack too little for wide vectors on Windows (its bug 54412).
    is_x86 = os.name != "nt" and platform.machine().lower() in ("x86_64", "amd64")
    return {"plain": (), **(X86_SETS if is_x86 else {})}


def interface() -> int:
    """Return a number of the sources, which the library is asked for when it is loaded."""
    sources = sorted((*FOLDER.glob("*.c"), *FOLDER.glob("*.h")))
    return zlib.crc32(b"".join(path.read_bytes() for path in sources))


def current(folder: Path = FOLDER) -> Path | None:
    """Return the library that is there, if it was built here from what there is now."""
    path = folder / LIBRARY_NAME
    try:
        number = ctypes.CDLL(str(path)).isnmf_interface
        number.restype = ctypes.c_int64
        is_newer = path.stat().st_mtime > Path(__file__).stat().st_mtime
        return path if is_newer and number() == interface() else None
    except (OSError, AttributeError):
        return None


def build(folder: Path = FOLDER) -> Path:
    """Build the library.

    Parameters
    ----------
    folder : Path
        Where to put it.

    Returns
    -------
    Path
        The library.

    Raises
    ------
    BuildError
        If that did not work.
    """
    try:
        return _build(folder)
    except (OSError, ValueError) as error:  # a folder that is read-only, a CC with odd quotes
        raise BuildError(str(error)) from error


def _build(folder: Path) -> Path:
    (folder / LIBRARY_NAME).unlink(missing_ok=True)  # better none than one of other sources
    cc = compiler()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        jobs = {"library": ["library.c"]}
        for isa, options in instruction_sets().items():
            jobs[isa] = ["walk.c", f"-DISA={isa}", *options]

        def compile_one(job: str) -> str:
            source, *options = jobs[job]
            target = str(scratch / f"{job}.o")
            files = ("-c", str(FOLDER / source), "-o", target)
            _run([*cc, *FLAGS, f"-DINTERFACE={interface()}", *options, *files])
            return target

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(compile_one, jobs))
        linked = scratch / LIBRARY_NAME
        _run([*cc, "-shared", "-s", *objects, "-lm", "-o", str(linked)])
        # Renamed into place: a program that runs keeps the one it has loaded.
        fresh = folder / (LIBRARY_NAME + ".new")
        shutil.copyfile(linked, fresh)
        return fresh.replace(folder / LIBRARY_NAME)


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise BuildError(f"{command[0]}: {error}") from error
    except subprocess.CalledProcessError as error:
        raise BuildError(f"{shlex.join(command)}\n{error.stderr}") from error


if __name__ == "__main__":
    try:
        print(build())
    except BuildError as problem:
        sys.exit(f"not built: {problem}")
