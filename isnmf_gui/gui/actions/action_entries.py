"""Every action of the window: its name, icon, shortcut and what it does, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from isnmf_gui.texts import N_, Marked

#: As many components can be heard alone, and as many sources be put into, by number.
N_NUMBERED = 9


@dataclass(frozen=True)
class Entry:
    """An action.

    Attributes
    ----------
    name : str
        Key to find it by.
    menu, submenu : Marked
        Menu it stands in, and the menu within that, or None.
    text : Marked
        As shown in the menu, with its mnemonic.
    tip : Marked
        What it does.
    shortcut : str
        Keys, or "".
    icon : str
        Name of a bundled icon, or "".
    on_toolbar : bool
        Whether it is on the toolbar too.
    """

    name: str
    menu: Marked
    text: Marked
    tip: Marked
    shortcut: str = ""
    icon: str = ""
    on_toolbar: bool = False
    submenu: Marked | None = None


NAMED = (
    Entry("open", N_("&File"), N_("&Open…"), N_("Open a recording or a project"), "Ctrl+O",
          "open", True),
    Entry("demo", N_("&File"), N_("Open the &demo"), N_("Open the demo recording"), "", "note"),
    Entry("save", N_("&File"), N_("&Save"),
          N_("Save recording, runs, sources and edits in one project file"), "Ctrl+S", "save",
          True),
    Entry("save_as", N_("&File"), N_("Save &as…"), N_("Save into another project file"),
          "Ctrl+Shift+S"),
    Entry("export", N_("&File"), N_("&Export…"),
          N_("Save sources, components or the mix as files"), "Ctrl+E", "export", True),
    Entry("open_folder", N_("&File"), N_("Open the export's &folder"),
          N_("Show the files that were exported last, where the system shows files")),
    Entry("quit", N_("&File"), N_("&Quit"), N_("Stop everything and close the window"), "Ctrl+Q"),
    Entry("undo", N_("&Edit"), N_("&Undo"), N_("Take the last step back"), "Ctrl+Z", "undo",
          True),
    Entry("redo", N_("&Edit"), N_("&Redo"), N_("Take the step again that was taken back"),
          "Ctrl+Shift+Z", "redo", True),
    Entry("merge", N_("&Edit"), N_("M&erge"),
          N_("Make one component of those selected; it sounds as they do together"), "Ctrl+J"),
    Entry("split", N_("&Edit"), N_("Split in t&wo"),
          N_("Fit the selected component anew as two; the others stay as they are"), "Ctrl+K"),
    Entry("duplicate", N_("&Edit"), N_("Dupli&cate"), N_("Add copies of the selected components"),
          "Ctrl+D"),
    Entry("delete", N_("&Edit"), N_("&Delete"),
          N_("Remove the selected components; what they hold is left to the residual"), "Del"),
    Entry("silence", N_("&Edit"), N_("S&ilence in the region"),
          N_("Silence the selected components within the marked region"), "Ctrl+Del"),
    Entry("band", N_("&Edit"), N_("Remove a &band…"),
          N_("Remove a band of frequencies from the selected components"), "Ctrl+B"),
    Entry("restore", N_("&Edit"), N_("Re&store as fitted"),
          N_("Take back what was drawn, smoothed, erased or changed in level, of the "
             "selected components")),
    Entry("separate", N_("&Run"), N_("&Separate"),
          N_("Separate the recording with the settings shown"), "Ctrl+R", "separate", True),
    Entry("separate_region", N_("&Run"), N_("Separate only the re&gion"),
          N_("Look for components in the marked region only; Shift+drag in the overview "
             "marks one"), "Ctrl+Alt+R"),
    Entry("compare", N_("&Run"), N_("Compare &rules"),
          N_("Run MM, ME and Fast from the same start, one after another, with the settings "
             "shown"), "Ctrl+Shift+R", "compare", True),
    Entry("continue", N_("&Run"), N_("C&ontinue"),
          N_("Do more iterations of the run that is shown: those missing of a cancelled one, or as "
             "many as the list of runs says"),
          "Ctrl+Shift+C", "plus", True),
    Entry("pause", N_("&Run"), N_("&Pause"), N_("Let the run wait, or go on"), "Ctrl+P", "pause",
          True),
    Entry("cancel", N_("&Run"), N_("&Cancel"),
          N_("Stop the run and keep what it has reached, or stop opening or exporting"), "Ctrl+.",
          "cancel", True),
    Entry("play", N_("&Listen"), N_("&Play or pause"), N_("Play what is chosen below, or pause"),
          "Space", "play"),
    Entry("play_recording", N_("&Listen"), N_("Hear the &recording"),
          N_("The recording as it was opened"), "R", "note"),
    Entry("swap", N_("&Listen"), N_("Switch to the recording and &back"),
          N_("Compare what you hear with the recording, at the same place"), "A"),
    Entry("loop", N_("&Listen"), N_("&Loop"), N_("Repeat the region, or all of it"), "L", "loop"),
    Entry("back", N_("&Listen"), N_("A second b&ack"), N_("Go back a second"), "Ctrl+Left"),
    Entry("forward", N_("&Listen"), N_("A second &on"), N_("Go on a second"), "Ctrl+Right"),
    Entry("step_back", N_("&Listen"), N_("A moment ba&ck"), N_("Go back a tenth of a second"),
          "Ctrl+Shift+Left"),
    Entry("step_forward", N_("&Listen"), N_("A moment o&n"), N_("Go on a tenth of a second"),
          "Ctrl+Shift+Right"),
    Entry("stop", N_("&Listen"), N_("&Stop"), N_("Stop and go back to the beginning"), "Esc",
          "stop"),
    Entry("mute", N_("Mi&x"), N_("&Mute"),
          N_("Silence the selected components, or let them be heard again"), "M"),
    Entry("solo", N_("Mi&x"), N_("&Solo"), N_("Hear only the selected components, or all again"),
          "S"),
    Entry("reset_mix", N_("Mi&x"), N_("&Reset the mix"),
          N_("Every component as it lies in the recording"), "Ctrl+Shift+M"),
    Entry("group", N_("Mi&x"), N_("&Group into a source"),
          N_("Make a source of the selected components"), "Ctrl+G"),
    Entry("ungroup", N_("Mi&x"), N_("R&emove from its source"),
          N_("Take the selected components out of their sources"), "Ctrl+Shift+G"),
    Entry("suggest", N_("Mi&x"), N_("Suggest s&ources…"),
          N_("Group the components into sources by how they sound"), "Ctrl+Shift+U"),
    Entry("carry_over", N_("Mi&x"), N_("Carr&y over sources and strokes"),
          N_("Bring the strokes of an earlier run, and sources and names of components that are "
             "alike"), "Ctrl+Shift+O"),
    Entry("select_all", N_("&View"), N_("Select &all components"), N_("For export"), "Ctrl+A"),
    Entry("recording", N_("&View"), N_("Show the &recording"), N_("In the large spectrogram"),
          "Ctrl+0", "spectrogram"),
    Entry("compact", N_("&View"), N_("&Compact tiles"),
          N_("Smaller tiles of the components, so that more of them fit"), "Ctrl+T"),
    Entry("fit", N_("&View"), N_("&Fit"), N_("Show the whole recording"), "Ctrl+F", "zoom-fit"),
    Entry("large_parts", N_("&View"), N_("&Large basis and activation"),
          N_("Show them in the place of the spectrogram, or at the side again"), "Ctrl+L",
          "enlarge"),
    Entry("next_pane", N_("&View"), N_("&Next part of the window"),
          N_("Put the keyboard to work in the next part of the window"), "F6"),
    Entry("previous_pane", N_("&View"), N_("Pre&vious part of the window"),
          N_("Put the keyboard to work in the part before"), "Shift+F6"),
    Entry("guide", N_("&Help"), N_("&Guide"), N_("Read how to do what you want to"), "F1",
          "help"),
    Entry("tour", N_("&Help"), N_("Guided &tour"), N_("Be shown around in the window")),
    Entry("shortcuts", N_("&Help"), N_("&Keyboard shortcuts…"),
          N_("See and change the keys of all actions"), "Ctrl+?"),
    Entry("about", N_("&Help"), N_("&About isnmf-gui"), N_("What this program is"), "", "info"),
)  # fmt: skip


def _heard() -> list[Entry]:
    """Return an action for each of the first components."""
    return [
        Entry(
            f"hear_{number}", N_("&Listen"), N_("Component &{number}", number=number),
            N_("Hear this component alone; again: what was heard before"), str(number),
            submenu=N_("&Hear a component alone"),
        )
        for number in range(1, N_NUMBERED + 1)
    ]  # fmt: skip


def _assigned() -> list[Entry]:
    """Return an action for each of the first sources, and one for none."""
    texts = {place: N_("The &{place}.", place=place) for place in range(1, N_NUMBERED + 1)}
    return [
        Entry(
            f"into_{place}", N_("Mi&x"), text,
            N_("Put the selected components there, out of the source they are in"),
            f"Alt+{place}", submenu=N_("&Put into source"),
        )
        for place, text in {**texts, 0: N_("&None: unassigned")}.items()
    ]  # fmt: skip


ENTRIES = (*NAMED, *_heard(), *_assigned())
