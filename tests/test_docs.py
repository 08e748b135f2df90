"""The documentation: no link leads nowhere, every picture is used, and what is made is current."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs import make_architecture, make_shortcuts
from docs.screenshots_script.recipes import PAGE, RECIPES, Recipe
from docs.screenshots_script.recordings import recording
from docs.screenshots_script.scenes import SCENES, name_of
from tests.metrics import si_sdr

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    path for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")) if ".venv" not in path.parts
)
LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)\"""")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def links(page: Path) -> Iterator[str]:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    return (one or other for one, other in LINK.findall(text))


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings, as they are made of their words."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in kept}


def broken(page: Path) -> list[str]:
    """Return the links within the repository that lead nowhere."""
    found = []
    for link in links(page):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    assert broken(page) == []


def test_the_search_for_broken_links_finds_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        '# Sound & air\n[a](page.md#sound--air) [b](#none) ![c](no.png) <img src="d">\n'
    )
    assert broken(page) == ["#none", "no.png", "d"]


def test_every_page_of_the_guide_is_in_its_contents() -> None:
    contents = set(links(DOCS / "guide" / "README.md"))
    assert {page.name for page in (DOCS / "guide").glob("*.md")} - contents == {"README.md"}


def test_the_pictures_are_those_that_the_script_takes_and_the_pages_show() -> None:
    names = [*map(name_of, SCENES), *(f"recipe-{recipe.name}" for recipe in RECIPES)]
    taken = {f"{name}-{theme}.png" for name in names for theme in ("light", "dark")}
    shown = {Path(link).name for page in PAGES for link in links(page) if link.endswith(".png")}
    assert {path.name for path in (DOCS / "screenshots").iterdir()} == taken
    assert shown == taken


def test_every_picture_says_in_words_what_it_shows() -> None:
    for page in PAGES:
        pictures = re.findall(r"<img [^>]*>|!\[[^\]]*\]", page.read_text(encoding="utf-8"))
        assert all(re.search(r'alt="[^"]{15,}"|!\[[^\]]{15,}\]', it) for it in pictures), page


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_figures_of_the_recipes_are_those_of_their_stems(recipe: Recipe) -> None:
    """The recordings before anything is done: measured anew, and the same as on the page."""
    mixture = recording(recipe.name)
    marked = rf"<!-- figures: {recipe.name} -->(.*?)<!-- end of figures -->"
    figures = re.search(marked, PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert figures is not None
    for name, stem in mixture.stems.items():
        before = f"{si_sdr(mixture.samples, stem):.1f}".replace("-", "−")
        assert re.search(rf"^\| {name} \| {before} \|", figures[1], re.MULTILINE)


@pytest.mark.parametrize("page", [ROOT / "CONTRIBUTING.md", DOCS / "architecture.md"])
def test_the_files_and_names_that_engineers_are_sent_to_exist(page: Path) -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    assert len(named) > 10
    for file, name in named:
        path = next(it / file for it in (ROOT, ROOT / "isnmf_gui", DOCS) if (it / file).is_file())
        assert re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")), f"{file}::{name}"


def test_the_table_of_shortcuts_is_current() -> None:
    """If this fails: `python docs/make_shortcuts.py`."""
    text = make_shortcuts.PAGE.read_text(encoding="utf-8")
    assert make_shortcuts.page(text) == text
    assert "Ctrl+Shift+U" in make_shortcuts.table()


def test_the_picture_of_the_house_is_the_house() -> None:
    """Its rooms and floors are those that are checked; made by docs/make_architecture.py."""
    assert make_architecture.PICTURE.read_text(encoding="utf-8") == make_architecture.picture()
    for name, house in make_architecture.houses().items():
        folder = ROOT / "isnmf_gui" / name.replace(".", "/")
        rooms = {it.stem for it in folder.iterdir() if it.is_dir() or it.suffix == ".py"}
        assert {room for floor in house.floors for room in floor} == rooms - {
            "__init__", "__pycache__",
        }  # fmt: skip
