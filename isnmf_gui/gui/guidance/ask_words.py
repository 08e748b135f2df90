"""What *Ask me* says, on the screen and aloud."""

from __future__ import annotations

from isnmf_gui.gui.guidance.sitting import Sitting
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.grouping.asking import MIXED, SKIP
from isnmf_gui.texts import N_, tr

LOOKING = N_("Looking for places to ask about …")
KEYS = N_("M: mixed. R: again. S or the right arrow: skip. N: a new source. Escape: enough.")


def question_text(sitting: Sitting) -> str:
    """Ask."""
    return tr("Question {number}: which source is this?", number=len(sitting.answers) + 1)


def keys_text(run: Run) -> str:
    """Say which key means which answer."""
    sources = ", ".join(f"{n}: {it.name}" for n, it in enumerate(run.sources[:9], 1))
    return tr("{sources}. {others}", sources=sources, others=str(KEYS))


def progress_text(sitting: Sitting) -> str:
    """Say what was answered, and how sure it is by now."""
    if sitting.now is None or sitting.before is None:
        return ""
    now, before = (100 * it for it in (sitting.now, sitting.before))
    if not sitting.answers:
        return tr("Likely in the right source: {now:.0f} % of the sound", now=now)
    return tr(
        "%n stroke(s) · likely in the right source: {now:.0f} % of the sound, {before:.0f} % at "
        "the start",
        "",
        sitting.n_strokes,
        now=now,
        before=before,
    )


def sure_text(sitting: Sitting) -> str:
    """Say aloud how sure it is by now."""
    if sitting.now is None:
        return ""
    if sitting.has_become_sure:
        return tr("{now:.0f} % likely right: that may be enough.", now=100 * sitting.now)
    return tr("{now:.0f} % likely right.", now=100 * sitting.now)


def answer_text(said: int | str, run: Run) -> str:
    """Repeat an answer."""
    if said == MIXED:
        return tr("Mixed.")
    if said == SKIP:
        return tr("Skipped.")
    return f"{run.source(int(said)).name}."


def lacking_text(run: Run) -> str:
    """Say why nothing can be asked yet."""
    if not run.sources:
        return tr(
            "There are no sources yet that you could name. Let the program suggest some: as soon "
            "as there are two, it asks."
        )
    if len(run.sources) == 1:
        return tr(
            "There is one source only, so there is nothing to tell apart. As soon as there are "
            "two, the program asks."
        )
    return tr("All sources but one are locked, so there is nothing to tell apart. Unlock some.")


def end_text(sitting: Sitting, is_all: bool) -> str:
    """Say what was gained."""
    if not sitting.answers:
        return tr(
            "There is nothing to ask: no place that is left belongs clearly to one component."
        )
    begins = tr("Nothing is left to ask.") if is_all else tr("Enough for now.")
    count = tr(
        "%n question(s) answered, new strokes: {n_strokes}.",
        "",
        sitting.n_asked,
        n_strokes=sitting.n_strokes,
    )
    said = f"{begins} {count}"
    if sitting.now is None or sitting.before is None:
        return said
    gained = tr(
        "Likely in the right source: {before:.0f} % of the sound before, {now:.0f} % now.",
        before=100 * sitting.before,
        now=100 * sitting.now,
    )
    return f"{said} {gained}"
