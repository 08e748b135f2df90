"""What a tile says in words: its name to screen readers, its sound, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from isnmf_gui.session.document.document import Component
from isnmf_gui.texts import tr


def spoken_name(component: Component, energy: str, source: str) -> str:
    """Return what a screen reader calls a tile: the name, how loud it is, and its states."""
    states = [component.name, energy]
    states += [tr("soloed")] * component.is_soloed
    states += [tr("muted")] * component.is_muted
    states += [tr("in {source}", source=source)] * bool(source)
    return ", ".join(filter(None, states))


def sound_lines(sound: str, energy: str, share: str, source: str, like: str) -> list[str]:
    """Return what there is to say of the sound of a component, a line for each thing.

    Parameters
    ----------
    sound : str
        What it sounds like.
    energy, share : str
        How loud it is, in decibels and in percent; "" if that is not known.
    source : str
        The name of what it belongs to, or "".
    like : str
        A sentence that names the component of an earlier run that it is like, or "".

    Returns
    -------
    list of str
        None of them is empty.
    """
    lines = [sound]
    if share:
        text = tr("{energy}, {share} of the recording's energy", energy=energy, share=share)
        lines.append(text)
    if source:
        lines.append(tr("Part of {source}", source=source))
    return [line for line in (*lines, like) if line]


def tip(name: str, lines: Sequence[str]) -> str:
    """Return what the tooltip of a tile says: name, sound, and what can be done."""
    can_do = tr(
        "Click: see it large. Double-click: hear it. Right-click: more.\n"
        "Drag its name, or what is selected, onto a source."
    )
    return "\n".join([name, *lines, can_do])
