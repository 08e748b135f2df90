"""Which actions of the window can be used at a moment."""

from __future__ import annotations

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.window.window_layout import Panes

#: Jobs that can be cancelled.
CANCELLED = ("run", "export", "split", "open")
#: Actions that need a recording, a run, a finished run with something selected.
RECORDING = (
    "recording", "fit", "large_parts", "play", "play_recording", "stop", "loop", "back", "forward",
    "step_back", "step_forward",
)  # fmt: skip
MIX = ("swap", "mute", "solo", "reset_mix", "group", "ungroup", "suggest")
PARTS = ("merge", "split", "duplicate", "delete", "silence", "band", "restore")


def available(controller: Controller, panes: Panes, can_edit: bool) -> dict[str, bool]:
    """Tell for each action whether it can be used.

    Parameters
    ----------
    controller : Controller
        Knows the document and what goes on.
    panes : Panes
        Know what is marked and selected.
    can_edit : bool
        Whether parts are selected that can be edited.
    """
    running, opening = controller.is_busy("run"), controller.is_busy("open")
    has_recording = controller.document.recording is not None
    has_run = controller.document.current_run is not None
    return {
        **dict.fromkeys(("open", "demo"), not opening),
        **dict.fromkeys(("save", "save_as"), has_recording and not controller.is_busy("save")),
        **dict.fromkeys(("separate", "compare"), has_recording and not running),
        **dict.fromkeys(RECORDING, has_recording),
        **dict.fromkeys(MIX, controller.shown_run() is not None),
        **dict.fromkeys(PARTS, can_edit),
        "undo": controller.history.can_undo,
        "redo": controller.history.can_redo,
        "separate_region": panes.region.region_s is not None and not running,
        "continue": has_run and not running,
        "pause": running,
        "cancel": any(controller.is_busy(kind) for kind in CANCELLED),
        "export": has_run and not running and not controller.is_busy("export"),
        "select_all": bool(panes.components.tiles),
    }
