"""The house stays one in which everything is found: no long files, no crowded rooms."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "isnmf_gui"
ROOMS = sorted({path.parent for path in PACKAGE.rglob("*.py")})
MOST_LINES, MOST_FILES = 400, 16


def crowded(room: Path) -> list[str]:
    """Return what is too much in a folder: lines of a file, or files."""
    files = sorted(path for path in room.glob("*.py") if path.name != "__init__.py")
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    found = [f"{path.name}: {n} lines" for path, n in lengths.items() if n > MOST_LINES]
    return found if len(files) <= MOST_FILES else [*found, f"{len(files)} files"]


@pytest.mark.parametrize("room", ROOMS, ids=lambda it: it.relative_to(PACKAGE.parent).as_posix())
def test_no_room_is_crowded(room: Path) -> None:
    assert crowded(room) == []


def test_a_crowded_room_is_seen(tmp_path: Path) -> None:
    for number in range(17):
        (tmp_path / f"m{number}.py").write_text("a = 1\n" * (401 if number == 5 else 400))
    (tmp_path / "__init__.py").touch()
    assert crowded(tmp_path) == ["m5.py: 401 lines", "17 files"]
