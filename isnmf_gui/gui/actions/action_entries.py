"""Every action of the window: its name, icon, shortcut and what it does, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from isnmf_gui.texts import tr

#: As many components can be heard alone, and as many sources be put into, by number.
N_NUMBERED = 9


@dataclass(frozen=True)
class Entry:
    """An action.

    Attributes
    ----------
    name : str
        Key to find it by.
    menu, submenu : str
        Menu it stands in, and the menu within that, or "".
    text : str
        As shown in the menu, with its mnemonic.
    tip : str
        What it does.
    shortcut : str
        Keys, or "".
    icon : str
        Name of a bundled icon, or "".
    on_toolbar : bool
        Whether it is on the toolbar too.
    """

    name: str
    menu: str
    text: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    on_toolbar: bool = False
    submenu: str = ""


NAMED = (
    Entry("open", tr("&File"), tr("&Open…"), tr("Open a recording or a project"), "Ctrl+O",
          "open", True),
    Entry("demo", tr("&File"), tr("Open the &demo"), tr("Open the demo recording"), "", "note"),
    Entry("save", tr("&File"), tr("&Save"),
          tr("Save recording, runs, sources and edits in one project file"), "Ctrl+S", "save",
          True),
    Entry("save_as", tr("&File"), tr("Save &as…"), tr("Save into another project file"),
          "Ctrl+Shift+S"),
    Entry("export", tr("&File"), tr("&Export…"),
          tr("Save sources, components or the mix as files"), "Ctrl+E", "export", True),
    Entry("open_folder", tr("&File"), tr("Open the export's &folder"),
          tr("Show the files that were exported last, where the system shows files")),
    Entry("quit", tr("&File"), tr("&Quit"), tr("Stop everything and close the window"), "Ctrl+Q"),
    Entry("undo", tr("&Edit"), tr("&Undo"), tr("Take the last step back"), "Ctrl+Z", "undo",
          True),
    Entry("redo", tr("&Edit"), tr("&Redo"), tr("Take the step again that was taken back"),
          "Ctrl+Shift+Z", "redo", True),
    Entry("merge", tr("&Edit"), tr("M&erge"),
          tr("Make one component of those selected; it sounds as they do together"), "Ctrl+J"),
    Entry("split", tr("&Edit"), tr("Split in t&wo"),
          tr("Fit the selected component anew as two; the others stay as they are"), "Ctrl+K"),
    Entry("duplicate", tr("&Edit"), tr("Dupli&cate"), tr("Add copies of the selected components"),
          "Ctrl+D"),
    Entry("delete", tr("&Edit"), tr("&Delete"),
          tr("Remove the selected components; what they hold is left to the residual"), "Del"),
    Entry("silence", tr("&Edit"), tr("S&ilence in the region"),
          tr("Silence the selected components within the marked region"), "Ctrl+Del"),
    Entry("band", tr("&Edit"), tr("Remove a &band…"),
          tr("Remove a band of frequencies from the selected components"), "Ctrl+B"),
    Entry("restore", tr("&Edit"), tr("Re&store as fitted"),
          tr("Take back what was drawn, smoothed, erased or changed in level, of the "
             "selected components")),
    Entry("separate", tr("&Run"), tr("&Separate"),
          tr("Separate the recording with the settings shown"), "Ctrl+R", "separate", True),
    Entry("separate_region", tr("&Run"), tr("Separate only the re&gion"),
          tr("Look for components in the marked region only; Shift+drag in the overview "
             "marks one"), "Ctrl+Alt+R"),
    Entry("compare", tr("&Run"), tr("Compare &rules"),
          tr("Run MM, ME and Fast from the same start, one after another, with the settings "
             "shown"), "Ctrl+Shift+R", "compare", True),
    Entry("continue", tr("&Run"), tr("C&ontinue"),
          tr("Do more iterations of the run that is shown: those missing of a cancelled one, or as "
             "many as the list of runs says"),
          "Ctrl+Shift+C", "plus", True),
    Entry("pause", tr("&Run"), tr("&Pause"), tr("Let the run wait, or go on"), "Ctrl+P", "pause",
          True),
    Entry("cancel", tr("&Run"), tr("&Cancel"),
          tr("Stop the run and keep what it has reached, or stop opening or exporting"), "Ctrl+.",
          "cancel", True),
    Entry("play", tr("&Listen"), tr("&Play or pause"), tr("Play what is chosen below, or pause"),
          "Space", "play"),
    Entry("play_recording", tr("&Listen"), tr("Hear the &recording"),
          tr("The recording as it was opened"), "R", "note"),
    Entry("swap", tr("&Listen"), tr("Switch to the recording and &back"),
          tr("Compare what you hear with the recording, at the same place"), "A"),
    Entry("loop", tr("&Listen"), tr("&Loop"), tr("Repeat the region, or all of it"), "L", "loop"),
    Entry("back", tr("&Listen"), tr("A second b&ack"), tr("Go back a second"), "Ctrl+Left"),
    Entry("forward", tr("&Listen"), tr("A second &on"), tr("Go on a second"), "Ctrl+Right"),
    Entry("step_back", tr("&Listen"), tr("A moment ba&ck"), tr("Go back a tenth of a second"),
          "Ctrl+Shift+Left"),
    Entry("step_forward", tr("&Listen"), tr("A moment o&n"), tr("Go on a tenth of a second"),
          "Ctrl+Shift+Right"),
    Entry("stop", tr("&Listen"), tr("&Stop"), tr("Stop and go back to the beginning"), "Esc",
          "stop"),
    Entry("mute", tr("Mi&x"), tr("&Mute"),
          tr("Silence the selected components, or let them be heard again"), "M"),
    Entry("solo", tr("Mi&x"), tr("&Solo"), tr("Hear only the selected components, or all again"),
          "S"),
    Entry("reset_mix", tr("Mi&x"), tr("&Reset the mix"),
          tr("Every component as it lies in the recording"), "Ctrl+Shift+M"),
    Entry("group", tr("Mi&x"), tr("&Group into a source"),
          tr("Make a source of the selected components"), "Ctrl+G"),
    Entry("ungroup", tr("Mi&x"), tr("R&emove from its source"),
          tr("Take the selected components out of their sources"), "Ctrl+Shift+G"),
    Entry("suggest", tr("Mi&x"), tr("Suggest s&ources…"),
          tr("Group the components into sources by how they sound"), "Ctrl+Shift+U"),
    Entry("carry_over", tr("Mi&x"), tr("Carr&y over sources and names"),
          tr("Give the components the sources and names of those of an earlier run that they are "
             "like"), "Ctrl+Shift+O"),
    Entry("select_all", tr("&View"), tr("Select &all components"), tr("For export"), "Ctrl+A"),
    Entry("recording", tr("&View"), tr("Show the &recording"), tr("In the large spectrogram"),
          "Ctrl+0", "spectrogram"),
    Entry("compact", tr("&View"), tr("&Compact tiles"),
          tr("Smaller tiles of the components, so that more of them fit"), "Ctrl+T"),
    Entry("fit", tr("&View"), tr("&Fit"), tr("Show the whole recording"), "Ctrl+F", "zoom-fit"),
    Entry("large_parts", tr("&View"), tr("&Large basis and activation"),
          tr("Show them in the place of the spectrogram, or at the side again"), "Ctrl+L",
          "enlarge"),
    Entry("next_pane", tr("&View"), tr("&Next part of the window"),
          tr("Put the keyboard to work in the next part of the window"), "F6"),
    Entry("previous_pane", tr("&View"), tr("Pre&vious part of the window"),
          tr("Put the keyboard to work in the part before"), "Shift+F6"),
    Entry("guide", tr("&Help"), tr("&Guide"), tr("Read how to do what you want to"), "F1",
          "help"),
    Entry("tour", tr("&Help"), tr("Guided &tour"), tr("Be shown around in the window")),
    Entry("shortcuts", tr("&Help"), tr("&Keyboard shortcuts…"),
          tr("See and change the keys of all actions"), "Ctrl+?"),
    Entry("about", tr("&Help"), tr("&About isnmf-gui"), tr("What this program is"), "", "info"),
)  # fmt: skip


def _heard() -> list[Entry]:
    """Return an action for each of the first components."""
    return [
        Entry(
            f"hear_{number}", tr("&Listen"), tr("Component &{number}", number=number),
            tr("Hear this component alone; again: what was heard before"), str(number),
            submenu=tr("&Hear a component alone"),
        )
        for number in range(1, N_NUMBERED + 1)
    ]  # fmt: skip


def _assigned() -> list[Entry]:
    """Return an action for each of the first sources, and one for none."""
    texts = {place: tr("The &{place}.", place=place) for place in range(1, N_NUMBERED + 1)}
    return [
        Entry(
            f"into_{place}", tr("Mi&x"), text,
            tr("Put the selected components there, out of the source they are in"),
            f"Alt+{place}", submenu=tr("&Put into source"),
        )
        for place, text in {**texts, 0: tr("&None: unassigned")}.items()
    ]  # fmt: skip


ENTRIES = (*NAMED, *_heard(), *_assigned())
