"""What the window shows is what the document says, whatever was done."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.gui.actions.availability import available
from isnmf_gui.gui.runs.run_rows import rows_of
from isnmf_gui.gui.spectrogram.asked_box import AskedBox
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits.mix_edits import alone, linear_gains, pairs_alone
from isnmf_gui.session.guidance.memberships import sharing_of
from isnmf_gui.spectral.sharing import effective_gains


def contradictions(window: MainWindow) -> Iterator[str]:
    """Yield a sentence for everything in the window that is not as the document says."""
    for check in (
        _tiles, _offer, _sources, _painting, _strokes, _asking, _history, _runs, _mix, _actions,
        _title,
    ):  # fmt: skip
        yield from check(window)


def _tiles(window: MainWindow) -> Iterator[str]:
    run, panel = window.controller.shown_run(), window.panes.components
    wanted = sorted(run.components, key=lambda it: it.index) if run else []
    shown = sorted((tile.component for tile in panel.tiles), key=lambda it: it.index)
    if shown != wanted:
        yield f"the tiles show {shown}, not {wanted}"
    numbers = [it.number for it in wanted]
    if len(set(numbers)) < len(numbers):
        yield f"a number is there twice: {sorted(numbers)}"
    if panel.compact_button.isChecked() != window.actions_["compact"].isChecked():
        yield "button and menu do not agree whether the tiles are compact"
    selected, indices = set(panel.selection.components), {it.index for it in wanted}
    if not selected <= indices:
        yield f"{selected} are selected, of {indices}"
    if window.panes.factors._indices != sorted(selected):
        yield f"the plots show {window.panes.factors._indices}, and {selected} are selected"
    if window.selection.active is not None and window.selection.active not in indices:
        yield f"component {window.selection.active} is shown large, of {indices}"


def _offer(window: MainWindow) -> Iterator[str]:
    desk, offer = window.carry_desk, window.panes.components.offer
    wanted = desk._text(desk._offered())
    if offer.text != wanted:
        yield f"{offer.text!r} is offered, not {wanted!r}"


def _sources(window: MainWindow) -> Iterator[str]:
    run = window.controller.shown_run()
    wanted = list(run.all_sources) if run else []
    rows = window.panes.sources.rows
    if [row.source for row in rows] != wanted:
        yield f"the rows show {[row.source for row in rows]}, not {wanted}"
    elif run is not None:
        counts = [row.count.text() for row in rows]
        members = [str(len(run.members(source.id))) for source in wanted]
        if counts != members:
            yield f"the rows say that they hold {counts} components, not {members}"


def _painting(window: MainWindow) -> Iterator[str]:
    run, panel = window.controller.shown_run(), window.panes.spectrogram
    strokes, shown = run.strokes if run else (), panel.plot.strokes.strokes
    if shown != strokes:
        yield f"{len(shown)} strokes are seen, not these {len(strokes)}"
    brush = window.controller.brush
    if brush.paints and (run is None or not run.components):
        yield f"there is nothing to be painted with the {brush.tool}"
    if panel.plot.view.has_tool != brush.paints:
        yield f"the mouse does not use the tool in the hand: {brush.tool}"
    for name, button in panel.tools.buttons.items():
        states = (button.isChecked(), window.actions_[name].isChecked())
        if states != (name == f"tool_{brush.tool}",) * 2:
            yield f"button and menu of {name} are {states}, and {brush.tool} is in the hand"
    rooms = window.panes.has_room, window.actions_["room"].isChecked()
    if rooms[0] != rooms[1] or rooms[0] == window.panes.components.isVisibleTo(window):
        yield f"there is room, or there is not: {rooms}"


def _asking(window: MainWindow) -> Iterator[str]:
    bar, sitting, run = (
        window.panes.ask_bar,
        window.ask_desk._sitting,
        window.controller.shown_run(),
    )
    question = sitting and sitting.question
    if sitting is not None and not bar.isVisible():
        yield "it is asked, and there is no bar"
    if bar.is_asking and question is not None and run is not None:
        names = [source.name for source in run.sources[: len(bar.answers)]]
        if [button.name for button in bar.answers] != names:
            yield f"answers are {[button.name for button in bar.answers]}, not {names}"
    frames = [
        it.box
        for it in window.panes.spectrogram.plot.view.childGroup.childItems()
        if isinstance(it, AskedBox) and it.isVisible()
    ]
    if question is not None and frames != [question.box]:
        yield f"{frames} are framed, and {question.box} is asked about"
    if sitting is None and frames:
        yield f"{frames} are framed, and nothing is asked"


def _history(window: MainWindow) -> Iterator[str]:
    history, shown = window.controller.history, window.panes.history.list
    if window.controller.document.recording is None:
        return
    if (shown.count(), shown.currentRow()) != (len(history.steps), history.place):
        yield (
            f"the history shows step {shown.currentRow()} of {shown.count()}, "
            f"not {history.place} of {len(history.steps)}"
        )


def _runs(window: MainWindow) -> Iterator[str]:
    wanted = rows_of(window.controller.document, window.controller.running)
    shown = window.panes.runs.model.rows
    for attribute in ("id", "title", "state", "is_chosen", "settings"):
        values = [[getattr(row, attribute) for row in rows] for rows in (shown, wanted)]
        if values[0] != values[1]:
            yield f"{attribute} in the list of runs is {values[0]}, not {values[1]}"
            return


def _mix(window: MainWindow) -> Iterator[str]:
    run, heard = window.controller.shown_run(), window.listening
    gains = heard._mix.gains
    if (heard.box is None) != (heard._mix.cut is None):
        yield f"of {heard.box} the place {heard._mix.cut} is heard"
    if run is None:
        if gains is not None:
            yield f"there is a mix of no run: {gains}"
        return
    wanted = _wanted_gains(window, run)
    # What strokes say is summed up stroke by stroke: another order of them rounds otherwise.
    if gains is None or gains.shape != wanted.shape or not np.allclose(gains, wanted, 0, 1e-9):
        yield f"the mix is heard with the gains {gains}, not {wanted}"
    what, shown = heard._what(), window.panes.transport._what.text()
    if shown not in ("", what, f"Paused: {what}"):
        yield f"{shown} is said to be heard, not {what}"
    source = window.controller.player._source
    if source is not None and source.mix is not heard._mix:
        yield "another mix is played than the one that is shown"


def _wanted_gains(window: MainWindow, run: Run) -> NDArray[np.float64]:
    """Return the gains that are to be heard."""
    heard = window.listening
    indices, source_id = heard.audition, heard._source_id
    if heard.box is not None and heard.box.source_id is not None:
        source_id = heard.box.source_id
        indices = tuple(it.index for it in run.members(source_id))
    elif not indices:
        return linear_gains(run)
    sharing = sharing_of(run)
    if sharing is None:
        return alone(run, *indices)
    return effective_gains(pairs_alone(run, indices, source_id), sharing)


def _strokes(window: MainWindow) -> Iterator[str]:
    run, panel = window.controller.shown_run(), window.panes.guidance
    wanted = run.strokes if run else ()
    if panel.model.strokes != wanted:
        yield f"the list shows {panel.model.strokes}, not {wanted}"
        return
    if len({it.id for it in wanted}) < len(wanted):
        yield f"a number of strokes is there twice: {[it.id for it in wanted]}"
    names = [panel.fields.source_box.itemText(n) for n in range(panel.fields.source_box.count())]
    sources = [it.name for it in run.all_sources] if run else []
    if names != sources:
        yield f"sources to choose for a stroke are {names}, not {sources}"


def _actions(window: MainWindow) -> Iterator[str]:
    panes = window.panes
    can_edit = window.factor_desk.run is not None and bool(window.selection.components)
    wanted = available(window.controller, panes.region, can_edit)
    wrong = {name: on for name, on in wanted.items() if window.actions_[name].isEnabled() != on}
    if wrong:
        yield f"actions that should be on (true) or off, and are not: {wrong}"


def _title(window: MainWindow) -> Iterator[str]:
    if window.isWindowModified() != window.files.is_unsaved:
        yield f"the title says {window.windowTitle()}, modified: {window.isWindowModified()}"
    if window.files.name not in window.windowTitle():
        yield f"the title says {window.windowTitle()}, not {window.files.name}"
