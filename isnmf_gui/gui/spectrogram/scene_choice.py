"""What the large spectrogram shows: the recording, the model, parts of it, or what is heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.spectrogram.spectrogram_panel import SpectrogramPanel
from isnmf_gui.playback import Mix
from isnmf_gui.session.document.changes import EVERYTHING, Changes
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.document.scenes import (
    MaskedScene,
    ModelScene,
    RecordingScene,
    Scene,
    Shared,
    component_scene,
)
from isnmf_gui.session.document.source_scenes import SourcesScene, source_named, source_scene
from isnmf_gui.session.edits.mix_edits import alone, pairs_alone
from isnmf_gui.session.project.opening import Opened
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.texts import N_, tr

#: Views that need a run, and those of them that show it under masks.
OF_RUN, MASKED = ("model", "component", "source", "sources"), ("component", "source", "sources")
OUTPUT_TITLES = {
    "mix": N_("What I hear: the mix"),
    "recording": N_("What I hear: the recording"),
    "residual": N_("What I hear: what the mix leaves out"),
    "model": N_("What I hear: the model"),
}


class SceneChoice(QObject):
    """Chooses the scene. GUI thread only.

    Parameters
    ----------
    controller : Controller
        Knows the run that is shown, and what is heard.
    selection : Selection
        Whose active component is shown large.
    panel : SpectrogramPanel
        Where it is shown.

    Attributes
    ----------
    view : {"recording", "model", "component", "source", "sources", "heard"}
        What is shown now.
    """

    def __init__(
        self, controller: Controller, selection: Selection, panel: SpectrogramPanel
    ) -> None:
        super().__init__(panel)
        self.view = "recording"
        self._controller, self._selection, self._panel = controller, selection, panel
        self._recording: Recording | None = None
        self._pictures: PowerPictures | None = None
        self._run: Run | None = None
        self._component = 0
        self._heard = Mix("mix")
        panel.view_wanted.connect(self.choose)
        panel.masked_changed.connect(self.refresh)
        controller.opened.connect(self._opened)
        controller.document_changed.connect(self._document_changed)
        controller.player.mix_changed.connect(self.set_heard)
        selection.changed.connect(self._selection_changed)
        selection.source_changed.connect(self._source_changed)

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        self.set_recording(opened.recording, opened.pictures)

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        self.set_run(self._controller.shown_run(), changes)

    @Slot()
    def _selection_changed(self) -> None:
        self.set_shown(self._selection.active)

    @Slot()
    def _source_changed(self) -> None:
        if self.view == "source":
            self.refresh()

    @Slot(int)
    def show_source(self, source_id: int) -> None:
        """Show what a source is heard as, which is the chosen one from now on."""
        self._selection.choose_source(source_id)
        self.choose("source")

    def set_recording(self, recording: Recording, pictures: PowerPictures) -> None:
        """Show another recording."""
        self._recording, self._pictures = recording, pictures
        self._run = None
        self._component = 0
        self.view = "recording"
        self.refresh()

    def set_run(self, run: Run | None, changes: Changes = EVERYTHING) -> None:
        """Follow a run, or a snapshot of one."""
        before, self._run = self._run, run
        if self.view == "recording" and (before is None) == (run is None):
            return  # nothing that is seen has changed
        follows = changes.looks  # the mix is followed by `set_heard`
        if self.view in ("source", "sources"):
            follows = follows or changes.sources or changes.guidance
        elif self.view == "component" and self._panel.is_masked:
            follows = follows or changes.guidance
        if follows:
            self.refresh()

    def set_shown(self, component: int | None) -> None:
        """Show a component; None: the recording again, if a component is shown."""
        if component is not None:
            self._component = component
            self.view = "component"
        elif self.view == "component":
            self.view = "source" if self._is_source_selected() else "recording"
        self.refresh()

    def _is_source_selected(self) -> bool:
        """Tell whether what is selected is just what the chosen source holds."""
        run, source_id = self._run, self._selection.source_id
        if run is None or source_id is None or not self._selection.components:
            return False
        return self._selection.components == sorted(it.index for it in run.members(source_id))

    @Slot(object)
    def set_heard(self, mix: Mix) -> None:
        """Follow the mix; that its factors are newer is known from `set_run`."""
        before, self._heard = self._heard, mix
        masks_differ = mix.mask != before.mask
        shares_differ = masks_differ or mix.sharing is not before.sharing
        differs = shares_differ or mix.output != before.output or not _equal_gains(mix, before)
        if differs if self.view == "heard" else shares_differ and self.view in MASKED:
            self.refresh()

    @Slot(str)
    def choose(self, view: str) -> None:
        """Show what was picked."""
        self.view = view
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show anew what is shown."""
        if self._recording is None or self._pictures is None:
            return
        has_run = self._run is not None and bool(self._run.components)
        if not has_run and self.view in OF_RUN:
            self.view = "recording"
        scene, title = self._scene(self._recording, self._pictures)
        self._panel.show_scene(scene, title, self.view, has_run)

    def _scene(self, recording: Recording, pictures: PowerPictures) -> tuple[Scene, str]:
        run = self._run
        whole = RecordingScene(recording, pictures)
        if run is None or self.view == "recording":
            if self.view == "heard":
                return whole, str(OUTPUT_TITLES["recording"])
            title = tr("Recording")
            return whole, f"{title}: {recording.name}"
        if self.view != "heard":
            return self._scene_of(run, pictures)
        output = self._heard.output
        title = str(OUTPUT_TITLES[output])
        if output == "recording":
            return whole, title
        if output == "model":
            return ModelScene(run, pictures), title
        gains, shared = self._gains(run)
        residual = output == "residual"
        scene = MaskedScene(run, pictures, gains, self._heard.mask, residual, shared=shared)
        return scene, title

    def _scene_of(self, run: Run, pictures: PowerPictures) -> tuple[Scene, str]:
        """Return the scene of a view that needs a run."""
        if self.view == "model":
            return ModelScene(run, pictures), tr("Model: all components together")
        if self.view == "component":
            return self._component_scene(run, pictures)
        if self.view == "sources":
            return SourcesScene(run, pictures, self._heard.mask), tr("Sources in colour")
        source = source_named(run, self._selection.source_id)
        title = tr("{name}, in the recording", name=source.name)
        return source_scene(run, pictures, source, self._heard.mask), title

    def _component_scene(self, run: Run, pictures: PowerPictures) -> tuple[Scene, str]:
        if not run.has_component(self._component):  # it was one of another run, or is gone
            self._component = run.components[0].index
        component = run.component(self._component)
        if not self._panel.is_masked:
            return component_scene(run, component.index), component.name
        gains, sharing = alone(run, component.index), sharing_of(run)
        shared = None if sharing is None else (pairs_alone(run, [component.index]), sharing)
        scene = MaskedScene(
            run, pictures, gains, self._heard.mask, component=component.index, shared=shared
        )
        return scene, tr("{name}, in the recording", name=component.name)

    def _gains(self, run: Run) -> tuple[NDArray[np.floating], Shared | None]:
        """Return what is heard: gains, and who gets what; for a moment they are another run's."""
        gains, pairs, sharing = self._heard.gains, self._heard.pair_gains, self._heard.sharing
        if gains is None or len(gains) != run.n_indices:
            return np.ones(run.n_indices), None
        if sharing is None or pairs is None:
            return gains, None
        if len(sharing.memberships) != run.n_indices or pairs.shape != sharing.memberships.shape:
            return gains, None
        return gains, (pairs, sharing)


def _equal_gains(one: Mix, other: Mix) -> bool:
    """Tell whether two mixes have the same gains, of components and of these as parts."""
    pairs = (one.gains, other.gains), (one.pair_gains, other.pair_gains)
    return all(
        np.array_equal(a, b) if a is not None and b is not None else a is b for a, b in pairs
    )
