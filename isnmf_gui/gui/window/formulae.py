"""The formulae of the guide, from TeX to what rich text can show: letters, indices, powers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\s+|[A-Za-z]|[^\\{}^_\sA-Za-z]+")
SYMBOLS = {
    r"\sum": "∑", r"\le": "≤", r"\ne": "≠", r"\leftarrow": "←", r"\top": "⊤", r"\log": "log ",
    r"\qquad": "&nbsp;&nbsp;&nbsp; ", r"\,": " ", r"\left": "", r"\right": "",
}  # fmt: skip
#: What needs no parentheses above or below a stroke.
SIMPLE = re.compile(r"[^\s+−]*")


def as_html(tex: str) -> str:
    """Return a formula as rich text.

    Fractions are written on one line, with parentheses where they need them.
    """
    tokens = iter(TOKEN.findall(" ".join(tex.split())))
    return "".join(_parts(tokens)).strip()


def _parts(tokens: Iterator[str]) -> Iterator[str]:
    """Yield pieces of rich text until a group ends."""
    for token in tokens:
        if token == "}":
            return
        yield _piece(token, tokens)


def _piece(token: str, tokens: Iterator[str]) -> str:
    if token == "{":
        return "".join(_parts(tokens))
    if token in ("^", "_"):
        name = "sup" if token == "^" else "sub"
        return f"<{name}>{_argument(tokens)}</{name}>"
    if token == r"\frac":
        above, below = _argument(tokens), _argument(tokens)
        return f"{_enclosed(above)}/{_enclosed(below)}"
    if token == r"\sqrt":
        return f"√({_argument(tokens)})"
    if token == r"\hat":
        return _argument(tokens).replace("</i>", "\u0302</i>")
    if token == r"\mathrm":
        return re.sub("</?i>", "", _argument(tokens))
    if token in SYMBOLS:
        return SYMBOLS[token]
    return f"<i>{token}</i>" if token.isalpha() else html.escape(token.replace("-", "−"))


def _argument(tokens: Iterator[str]) -> str:
    """Return what follows a command: a group, or the next sign."""
    token = next(tokens)
    while token.isspace():
        token = next(tokens)
    return _piece(token, tokens)


def _enclosed(part: str) -> str:
    bare = re.sub("<sub>.*?</sub>|<sup>.*?</sup>|</?i>", "", part)
    return part if SIMPLE.fullmatch(bare) else f"({part})"
