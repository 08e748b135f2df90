"""What a stroke is, in words: where it is, what kind, what it does, and what is wrong with it."""

from __future__ import annotations

from isnmf_gui.session.document.document import Source
from isnmf_gui.session.document.guidance import Path, Stroke
from isnmf_gui.session.document.stroke_effects import Effect
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import N_, clock, number, signed, tr

#: What may be wrong with a stroke, and what to do about it.
NOTES = {
    "silent": N_("The recording is silent there, or ends before: the stroke says nothing. Move or "
                 "delete it."),
    "locked": N_("Its source is locked and keeps what it has: the stroke does not count."),
}  # fmt: skip


def times_text(stroke: Stroke) -> str:
    """Write from when to when a stroke is: 0:01.2–0:01.6."""
    box = bounds(stroke.shape)
    return f"{clock(max(box.start_s, 0.0), 1)}–{clock(box.stop_s, 1)}"


def band_text(stroke: Stroke) -> str:
    """Write from which to which frequency a stroke is, in Hz without the unit: 200–800."""
    box = bounds(stroke.shape)
    return f"{number(max(box.low_hz, 0.0), '.0f')}–{number(box.high_hz, '.0f')}"


def kind_text(stroke: Stroke) -> str:
    """Return what a stroke was painted with."""
    shape = stroke.shape
    if not isinstance(shape, Path):
        return tr("box", "kind of stroke")
    return tr("harmonic brush") if shape.n_partials > 1 else tr("brush", "kind of stroke")


def moved_text(effect: Effect | None) -> str:
    """Write by how many dB a stroke raises its source; "" where that is not known."""
    return "" if effect is None else signed(effect.moved_db, "+.1f")


def effect_text(effect: Effect) -> str:
    """Say what a stroke does."""
    return tr(
        "Its source has {share:.1f} % of the recording; without this stroke it would have "
        "{without:.1f} %.",
        share=100 * effect.share,
        without=100 * effect.without,
    )


def spoken(stroke: Stroke, source: Source, effect: Effect | None, notes: tuple[str, ...]) -> str:
    """Return all that is known of a stroke, as a screen reader says it."""
    box = bounds(stroke.shape)
    said = [
        source.name,
        tr("{start} to {stop} s", start=number(max(box.start_s, 0), ".2f"),
           stop=number(box.stop_s, ".2f")),
        tr("{low} to {high} Hz", low=number(max(box.low_hz, 0), ".0f"),
           high=number(box.high_hz, ".0f")),
        kind_text(stroke),
    ]  # fmt: skip
    if effect is not None:
        said.append(tr("{moved} dB moved", moved=moved_text(effect)))
    if not stroke.is_on:
        said.append(tr("off", "a stroke that does not count"))
    return ", ".join([*said, *(str(NOTES[note]) for note in notes)])


def told(stroke: Stroke, source: Source, effect: Effect | None, notes: tuple[str, ...]) -> str:
    """Return the tooltip of a stroke: all that is known of it, a line for each."""
    lines = [
        f"{source.name}: {kind_text(stroke)}",
        tr("{times}, {band} Hz", times=times_text(stroke), band=band_text(stroke)),
    ]
    if stroke.erased:
        lines.append(tr("Some of it was erased again"))
    if not stroke.is_on:
        lines.append(tr("Off: it does not count"))
    if effect is not None:
        lines.append(effect_text(effect))
    return "\n".join([*lines, *(str(NOTES[note]) for note in notes)])
