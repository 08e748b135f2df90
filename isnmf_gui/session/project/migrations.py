"""Bringing projects of older versions of the program up to date, one schema at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isnmf_gui.session.document.numbers import fitting
from isnmf_gui.session.project.fields import Damaged
from isnmf_gui.texts import tr

Project = dict[str, Any]

#: What is written today.
SCHEMA = 4


def migrate(project: Project, schema: int) -> Project:
    """Return a project as if it had been written today.

    Parameters
    ----------
    project : dict
        As it was read: nothing in it has been checked.
    schema : int
        That it says it has, from 1 to `SCHEMA`.

    Returns
    -------
    dict
        Of schema `SCHEMA`; what it holds is still to be checked.

    Raises
    ------
    Damaged
        If it is not as that schema asks for.
    """
    try:
        for step in range(schema, SCHEMA):
            project = MIGRATIONS[step](project)
    except (KeyError, TypeError, AttributeError) as error:
        raise Damaged(tr("it is no project of schema {schema}", schema=schema)) from error
    return project


def _give_sources_a_place_in_the_mix(project: Project) -> Project:
    """Complete sources, which schema 1 knew by id and title alone."""
    runs = []
    for run in project["runs"]:
        sources = [{**_AT_REST, "color": source["id"] - 1, **source} for source in run["sources"]]
        unassigned = {**_AT_REST, "id": 0, "title": "", "color": 0}
        runs.append({**run, "sources": sources, "unassigned": unassigned})
    return {**project, "schema": 2, "runs": runs}


def _number_components_from_one(project: Project) -> Project:
    """Renumber components, which had the numbers of an earlier run's in schema 2.

    It does not say of which run, so what they were like is not known any more.
    """
    return {**project, "schema": 3, "runs": [_renumbered(run) for run in project["runs"]]}


def _renumbered(run: Project) -> Project:
    components, n_bases = run["components"], run["separation"]["settings"]["n_bases"]
    before = [it["number"] for it in components]
    places = sorted(range(len(before)), key=before.__getitem__)
    fitted = fitting(sorted(before), max(n_bases, len(before)))
    now = dict(zip(places, fitted, strict=True))
    renumbered = [{**it, "number": now[n], "like": None} for n, it in enumerate(components)]
    return {**run, "components": renumbered}


def _leave_everything_unpainted(project: Project) -> Project:
    """Add what schema 3 did not know: strokes, sources that are locked, components put by hand."""
    return {**project, "schema": 4, "runs": [_unpainted(run) for run in project["runs"]]}


def _unpainted(run: Project) -> Project:
    return {
        **run,
        "components": [{**it, "is_placed": False} for it in run["components"]],
        "sources": [{**it, "is_locked": False} for it in run["sources"]],
        "unassigned": {**run["unassigned"], "is_locked": False},
        "strokes": [],
        "has_open_names": False,
    }


_AT_REST = {"gain_db": 0.0, "is_muted": False, "is_soloed": False}

#: What makes a project of schema n one of n + 1.
MIGRATIONS: dict[int, Callable[[Project], Project]] = {
    1: _give_sources_a_place_in_the_mix,
    2: _number_components_from_one,
    3: _leave_everything_unpainted,
}
