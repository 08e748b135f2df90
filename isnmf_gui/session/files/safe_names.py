"""Names of files and folders that every file system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What Windows refuses; others refuse less.
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?$", re.I)
#: Bytes of UTF-8: most systems take 255, of which the ending and a temporary name need some.
LONGEST_BYTES = 180


def safe(name: str) -> str:
    """Return a name that is refused nowhere.

    It has no separators, is no reserved word, neither begins nor ends with spaces or dots, and is
    not too long.
    """
    name = unicodedata.normalize("NFC", name.encode(errors="replace").decode())
    name = shortened_to(REFUSED.sub("_", name).strip(" ."), LONGEST_BYTES).rstrip(" .")
    return f"_{name}" if not name or RESERVED.match(name) else name


def shortened_to(name: str, n_bytes: int) -> str:
    """Return as many letters from the beginning as there are in so many bytes of UTF-8."""
    return name.encode(errors="replace")[:n_bytes].decode(errors="ignore")


def unique(names: Iterable[str]) -> list[str]:
    """Tell names apart that differ in nothing but case, or not at all."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, count = name, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{name} ({count})"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
