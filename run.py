#!/usr/bin/env python3
"""Start isnmf-gui, test, measure or build it, on a machine that has nothing but Python.

    python3 run.py [RECORDING]        the window, on the demo recording if none is named
    python3 run.py test [PYTEST ...]  every check of the project, or pytest with these arguments;
                                      --cov measures which lines the tests reach
    python3 run.py bench [OPTION ...] how fast it is; --json FILE writes the figures down, --quick
                                      takes seconds instead of minutes, --help tells of the rest
    python3 run.py build [FOLDER]     wheel, sdist, and a folder with the program that needs no
                                      Python, into dist/ or the folder that is named
    python3 run.py translate          bring the translations up to date with the program's texts
    python3 run.py monkey [OPTION ...] 20,000 random deeds in the window; --seed N repeats them,
                                      --closings 200 opens and closes it instead
    python3 run.py fuzz [OPTION ...]  10,000 spoiled recordings and projects; --seed N repeats them

Only the standard library is used here: this file makes `.venv` and fills it from the lock files.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
COMPILED = ROOT / "isnmf_gui" / "nmf" / "compiled"
DEMO = ROOT / "resources" / "demo" / "demo.flac"
TRANSLATIONS = ROOT / "resources" / "translations"
OLDEST_PYTHON = (3, 11)

# What the wheels of Qt and sounddevice do not carry themselves on Debian and its relatives.
# "a|b": the package changed its name between releases.
RUN_PACKAGES = [
    "libportaudio2",
    "libasound2-plugins",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0t64|libglib2.0-0",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "fonts-dejavu-core",
    # For the engine's compiled loop; without them numpy does its work.
    "gcc|clang",
    "libc6-dev",
]
# What PyInstaller reads libraries with; and Debian's Python as a library, which it takes along.
BUILD_PACKAGES = ["binutils"]
if sys.base_prefix == "/usr":
    BUILD_PACKAGES.append("libpython{}.{}".format(*sys.version_info))
TEST_PACKAGES = [
    *("xvfb", "xdotool", "pulseaudio", "pulseaudio-utils"),
    *("desktop-file-utils", "appstream", "shared-mime-info", "libglib2.0-bin"),
]
# What jobs need that do more than run the program.
NEEDS = {
    "build": (RUN_PACKAGES + BUILD_PACKAGES, "requirements-test.lock"),
    "test": (RUN_PACKAGES + BUILD_PACKAGES + TEST_PACKAGES, "requirements-test.lock"),
    "monkey": (RUN_PACKAGES + TEST_PACKAGES, "requirements-test.lock"),
    "fuzz": (RUN_PACKAGES + TEST_PACKAGES, "requirements-test.lock"),
}

#: Jobs that are modules.
MODULES = {"bench": "tests.benchmarks", "monkey": "tests.monkey", "fuzz": "tests.fuzz"}

CHECKS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports"],
    # One more than there are cores: tests of sound, of programs and of signals wait a good deal.
    ["pytest", f"--numprocesses={min((os.cpu_count() or 1) + 1, 4)}"],
)


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def main(arguments: list[str]) -> int:
    """Prepare the environment, then start the program, or test, measure or build it."""
    if sys.version_info < OLDEST_PYTHON:
        say(f"isnmf-gui needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")
        return 2
    if arguments[:1] in (["-h"], ["--help"]):
        say(__doc__ or "")
        return 0
    job = arguments[0] if arguments else ""
    system_packages, lock = NEEDS.get(job, (RUN_PACKAGES, "requirements.lock"))
    install_system_packages(system_packages)
    try:
        install_python_packages(lock)
    except subprocess.CalledProcessError as error:
        say(f"Could not install the program's packages: {shlex.join(map(str, error.cmd))} failed.")
        return 1
    if job == "test":
        return run_tests(arguments[1:])
    if job == "build":
        return build(Path(arguments[1] if arguments[1:] else ROOT / "dist").absolute())
    if job == "translate":
        return translate()
    if job in MODULES:
        return run_module(MODULES[job], arguments[1:])
    return start(arguments)


# -- system packages --------------------------------------------------------------------------


def install_system_packages(wanted: list[str]) -> None:
    """Install missing Debian packages where that is allowed; otherwise print the command."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    if not has_venv_module():
        wanted = [*wanted, f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
    missing = [names for names in wanted if not is_installed(names)]
    if not missing:
        return
    packages = [available_name(names) for names in missing]
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    prefix = privilege()
    if prefix is None:
        say("Some system libraries are missing. To install them, run:")
        say("  sudo " + shlex.join(command))
        return
    say("Installing system libraries: " + " ".join(packages))
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    if quietly([*environment, *command]) != 0:
        quietly([*environment, "apt-get", "update"])
        packages = [available_name(names) for names in missing]
        command[4:] = packages
        if quietly([*environment, *command], show_errors=True) != 0:
            say("That did not work. To try it by hand, run:")
            say("  sudo apt-get update && sudo " + shlex.join(command))


def has_venv_module() -> bool:
    """Debian's Python comes without the part that makes virtual environments."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def is_installed(names: str) -> bool:
    """Tell whether any of the alternative packages `a|b` is installed."""
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}\n", *names.split("|")]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return "installed" in answer.stdout.split("\n")


def available_name(names: str) -> str:
    """Return the first of the alternative packages `a|b` that this release knows."""
    alternatives = names.split("|")
    for name in alternatives[:-1]:
        known = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if known.returncode == 0 and known.stdout:
            return name
    return alternatives[-1]


def privilege() -> list[str] | None:
    """Return the words before a command that needs root, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def quietly(command: list[str], show_errors: bool = False) -> int:
    """Run a command, showing what it printed only if it failed and that is wanted."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0 and show_errors:
        say(done.stdout.strip())
    return done.returncode


# -- Python packages --------------------------------------------------------------------------


def install_python_packages(lock: str) -> None:
    """Make `.venv` and install what the lock file names, unless that has been done before."""
    python = SCRIPTS / "python"
    for enough in (lock, "requirements-test.lock"):  # the tests' packages include the program's
        stamp = VENV / f"{enough}.installed"
        if stamp.is_file() and stamp.read_text() == fingerprint(enough):
            return
    base = VENV / "base"
    if not base.is_file() or base.read_text() != interpreter():
        say(f"Making {VENV.name} with Python {sys.version.split()[0]} ...")
        make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        subprocess.run(make, check=True)
        base.write_text(interpreter())
    say(f"Installing the packages of {lock} (once; this can take a minute) ...")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(ROOT / lock)], check=True)
    own = [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    subprocess.run(own, check=True)
    (VENV / f"{lock}.installed").write_text(fingerprint(lock))


def interpreter() -> str:
    """Describe what a virtual environment depends on: this Python and this folder."""
    return f"{sys.version}\n{sys.base_prefix}\n{ROOT}\n"


def fingerprint(lock: str) -> str:
    """Describe an installation: it is redone when any of this has changed."""
    digest = hashlib.sha256(interpreter().encode())
    for path in (ROOT / lock, ROOT / "pyproject.toml", *sorted(COMPILED.glob("*.[ch]"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


# -- the program, its tests, benchmarks and builds ----------------------------------------------


def start(arguments: list[str]) -> int:
    """Open the window, or do the same job without one where no display exists."""
    recording = arguments or [str(DEMO)]
    if has_display():
        return replace_process([str(SCRIPTS / "python"), "-m", "isnmf_gui.gui.app", *recording])
    out = Path.cwd() / "separated"
    say(f"No display was found, so there is no window: separating into {out} instead.")
    say("(With a display, the same command opens the program's window.)")
    command = [str(SCRIPTS / "python"), "-m", "isnmf_gui.cli", "separate"]
    return replace_process([*command, "--out", str(out), "--pictures", *recording])


def has_display() -> bool:
    """Tell whether a window can be shown: a variable alone may point to a display long gone."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and can_connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / wayland)):
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    if not number:
        return False
    screen = number.split(".")[0]
    if host not in ("", "unix"):
        return True  # a forwarded display: Qt itself will tell
    path = f"/tmp/.X11-unix/X{screen}"
    return can_connect(path) or can_connect("\0" + path)


def can_connect(path: str) -> bool:
    """Tell whether something listens on a local socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(path)
        except OSError:
            return False
    return True


def replace_process(command: list[str]) -> int:
    """Run the command in place of this process, so that signals and exit codes are its own."""
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


def run_tests(arguments: list[str]) -> int:
    """Run every check, or only pytest where arguments for it are given."""
    failed = []
    for check in [["pytest", *arguments]] if arguments else CHECKS:
        say("== " + shlex.join(check))
        command = [str(SCRIPTS / check[0]), *check[1:]]
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(shlex.join(check))
    if failed:
        say("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def build(folder: Path) -> int:
    """Build everything that can be given to others."""
    try:
        build_packages(folder)
        build_program(folder)
    except subprocess.CalledProcessError as error:
        say(f"Could not build: {shlex.join(map(str, error.cmd))} failed.")
        return 1
    say(f"Built into {folder}: " + ", ".join(sorted(it.name for it in folder.iterdir())))
    return 0


def build_packages(folder: Path) -> None:
    """Build the wheel and the sdist."""
    hatchling = [str(SCRIPTS / "python"), "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*hatchling, "-t", "wheel", "-t", "sdist"], cwd=ROOT, check=True)


def build_program(folder: Path) -> None:
    """Build the folder `isnmf-gui`, whose programs need no Python."""
    with tempfile.TemporaryDirectory() as scratch:
        pyinstaller = [str(SCRIPTS / "python"), "-m", "PyInstaller", "--log-level", "ERROR"]
        places = ["--noconfirm", "--distpath", str(folder), "--workpath", scratch]
        spec = str(ROOT / "bundle" / "isnmf-gui.spec")
        subprocess.run([*pyinstaller, *places, spec], cwd=ROOT, check=True)


def run_module(module: str, arguments: list[str]) -> int:
    """Run a module; files that are named lie in the current folder, so that must not change."""
    others = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT) if not others else f"{ROOT}{os.pathsep}{others}"
    # -P: a package called tests in the current folder is somebody else's.
    return replace_process([str(SCRIPTS / "python"), "-P", "-m", module, *arguments])


# -- translations -----------------------------------------------------------------------------


def translate() -> int:
    """Write new texts into every .ts file, take old ones out, and make the .qm files."""
    for ts in sorted(TRANSLATIONS.glob("*.ts")):
        for command in (update_command(ts), release_command(ts, ts.with_suffix(".qm"))):
            code = subprocess.run(command, cwd=ROOT, check=False).returncode
            if code != 0:
                return code
    return 0


def update_command(ts: Path) -> list[str]:
    """Return the command that brings a .ts file up to date with the program's texts."""
    sources = sorted(map(str, (ROOT / "isnmf_gui").rglob("*.py")))
    options = ["-noobsolete", "-locations", "none", "-source-language", "en"]
    options += ["-tr-function-alias", "tr+=N_"]  # what constants are marked with
    return [str(SCRIPTS / "pyside6-lupdate"), *options, *sources, "-ts", str(ts)]


def release_command(ts: Path, qm: Path) -> list[str]:
    """Return the command that makes of a .ts file what the program reads."""
    return [str(SCRIPTS / "pyside6-lrelease"), "-fail-on-unfinished", str(ts), "-qm", str(qm)]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
