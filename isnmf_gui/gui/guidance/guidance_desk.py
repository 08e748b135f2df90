"""What is done in the list of strokes becomes edits of the run, and is heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.export.box_desk import BoxDesk
from isnmf_gui.gui.guidance.effect_watch import EffectWatch, Found
from isnmf_gui.gui.guidance.guidance_panel import GuidancePanel
from isnmf_gui.gui.playing.heard import BoxHeard
from isnmf_gui.gui.playing.listening_desk import ListeningDesk
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import Run, Source
from isnmf_gui.session.document.guidance import MOST_STROKES, Box
from isnmf_gui.session.edits import guidance_edits
from isnmf_gui.session.guidance.memberships import unpainted_sources
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import number, tr

MOST_NAMES = 4


class GuidanceDesk(QObject):
    """Connects the list of strokes with the run that is shown.

    Parameters
    ----------
    controller : Controller
        Edits the run.
    selection : Selection
        Whose source is proposed for the next stroke.
    panel : GuidancePanel
        The list.
    listening : ListeningDesk
        Plays places.
    boxes : BoxDesk
        Writes them.
    """

    #: Something for the status bar.
    noticed = Signal(str)

    def __init__(
        self,
        controller: Controller,
        selection: Selection,
        panel: GuidancePanel,
        listening: ListeningDesk,
        boxes: BoxDesk,
    ) -> None:
        super().__init__(controller)
        self._controller, self._selection, self._panel = controller, selection, panel
        self._listening, self._boxes = listening, boxes
        self._noted: Counter[str] = Counter()
        self._watch = EffectWatch(controller, panel)
        self._watch.found.connect(self._show_found)
        panel.add_wanted.connect(self.add)
        panel.change_wanted.connect(self.change)
        panel.switch_wanted.connect(self.switch)
        panel.delete_wanted.connect(self.delete)
        panel.hear_wanted.connect(self._hear)
        panel.export_wanted.connect(self._export)
        controller.document_changed.connect(self._document_changed)
        listening.box_heard.connect(self._show_heard)
        selection.source_changed.connect(self._propose_source)

    # -- what is shown ------------------------------------------------------------------------

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        if changes.recording:
            recording = self._controller.document.recording
            self._panel.set_duration(None if recording is None else recording.duration_s)
        if changes.shown_run or changes.guidance or changes.sources:
            run = self._controller.shown_run()
            self._panel.show_run(run)
            self._propose_source()
            self._warn(run)
        if changes.shown_run or changes.guidance or changes.sources or changes.parts:
            self._watch.look_soon()

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._panel.show_found(found.effects, found.notes)
        self._noted = Counter(note for notes in found.notes.values() for note in notes)
        self._warn(found.run)

    def _warn(self, run: Run | None) -> None:
        """Say what is wrong with the strokes, and what to do about it."""
        if run is None or not run.strokes:
            self._noted.clear()
            self._panel.show_warnings([])
            return
        said = []
        if unpainted := unpainted_sources(run):
            said.append(
                tr("Paint every source once first. Without a stroke: {names}.",
                   names=_names(unpainted))
            )  # fmt: skip
        if n := self._noted["silent"]:
            said.append(
                tr("Without effect, where the recording is silent or beyond its end: %n stroke(s). "
                   "Move or delete what is marked ⚠.", "", n)
            )  # fmt: skip
        if n := self._noted["opposed"]:
            said.append(
                tr("Contradicting one another over the same sound: %n stroke(s). Hear them, and "
                   "delete or give away what is wrong.", "", n)
            )  # fmt: skip
        if n := self._noted["doubtful"]:
            said.append(
                tr("Where no source dominates: %n stroke(s). Paint where one is alone.", "", n)
            )
        self._panel.show_warnings(said)

    @Slot()
    def _propose_source(self) -> None:
        """Let the next stroke be of the source that was chosen, unless strokes are selected."""
        source_id = self._selection.source_id
        if source_id is not None and not self._panel.view.selected:
            self._panel.fields.choose_source(source_id)

    @Slot(object)
    def _show_heard(self, heard: BoxHeard | None) -> None:
        box = None if heard is None else heard.box
        there = [it.id for it in self._panel.strokes_seen if bounds(it.shape) == box]
        self._panel.show_heard(there[-1] if there else None, box)  # of two the selected one

    @Slot(int)
    def pick(self, stroke_id: int) -> None:
        """Select a stroke that was pointed at elsewhere."""
        self._panel.select([stroke_id])

    # -- places -------------------------------------------------------------------------------

    @Slot(object, object, bool)
    def _hear(self, box: Box, source_id: int | None, as_heard: bool) -> None:
        self._listening.hear_box(box, source_id, as_heard)

    @Slot(object, object, bool)
    def _export(self, box: Box, source_id: int | None, as_heard: bool) -> None:
        mix, run = self._listening.box_mix(box, source_id, as_heard), self._controller.shown_run()
        recording = self._controller.document.recording
        if mix is None or recording is None:
            self.noticed.emit(tr("There is nothing to write: this place is outside the recording."))
            return
        what = recording.path.stem
        if run is not None and source_id is not None and run.has_source(source_id):
            what = run.source(source_id).name
        start, stop = number(box.start_s, ".2f"), number(box.stop_s, ".2f")
        self._boxes.ask(mix, tr("{what} {start}–{stop} s", what=what, start=start, stop=stop))

    # -- edits --------------------------------------------------------------------------------

    def _edit(
        self, edited: Callable[[Run], Run], label: str, stroke_ids: Collection[int] = ()
    ) -> None:
        run = self._controller.run_with(strokes=stroke_ids)
        if run is not None:
            self._controller.edit_run(edited(run), label)

    @Slot(object, int)
    def add(self, box: Box, source_id: int) -> None:
        """Add a stroke, and select it."""
        run = self._controller.run_with(sources=[source_id])
        if run is None:
            return
        if len(run.strokes) >= MOST_STROKES:
            self.noticed.emit(
                tr("Nothing was added: a run holds {most} strokes at the most.",
                   most=number(MOST_STROKES, ",d"))
            )  # fmt: skip
            return
        painted = guidance_edits.paint(run, source_id, box)
        name = run.source(source_id).name
        self._controller.edit_run(painted, tr("Add a stroke: {name}", name=name))
        self._panel.select([painted.strokes[-1].id])

    @Slot(object, object, object)
    def change(self, stroke_ids: Sequence[int], box: Box | None, source_id: int | None) -> None:
        """Give one stroke another place, and strokes another source; None: as it is."""
        if box is None and source_id is None:
            return
        sources = [] if source_id is None else [source_id]
        run = self._controller.run_with(sources=sources, strokes=stroke_ids)
        if run is None:
            return
        if source_id is not None:
            run = guidance_edits.repaint(run, stroke_ids, source_id)
        if box is not None:
            run = guidance_edits.reshape(run, stroke_ids[0], box)
        label = tr("Change a stroke")
        if source_id is not None:
            name = run.source(source_id).name
            label = tr("%n stroke(s) to {name}", "", len(stroke_ids), name=name)
        self._controller.edit_run(run, label)

    @Slot(object, bool)
    def switch(self, stroke_ids: Collection[int], is_on: bool) -> None:
        """Let strokes count, or not."""
        n = len(stroke_ids)
        label = (
            tr("Switch on %n stroke(s)", "", n) if is_on else tr("Switch off %n stroke(s)", "", n)
        )
        self._edit(
            lambda run: guidance_edits.switch_strokes(run, set(stroke_ids), is_on),
            label,
            stroke_ids,
        )

    @Slot(object)
    def delete(self, stroke_ids: Collection[int]) -> None:
        """Take strokes away; the one after them is selected."""
        strokes, ids = self._panel.model.strokes, set(stroke_ids)
        last = max((n for n, it in enumerate(strokes) if it.id in ids), default=-1)
        left = [it.id for it in strokes[last + 1 :]] or [
            it.id for it in strokes[:last] if it.id not in ids
        ][-1:]
        label = tr("Delete %n stroke(s)", "", len(stroke_ids))
        self._edit(lambda run: guidance_edits.remove_strokes(run, ids), label, ids)
        self._panel.select(left[:1])


def _names(sources: Sequence[Source]) -> str:
    listed = ", ".join(source.name for source in sources[:MOST_NAMES])
    if len(sources) > MOST_NAMES:
        listed = tr("{names} and {n} more", names=listed, n=len(sources) - MOST_NAMES)
    return listed
