"""What a tile says in words: its name to screen readers, its sound, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from isnmf_gui.session.document.document import Component, Source
from isnmf_gui.session.document.source_shares import whole_percents
from isnmf_gui.texts import tr


def spoken_name(component: Component, energy: str, source: str, shared: str = "") -> str:
    """Return what a screen reader calls a tile: the name, how loud it is, and its states."""
    states = [component.name, energy]
    states += [tr("soloed")] * component.is_soloed
    states += [tr("muted")] * component.is_muted
    states += [shared] if shared else [tr("in {source}", source=source)] * bool(source)
    return ", ".join(filter(None, states))


def sound_lines(
    sound: str, energy: str, share: str, of_region: bool, source: str, like: str, shared: str = ""
) -> list[str]:
    """Return what there is to say of the sound of a component, a line for each thing.

    Parameters
    ----------
    sound : str
        What it sounds like.
    energy, share : str
        How loud it is by itself, in decibels, and what it has of the energy, in percent; "" if
        that is nothing or not known.
    of_region : bool
        Whether both are relative to a region, and not to the recording.
    source : str
        The name of what it belongs to, or "".
    like : str
        A sentence that names the component of an earlier run that it is like, or "".
    shared : str
        What sources have of it, where strokes share it out.

    Returns
    -------
    list of str
        None of them is empty.
    """
    lines = [sound]
    if share and of_region:
        lines.append(
            tr("{share} of the region's energy; by itself {energy}", share=share, energy=energy)
        )
    elif share:
        lines.append(
            tr("{share} of the recording's energy; by itself {energy}", share=share, energy=energy)
        )
    if shared:
        lines.append(tr("As painted: {shares}", shares=shared))
    elif source:
        lines.append(tr("Part of {source}", source=source))
    return [line for line in (*lines, like) if line]


def shares_text(shares: Sequence[tuple[Source, float]]) -> str:
    """Return what sources have of a component, such as "70 % voice, 30 % drums"; "" for none."""
    percents = whole_percents([share for _, share in shares])
    parts = [
        tr("{percent} % {name}", percent=percent, name=source.name)
        for (source, _), percent in zip(shares, percents, strict=True)
    ]
    return ", ".join(parts)


def tip(name: str, lines: Sequence[str]) -> str:
    """Return what the tooltip of a tile says: name, sound, and what can be done."""
    can_do = tr(
        "Click: see it large. Double-click: hear it. Right-click: more.\n"
        "Drag its name, or what is selected, onto a source."
    )
    return "\n".join([name, *lines, can_do])
