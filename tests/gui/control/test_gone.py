"""What is wanted of things that are gone meanwhile: nothing is done, and that is said."""

from PySide6.QtWidgets import QFileDialog

from isnmf_gui.gui.control.controller import GONE
from isnmf_gui.session.document.guidance import Box

BOX = Box(0.2, 0.5, 300.0, 900.0)
#: What a menu, a name that is typed or a dialog asks for; there is no run, component, source or
#: stroke 99.
WISHES = {
    "put into a source": lambda it: it.panes.components.assign_wanted.emit(99, [0]),
    "put the selected there": lambda it: it.panes.sources.assign_wanted.emit(99, [0]),
    "mute a source": lambda it: it.panes.sources.mute_wanted.emit(99, True),
    "solo a source": lambda it: it.panes.sources.solo_wanted.emit(99, True),
    "gain of a source": lambda it: it.panes.sources.gain_wanted.emit(99, 0.0),
    "name of a source": lambda it: it.panes.sources.rename_wanted.emit(99, "Bass"),
    "colour of a source": lambda it: it.panes.sources.color_wanted.emit(99, 2),
    "move a source": lambda it: it.panes.sources.move_wanted.emit(99, 0),
    "delete a source": lambda it: it.panes.sources.delete_wanted.emit(99),
    "hear a source": lambda it: it.panes.sources.hear_wanted.emit(99),
    "mute a component": lambda it: it.panes.components.mute_wanted.emit([99], True),
    "solo components": lambda it: it.panes.components.solo_wanted.emit([0, 99], True),
    "gain of components": lambda it: it.panes.components.gain_wanted.emit({0: 1.0, 99: 1.0}),
    "name of a component": lambda it: it.panes.components.rename_wanted.emit(99, "Hiss"),
    "group components": lambda it: it.panes.components.group_wanted.emit([0, 99]),
    "ungroup components": lambda it: it.panes.components.ungroup_wanted.emit([99]),
    "hear a component": lambda it: it.panes.components.play_wanted.emit(99),
    "picture of a component": lambda it: it.panes.components.picture_wanted.emit(99),
    "data of a component": lambda it: it.panes.components.data_wanted.emit(99),
    "paint a source": lambda it: it.panes.guidance.add_wanted.emit(BOX, 99),
    "give a stroke away": lambda it: it.panes.guidance.change_wanted.emit([1], None, 99),
    "place of a stroke": lambda it: it.panes.guidance.change_wanted.emit([99], BOX, None),
    "switch a stroke": lambda it: it.panes.guidance.switch_wanted.emit([99], False),
    "delete a stroke": lambda it: it.panes.guidance.delete_wanted.emit([99]),
    "continue a run": lambda it: it.panes.runs.continue_wanted.emit(99, 10),
    "name of a run": lambda it: it.panes.runs.renamed.emit(99, "Soft"),
    "delete a run": lambda it: it.panes.runs.delete_wanted.emit(99),
    "carry over from a run": lambda it: it.carry_desk._carry_from(99),
}


def test_nothing_is_done_and_that_is_said(separated, subtests) -> None:
    separated.panes.components.group_wanted.emit([0, 1])
    separated.panes.guidance.add_wanted.emit(BOX, 1)
    before, n_steps = separated.controller.document, len(separated.controller.history.steps)
    for wish, act in WISHES.items():
        with subtests.test(wish):
            separated.status.show_message("")
            act(separated)
            assert separated.status.text == str(GONE)
            assert separated.controller.document is before
            assert len(separated.controller.history.steps) == n_steps
            assert not separated.controller.player.is_playing
            assert not separated.controller.is_busy("run")
            assert separated.findChildren(QFileDialog) == []
