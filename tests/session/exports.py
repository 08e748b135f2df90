"""Exporting the components of a separation, and looking at what is there."""

from pathlib import Path
from typing import Any

from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, carry_out_export
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.levels import Level
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import load_recording

QUICK = Settings(n_bases=3, n_iterations=3)
PATTERN = "{kind}-{number}"
NAMES = ["component-01.wav", "component-02.wav", "component-03.wav"]


def separated(path: Path, settings: Settings = QUICK) -> Separation:
    recording = load_recording(path)
    assert recording is not None
    return separate(recording, settings)


def export(
    separation: Separation, folder: Path, format_name: str = "wav", level: Level | None = None
) -> Exported:
    components = tuple(range(separation.settings.n_bases))
    order = order_for(separation, folder, format_name, components, level)
    outcome = carry_out_export(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    return outcome.exported


def order_for(
    separation: Separation,
    folder: Path,
    format_name: str,
    components: tuple[int, ...],
    level: Level | None = None,
) -> ExportOrder:
    run = make_run(Document(), separation)
    stems = tuple(component_stems(run, components))
    options = AudioOptions(format_name, level=level or Level())
    return ExportOrder(run, separation.settings.mask, folder, stems, options, PATTERN)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }


def refuse_to_go_on(after: float) -> Any:
    return lambda share: share < after
