"""Names of exported files, made of a pattern, that every file system takes."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence

from isnmf_gui.errors import ExportError
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.texts import tr

#: component-01, source-01, unassigned, mix, residual.
DEFAULT_PATTERN = "{kind}-{number}"
FIELDS = ("recording", "number", "name", "kind")

# What Windows refuses; others refuse less.
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?$", re.I)
#: Bytes of UTF-8: most systems take 255, of which the ending and a temporary name need some.
LONGEST_BYTES = 180
NO_NUMBER = "\0"


def file_stems(stems: Sequence[Stem], pattern: str, recording: str) -> list[str]:
    """Return the file name of each stem without its ending.

    Parameters
    ----------
    stems : sequence of Stem
        What is named.
    pattern : str
        With the fields {recording}, {number}, {name} and {kind}. The number has two digits or
        more; what has none (the mix, the residual, the rest) has nothing there.
    recording : str
        Name of the recording without its ending.

    Returns
    -------
    list of str
        Each safe on every file system, and different from all others whatever their case.

    Raises
    ------
    ExportError
        If the pattern has other fields.
    """
    return unique(safe(_filled(pattern, stem, recording)) for stem in stems)


def _filled(pattern: str, stem: Stem, recording: str) -> str:
    number = NO_NUMBER if stem.number is None else f"{stem.number:02d}"
    values = {"recording": recording, "number": number, "name": stem.name, "kind": stem.kind}
    filled = "".join(text + values.get(field, "") for text, field in _pieces(pattern))
    return re.sub(rf"[\s_.-]+{NO_NUMBER}|{NO_NUMBER}[\s_.-]*", "", filled)  # with its separator


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with other fields than `FIELDS`.

    Raises
    ------
    ExportError
        With the fields that there are.
    """
    _pieces(pattern)


def _pieces(pattern: str) -> list[tuple[str, str]]:
    """Cut a pattern into texts and the field after each."""
    try:
        parsed = list(string.Formatter().parse(pattern))
    except ValueError:
        parsed = [("", pattern, "", None)]
    for _, field, spec, conversion in parsed:
        if field is not None and (field not in FIELDS or spec or conversion):
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise ExportError(
                tr("A name may have the fields {fields} in it, and no other braces.", fields=known)
            )
    return [(text, field or "") for text, field, _, _ in parsed]


def safe(name: str) -> str:
    """Return a name that is refused nowhere: no separators, reserved words, dots at the ends."""
    name = unicodedata.normalize("NFC", name.encode(errors="replace").decode())
    name = REFUSED.sub("_", name).strip(" .")
    name = name.encode()[:LONGEST_BYTES].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if not name or RESERVED.match(name) else name


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
