"""Draw who may import whom, from what is checked: `python docs/make_architecture.py`.

The rooms and floors are those of the contracts in pyproject.toml, which `lint-imports` holds the
code to; what a room is for is the first line of its package. So the picture cannot lie.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, FLOOR, GAP = 1000, 54, 8
LETTER, NAME_LETTER = 6.2, 8.2  # pixels, of what is written small, and of names
STYLE = """
.page{fill:#fff}.name{font-weight:bold;fill:#1c1b22}.dim{fill:#55545e;font-size:11px}
.house{fill:none;stroke:#77767f;stroke-width:1.2;stroke-dasharray:5 3}.room{stroke-width:1.4}
.gui{fill:#efe7fb;stroke:#6b2fb3}.cli{fill:#efe7fb;stroke:#6b2fb3}
.session{fill:#dff1f4;stroke:#0f7286}.playback{fill:#dff1f4;stroke:#0f7286}
.spectral{fill:#fbeadb;stroke:#b5520a}.nmf{fill:#fbeadb;stroke:#b5520a}.base{fill:#ececef;stroke:#77767f}
@media (prefers-color-scheme:dark){.page{fill:#1c1b22}.name{fill:#f0eff4}.dim{fill:#bdbcc6}
.house{stroke:#9b9aa5}.gui,.cli{fill:#3a2a55;stroke:#b98cf2}
.session,.playback{fill:#163c44;stroke:#5fc9dc}.spectral,.nmf{fill:#46301c;stroke:#f0a45c}
.base{fill:#33323b;stroke:#9b9aa5}}
"""


@dataclass(frozen=True)
class House:
    """A package whose rooms stand on floors.

    Attributes
    ----------
    name : str
        Of the package, within isnmf_gui.
    floors : list of list of str
        Rooms, from the top floor down.
    """

    name: str
    floors: list[list[str]]

    @property
    def height(self) -> int:
        """Height of the drawing, in pixels."""
        return 34 + len(self.floors) * (FLOOR + GAP)


def houses() -> dict[str, House]:
    """Return the packages whose floors are checked, by name."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found = {}
    for contract in contracts["tool"]["importlinter"]["contracts"]:
        for container in contract.get("containers", []):
            name = container.removeprefix("isnmf_gui.")
            floors = [[it.strip(" ()") for it in row.split("|")] for row in contract["layers"]]
            found[name] = House(name, floors)
    return found


def purpose(package: str) -> str:
    """Return what a package or module says of itself in its first line."""
    path = ROOT / "isnmf_gui" / package.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.split("\n")[0]


def box(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle with rounded corners."""
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="{kind}" {place} rx="7"/>'


def room(kind: str, name: str, says: str, x: float, y: float, width: float, height: int) -> str:
    """Return a box with a name and, where there is room for it, what it is for."""
    lines = textwrap.wrap(says, int((width - 20) / LETTER))
    has_room = len(lines) <= (height - 20) // 13
    size = min(13.0, 13.0 * (width - 18) / (NAME_LETTER * len(name)))
    parts = [
        box(f"room {kind}", x, y, width, height),
        f'<text class="name" font-size="{size:.3g}" x="{x + 10:g}" y="{y + 18:g}">'
        f"{escape(name)}</text>",
    ]
    for n, line in enumerate(lines if has_room else []):
        parts.append(
            f'<text class="dim" x="{x + 10:g}" y="{y + 33 + 13 * n:g}">{escape(line)}</text>'
        )
    return "\n".join(parts)


def drawn(house: House, x: float, y: float, width: float) -> str:
    """Return a package: its floors one over another, its rooms side by side."""
    title = f"{house.name}: {purpose(house.name)}".split(". ")[0].rstrip(".")
    parts = [
        box("house", x, y, width, house.height),
        f'<text class="dim" x="{x + 12:g}" y="{y + 20:g}">{escape(title)}</text>',
    ]
    top = y + 28
    for rooms in house.floors:
        wide = (width - 20 - GAP * (len(rooms) - 1)) / len(rooms)
        for place, name in enumerate(rooms):
            says = purpose(f"{house.name}.{name}") if len(rooms) < 3 else ""
            left = x + 10 + place * (wide + GAP)
            parts.append(room(house.name, name, says, round(left, 1), top, round(wide, 1), FLOOR))
        top += FLOOR + GAP
    return "\n".join(parts)


def picture() -> str:
    """Return the drawing."""
    known = houses()
    gui, session = known["gui"], known["session"]
    below = 24 + max(gui.height, session.height) + 20
    half = (WIDTH - 3 * 20) / 2
    parts = [drawn(gui, 20, 24, half), drawn(session, 40 + half, 24, half)]
    left_over = gui.height - session.height - 20
    parts.append(
        room("cli", "cli", purpose("cli"), 40 + half, 44 + session.height, half, left_over)
    )
    lower = ("playback", "spectral", "nmf")
    wide = (WIDTH - 40 - 2 * GAP) / 3
    for place, name in enumerate(lower):
        parts.append(room(name, name, purpose(name), 20 + place * (wide + GAP), below, wide, 72))
    base = "sentences that people can act on, in their language; where resources lie"
    parts.append(room("base", "errors · texts · paths", base, 20, below + 80, WIDTH - 40, 46))
    height = below + 80 + 46 + 20
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            'font-family="sans-serif" font-size="13">',
            f"<style>{STYLE}</style>",
            f'<rect class="page" width="{WIDTH}" height="{height}"/>',
            *parts,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
