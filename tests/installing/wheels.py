"""Wheels made again of what is installed, which came from the lock with its hashes."""

import csv
import io
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

#: What an sdist is built with, and what pipx shares among its environments.
TOOLS = ("pip", "hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers")
# What pip adds when it installs.
ADDED = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")


def locked_names(lock: Path) -> list[str]:
    """Return the packages of a lock that are installed on this system."""
    lines = lock.read_text().splitlines()
    names = {line.split("==")[0] for line in lines if line and line[0] not in "# "}
    return sorted(name for name in names if is_installed(name))


def is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def repack(name: str, folder: Path) -> Path:
    """Make a wheel of an installed package: quickly, so nothing is compressed."""
    package = distribution(name)
    stem = f"{package.name.replace('-', '_')}-{package.version}"
    path = folder / f"{stem}-{tag(package)}.whl"
    files = [
        file
        for file in package.files or ()
        if file.parts[0] != ".." and file.suffix != ".pyc" and file.name not in ADDED
    ]
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file.locate(), str(file))
        record = next(file for file in package.files or () if file.name == "RECORD")
        lines = io.StringIO()
        csv.writer(lines).writerows((file, "", "") for file in [*files, record])
        archive.writestr(str(record), lines.getvalue())
    return path


def tag(package: Distribution) -> str:
    """Return for which Pythons and systems a package was made, as its wheel's name said."""
    lines = (package.read_text("WHEEL") or "").splitlines()
    tags = [line.removeprefix("Tag: ").split("-") for line in lines if line.startswith("Tag: ")]
    return "-".join(".".join(dict.fromkeys(parts)) for parts in zip(*tags, strict=True))
