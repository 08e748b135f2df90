"""The plots of the window, each of which can be saved and copied."""

from __future__ import annotations

from isnmf_gui.gui.control.jobs import Jobs
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.plots.plot_files import PlotFiles
from isnmf_gui.gui.window.window_layout import WindowLayout
from isnmf_gui.texts import tr


def plots_of(panes: WindowLayout, jobs: Jobs, preferences: Preferences) -> list[PlotFiles]:
    """Return what saves and copies the large plots, in the order of the window's menu."""
    large, loss = panes.spectrogram, panes.loss
    basis, activation = panes.factors.basis, panes.factors.activation
    basis_table, activation_table = panes.factors.basis_table, panes.factors.activation_table
    return [
        PlotFiles(jobs, preferences, *each)
        for each in (
            (large.plot, large.table, tr("Spectrogram")),
            (loss.plot, loss.table, tr("Loss")),
            (basis.plot, basis_table, tr("Basis"), basis.named),
            (activation.plot, activation_table, tr("Activation"), activation.named),
        )
    ]
