"""Guides: what a person says of a recording, in a file of its own, to be used on any take of it.

    {"sources": ["drums", "voice"],
     "strokes": [{"source": "drums", "start_s": 1.2, "stop_s": 1.6, "low_hz": 200, "high_hz": 800},
                 {"source": "voice", "path": [[2.0, 440], [2.5, 466]], "octaves": 0.25,
                  "partials": 8, "off": true, "erased": [{"start_s": 2.2, ...}]}],
     "components": [{"component": 3, "source": "voice"}],
     "locked": ["voice"]}

Places are in seconds and hertz. All but "sources" may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import MOST_STROKES, Stroke
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.files.replacing import replacing
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.guidance.memberships import naming_of
from isnmf_gui.session.project.fields import Damaged, Fields, parse
from isnmf_gui.session.project.limits import MOST_JSON_BYTES, MOST_NUMBER
from isnmf_gui.session.project.strokes import decode_stroke, encode_stroke
from isnmf_gui.texts import tr

# No run has more components than this, so no guide needs more sources.
MOST_SOURCES = 256


@dataclass(frozen=True)
class Guide:
    """What a guide says.

    Attributes
    ----------
    sources : tuple of str
        Their names, in order.
    strokes : tuple of Stroke
        `source_id` is the place of the source among them, from 0.
    components : tuple of (int, int)
        The number of a component, and the place of its source.
    locked : tuple of int
        Places of sources that keep what they have.
    """

    sources: tuple[str, ...]
    strokes: tuple[Stroke, ...] = ()
    components: tuple[tuple[int, int], ...] = ()
    locked: tuple[int, ...] = ()


def read_guide(path: str | Path) -> Guide:
    """Read a guide.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Returns
    -------
    Guide
        What it says.

    Raises
    ------
    ProjectError
        If it cannot be read or makes no sense: a sentence that names the entry.
    """
    path = Path(path)
    try:
        return _guide(Fields(parse(_content(path))))
    except OSError as error:
        raise ProjectError(
            tr("The guide “{name}” cannot be read.", name=path.name), str(error)
        ) from error
    except Damaged as damage:
        raise ProjectError(
            tr("The guide “{name}” makes no sense: {reason}.", name=path.name, reason=damage)
        ) from damage


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MOST_JSON_BYTES + 1)
    if len(content) > MOST_JSON_BYTES:
        raise Damaged(tr("its JSON holds too much"))
    return content


def _guide(entry: Fields) -> Guide:
    names = entry.texts("sources", MOST_SOURCES)
    entry.refuse_unless(bool(names) and len(set(names)) == len(names), "sources")
    entry.refuse_unless(all(name.strip() == name and name for name in names), "sources")
    places = {name: place for place, name in enumerate(names)}

    def place_of(within: Fields) -> int:
        return places[within.choice("source", names)]

    strokes = entry.list_of_fields("strokes") if entry.has("strokes") else []
    entry.refuse_unless(len(strokes) <= MOST_STROKES, "strokes")
    components = entry.list_of_fields("components") if entry.has("components") else []
    locked = entry.texts("locked", MOST_SOURCES) if entry.has("locked") else []
    entry.refuse_unless(set(locked) <= set(names), "locked")
    return Guide(
        tuple(names),
        tuple(decode_stroke(it, n + 1, place_of(it)) for n, it in enumerate(strokes)),
        tuple((it.whole("component", 1, MOST_NUMBER), place_of(it)) for it in components),
        tuple(places[name] for name in locked),
    )


def guide_of(run: Run) -> Guide:
    """Return what was said of a run: its sources, strokes, and components put by hand.

    What belongs to no source cannot be said in a guide.
    """
    places = {source.id: place for place, source in enumerate(run.sources)}
    return Guide(
        tuple(_different_names(run)),
        tuple(
            replace(it, source_id=places[it.source_id])
            for it in run.strokes
            if it.source_id in places
        ),
        tuple(
            (it.number, places[it.source_id])
            for it in run.components
            if it.is_placed and it.source_id in places
        ),
        tuple(places[source.id] for source in run.sources if source.is_locked),
    )


def _different_names(run: Run) -> list[str]:
    """Return the names of sources; a guide tells them apart by these alone."""
    names: list[str] = []
    for source in run.sources:
        name, n = source.name, 2
        while name in names:
            name, n = f"{source.name} {n}", n + 1
        names.append(name)
    return names


def write_guide(guide: Guide, path: str | Path) -> None:
    """Write a guide, in one step.

    Parameters
    ----------
    guide : Guide
        What to write.
    path : str or Path
        Of the file, which is replaced if it is there.

    Raises
    ------
    ProjectError
        If it cannot be written; what was there before still is.
    """
    path = Path(path)
    told: dict[str, Any] = {
        "sources": list(guide.sources),
        "strokes": [
            {"source": guide.sources[it.source_id], **encode_stroke(it)} for it in guide.strokes
        ],
        "components": [
            {"component": number, "source": guide.sources[place]}
            for number, place in guide.components
        ],
        "locked": [guide.sources[place] for place in guide.locked],
    }
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    try:
        with replacing(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise ProjectError(
            tr("The guide “{name}” cannot be written.", name=path.name), str(error)
        ) from error


def guided(run: Run, guide: Guide) -> Run:
    """Return a run that a guide was applied to.

    Parameters
    ----------
    run : Run
        With components. Where it has sources already, those of the guide that have the names of
        some are these; others are added. Where it has none, as many are proposed, and named as
        the strokes ask for; while these leave names open, groups are shared among them.
    guide : Guide
        What to do.

    Returns
    -------
    Run
        With the guide's strokes after its own.

    Raises
    ------
    SettingsError
        If the guide has more sources than the run has components.
    """
    prepared = _with_sources(run, guide.sources) if run.sources else _proposed(run, guide)
    ids = _ids(prepared, guide.sources)
    for number, place in guide.components:
        indices = [it.index for it in prepared.components if it.number == number]
        prepared = source_edits.assign(prepared, indices, ids[place])
    prepared = guidance_edits.add_strokes(
        prepared, [replace(it, source_id=ids[it.source_id]) for it in guide.strokes]
    )
    for place in guide.locked:
        prepared = source_edits.lock_source(prepared, ids[place], True)
    return prepared


def _ids(run: Run, names: Sequence[str]) -> list[int]:
    by_name = {source.name: source.id for source in run.sources}
    return [by_name[name] for name in names]


def _with_sources(run: Run, names: Sequence[str]) -> Run:
    for name in names:
        if name not in {source.name for source in run.sources}:
            run = source_edits.add_source(run, name)
    return run


def _proposed(run: Run, guide: Guide) -> Run:
    """Group the components, and name the groups as the strokes ask for."""
    labels = propose(run, len(guide.sources)).labels
    grouped = source_edits.group_as(run, labels)
    ids = [source.id for source in grouped.sources]
    strokes = [
        Stroke(it.id, ids[it.source_id], it.shape, it.erased, it.is_on)
        for it in guide.strokes
        if it.is_on and it.source_id < len(ids)
    ]
    order = naming_of(grouped, strokes, guide.sources)
    for source_id, place in zip(ids, order, strict=True):
        grouped = source_edits.rename_source(grouped, source_id, guide.sources[place])
    return _with_sources(replace(grouped, has_open_names=True), guide.sources)


def unplaced(run: Run, guide: Guide) -> list[int]:
    """Return the numbers of components that a guide names and a run does not have."""
    numbers = {it.number for it in run.components}
    return sorted({number for number, _ in guide.components} - numbers)
