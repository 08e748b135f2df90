"""Which actions of the window can be used at a moment."""

from __future__ import annotations

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.session.edits.carrying import references

#: Jobs that can be cancelled.
CANCELLED = ("run", "export", "split", "open", "ask")
#: Actions that need a recording, a run, a finished run with something selected.
RECORDING = (
    "recording", "fit", "large_parts", "play", "play_recording", "stop", "loop", "back", "forward",
    "step_back", "step_forward", "room", "tool_pointer",
)  # fmt: skip
MIX = ("swap", "mute", "solo", "reset_mix", "group", "ungroup", "suggest")
PAINTING = (
    "tool_brush", "tool_box", "tool_harmonic", "tool_eraser", "smaller", "larger", "show_strokes",
    "paint_0",
)  # fmt: skip
PARTS = ("merge", "split", "duplicate", "delete", "silence", "band", "restore")


def available(controller: Controller, region: RegionModel, can_edit: bool) -> dict[str, bool]:
    """Tell for each action whether it can be used.

    Parameters
    ----------
    controller : Controller
        Knows the document and what goes on.
    region : RegionModel
        What is marked.
    can_edit : bool
        Whether parts are selected that can be edited.
    """
    running, opening = controller.is_busy("run"), controller.is_busy("open")
    has_recording = controller.document.recording is not None
    shown = controller.shown_run()
    has_run = controller.document.current_run is not None
    numbers = {it.number for it in shown.components} if shown else set()
    n_sources = len(shown.sources) if shown else 0
    return {
        **{f"paint_{place}": place <= n_sources for place in range(1, N_NUMBERED + 1)},
        **dict.fromkeys(PAINTING, bool(numbers)),
        **{f"hear_{number}": number in numbers for number in range(1, N_NUMBERED + 1)},
        **dict.fromkeys(("open", "demo"), not opening),
        **dict.fromkeys(("save", "save_as"), has_recording),
        **dict.fromkeys(("separate", "compare"), has_recording and not running),
        **dict.fromkeys(RECORDING, has_recording),
        **dict.fromkeys(MIX, shown is not None),
        **dict.fromkeys(PARTS, can_edit),
        "ask": bool(numbers) and shown is controller.document.current_run and not running,
        "carry_over": _can_carry_over(controller),
        "undo": controller.history.can_undo,
        "redo": controller.history.can_redo,
        "separate_region": region.region_s is not None and not running,
        "continue": has_run and not running,
        "pause": running,
        "cancel": any(controller.is_busy(kind) for kind in CANCELLED),
        "export": has_run and not running and not controller.is_busy("export"),
        **dict.fromkeys(("select_all", "compact"), shown is not None and bool(numbers)),
    }


def _can_carry_over(controller: Controller) -> bool:
    """Tell whether another run has something for the finished one that is shown."""
    run = controller.finished_run()
    return run is not None and bool(references(controller.document, run))
