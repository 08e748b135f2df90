"""Names of exported files, made of a pattern."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from isnmf_gui.errors import ExportError
from isnmf_gui.session.export.stems.stems import Stem
from isnmf_gui.session.files.safe_names import safe, shortened_to, unique
from isnmf_gui.texts import tr

#: Song - Guitar, Song - Component 01, Song - Mix.
DEFAULT_PATTERN = "{recording} - {name}"
FIELDS = ("recording", "number", "name", "kind")

#: Of the recording's name, so that what follows is not cut off: in bytes of UTF-8.
LONGEST_RECORDING_BYTES = 100
NO_NUMBER = "\0"


def file_stems(stems: Sequence[Stem], pattern: str, recording: str) -> list[str]:
    """Return the file name of each stem without its ending.

    Parameters
    ----------
    stems : sequence of Stem
        What is named.
    pattern : str
        With the fields {recording}, {number}, {name} and {kind}. Numbers, also those of unnamed
        components and sources, have two digits or more, so that files are in their order; what
        has none (the mix, the residual, the rest) has nothing there.
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
    width = max([2, *(len(str(stem.number or 0)) for stem in stems)])
    return unique(safe(_filled(pattern, stem, recording, width)) for stem in stems)


def _filled(pattern: str, stem: Stem, recording: str, width: int) -> str:
    number = NO_NUMBER if stem.number is None else f"{stem.number:0{width}d}"
    values = {
        "recording": shortened_to(recording, LONGEST_RECORDING_BYTES).rstrip(" ."),
        "number": number,
        "name": stem.title or _untitled(stem, number),
        "kind": stem.kind,
    }
    filled = "".join(text + values.get(field, "") for text, field in _pieces(pattern))
    return re.sub(rf"[\s_.-]+{NO_NUMBER}|{NO_NUMBER}[\s_.-]*", "", filled)  # with its separator


def _untitled(stem: Stem, number: str) -> str:
    if stem.kind == "component":
        return tr("Component {number}", number=number)
    return tr("Source {id}", id=number) if stem.kind == "source" else stem.name


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
