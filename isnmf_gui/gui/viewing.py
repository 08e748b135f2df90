"""What the large spectrogram shows: the recording, the model, a component, or what is heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.panels.spectrogram_panel import SpectrogramPanel
from isnmf_gui.gui.scenes import ComponentScene, MaskedScene, ModelScene, RecordingScene, Scene
from isnmf_gui.playback import Mix
from isnmf_gui.session.recording import Recording
from isnmf_gui.session.separation import Separation
from isnmf_gui.spectral.power_pictures import PowerPictures

OUTPUT_TITLES = {
    "mix": "What I hear: the mix",
    "recording": "What I hear: the recording",
    "residual": "What I hear: what the mix leaves out",
    "model": "What I hear: the model",
}


class Viewing(QObject):
    """Chooses the scene. GUI thread only.

    Parameters
    ----------
    panel : SpectrogramPanel
        Where it is shown.

    Attributes
    ----------
    view : {"recording", "model", "component", "heard"}
        What is shown now.
    """

    def __init__(self, panel: SpectrogramPanel) -> None:
        super().__init__(panel)
        self.view = "recording"
        self._panel = panel
        self._recording: Recording | None = None
        self._pictures: PowerPictures | None = None
        self._separation: Separation | None = None
        self._component, self._component_name = 0, ""
        self._heard = Mix("mix")
        panel.view_wanted.connect(self.choose)
        panel.masked_changed.connect(self.refresh)

    def set_recording(self, recording: Recording, pictures: PowerPictures) -> None:
        """Show another recording."""
        self._recording, self._pictures = recording, pictures
        self._separation = None
        self._component, self._component_name = 0, ""
        self.view = "recording"
        self.refresh()

    def set_separation(self, separation: Separation | None) -> None:
        """Follow a run, or a snapshot of one."""
        had_run, self._separation = self._separation is not None, separation
        if self.view == "recording" and had_run == (separation is not None):
            return  # nothing that is seen has changed
        self.refresh()

    def set_shown(self, component: int | None, name: str = "") -> None:
        """Show a component; None: the recording again, if a component is shown."""
        if component is not None:
            self._component, self._component_name = component, name
            self.view = "component"
        elif self.view == "component":
            self.view = "recording"
        self.refresh()

    def set_heard(self, mix: Mix) -> None:
        """Follow the mix; that its factors are newer is known from `set_separation`."""
        before, self._heard = self._heard, mix
        masks_differ = mix.mask != before.mask
        differs = masks_differ or mix.output != before.output or not _equal_gains(mix, before)
        if {"heard": differs, "component": masks_differ}.get(self.view):
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
        has_run = self._separation is not None
        if not has_run and self.view in ("model", "component"):
            self.view = "recording"
        scene, title = self._scene(self._recording, self._pictures)
        self._panel.show_scene(scene, title, self.view, has_run)

    def _scene(self, recording: Recording, pictures: PowerPictures) -> tuple[Scene, str]:
        separation = self._separation
        whole = RecordingScene(recording, pictures)
        if separation is None or self.view == "recording":
            title = OUTPUT_TITLES["recording"] if self.view == "heard" else "Recording"
            return whole, f"{title}: {recording.name}" if self.view != "heard" else title
        if self.view == "model":
            return ModelScene(separation, pictures), "Model: all components together"
        if self.view == "component":
            return self._component_scene(separation, pictures)
        output = self._heard.output
        title = OUTPUT_TITLES[output]
        if output == "recording":
            return whole, title
        if output == "model":
            return ModelScene(separation, pictures), title
        gains = self._gains(separation)
        residual = output == "residual"
        return MaskedScene(separation, pictures, gains, self._heard.mask, residual), title

    def _component_scene(
        self, separation: Separation, pictures: PowerPictures
    ) -> tuple[Scene, str]:
        if self._component >= separation.settings.n_bases:  # it was one of another run
            self._component, self._component_name = 0, ""
        index = self._component
        title = self._component_name or f"Component {index + 1}"
        if not self._panel.is_masked:
            return ComponentScene(separation, index), title
        gains = np.zeros(separation.settings.n_bases)
        gains[index] = 1.0
        scene = MaskedScene(separation, pictures, gains, self._heard.mask, component=index)
        return scene, f"{title}, in the recording"

    def _gains(self, separation: Separation) -> NDArray[np.floating]:
        gains = self._heard.gains
        n_bases = separation.settings.n_bases
        # For a moment the mix may still be that of the run before.
        return gains if gains is not None and len(gains) == n_bases else np.ones(n_bases)


def _equal_gains(one: Mix, other: Mix) -> bool:
    """Tell whether two mixes have the same gains."""
    if one.gains is None or other.gains is None:
        return one.gains is other.gains
    return np.array_equal(one.gains, other.gains)
