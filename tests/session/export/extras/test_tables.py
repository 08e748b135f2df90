"""The numbers behind plots, as they are written."""

import csv
import io

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.export.extras.tables import (
    Table,
    activation_table,
    basis_table,
    loss_table,
    spectrogram_table,
    write_csv,
)


def cells(table: Table) -> list[list[str]]:
    text = io.StringIO()
    write_csv(table, text, lambda _share: True)
    return list(csv.reader(io.StringIO(text.getvalue())))


def test_losses_of_runs_of_different_length() -> None:
    written = cells(loss_table([('Take "1", MM', [3.5, 2.25, 1e9 / 3]), ("ME", [3.0])]))
    assert written[0] == ["Iteration", 'Loss of Take "1", MM', "Loss of ME"]
    assert written[1:] == [["1", "3.5", "3"], ["2", "2.25", ""], ["3", "333333333.3", ""]]


def test_a_spectrogram_has_a_row_for_each_time() -> None:
    levels = np.array([[-1.239, -2.0, -80.0], [-10.0, -20.0, -30.0]])
    written = cells(spectrogram_table(levels, [0.0, 0.5, 1.0], [100.0, 200.0]))
    assert written == [
        ["Time (s)", "100 Hz (dB)", "200 Hz (dB)"],
        ["0", "-1.24", "-10"],
        ["0.5", "-2", "-20"],
        ["1", "-80", "-30"],
    ]


def test_basis_and_activation_have_units_and_add_up_to_the_picture(separation) -> None:
    run = make_run(Document(), separation)
    basis = basis_table(run, run.components[:2])
    activation = activation_table(run, run.components[:2])
    assert basis.names == ("Frequency (Hz)", "Component 1 (dB)", "Component 2 (dB)")
    assert activation.names[0] == "Time (s)"
    settings, rate = separation.settings, separation.recording.sample_rate
    assert basis.columns[0][1] == pytest.approx(rate / settings.window_samples)
    assert basis.columns[0][-1] == rate / 2
    assert activation.columns[0][1] == pytest.approx(settings.hop_samples / rate)
    factors = separation.factorization
    power = (factors.basis[5, 1] * factors.activation[1, 7]) ** (2 / settings.domain)
    level = basis.columns[2][5] + activation.columns[2][7]
    assert level == pytest.approx(10 * np.log10(power), abs=0.02)


def test_an_empty_table_and_being_stopped() -> None:
    assert cells(loss_table([])) == [["Iteration"]]
    with pytest.raises(Stopped):
        write_csv(loss_table([("a", [1.0])]), io.StringIO(), lambda _share: False)
