"""Pages of the guide as the window's own reader takes them: Markdown that Qt understands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from isnmf_gui.gui.window.formulae import as_html

#: GitHub's way to show one picture in the light and another in the dark.
PICTURE = re.compile(
    r"<picture>\s*<source [^>]*srcset=\"(?P<dark>[^\"]+)\">\s*"
    r"<img alt=\"(?P<alt>[^\"]*)\" src=\"(?P<light>[^\"]+)\">\s*</picture>"
)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
CODE = re.compile(r"(```.*?```|`[^`]*`)", re.DOTALL)
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"\$([^$\n]+)\$")
LINK = re.compile(r"\[([^\]]+)\]\(([^)#]+\.md)\)")


def prepared(text: str, is_dark: bool) -> str:
    """Return a page with the pictures of a theme, and with formulae that can be read."""
    text = COMMENT.sub("", text)
    text = PICTURE.sub(r"![\g<alt>](\g<%s>)" % ("dark" if is_dark else "light"), text)
    parts = CODE.split(text)  # code stays as it is
    return "".join(part if n % 2 else _with_formulae(part) for n, part in enumerate(parts))


def _with_formulae(text: str) -> str:
    text = DISPLAYED.sub(lambda match: f"> {as_html(match[1])}", text)
    return INLINE.sub(lambda match: as_html(match[1]), text)


def title_of(page: Path) -> str:
    """Return what a page is called: its first heading."""
    with page.open(encoding="utf-8") as lines:
        return html.unescape(next(lines).lstrip("# ").strip())


def pages_of(contents: Path) -> Iterator[Path]:
    """Yield the page of contents, and those it leads to, in its order."""
    yield contents
    for _, link in LINK.findall(contents.read_text(encoding="utf-8")):
        yield contents.parent / link


def slug_of(heading: str) -> str:
    """Return what links call a heading, as GitHub has it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
