"""Runs that tests have in common, so that what is wanted of nearly all windows is computed once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256

import pytest

from isnmf_gui.gui.control import run_queue
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.runs.matching import find_pairs
from isnmf_gui.session.runs.run_order import Finished, Pause, RunOrder, follow_run
from isnmf_gui.session.runs.separation import Separation


class RunsMadeBefore:
    """Carries out orders as the program does, each only once; they report nothing on the way."""

    def __init__(self) -> None:
        self._results: dict[Hashable, dict[str, object]] = {}

    @contextmanager
    def are_taken(self) -> Iterator[None]:
        """Let windows take results of others, in jobs of their own as ever."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(run_queue, "follow_run", self._follow)
            yield

    def _follow(self, order: RunOrder, pause: Pause, report: Report) -> Finished:
        assert order.continue_from is None
        samples = sha256(order.recording.samples.tobytes()).digest()
        key = (samples, order.settings, order.region_s)
        if key not in self._results:
            made = follow_run(replace(order, reference=None), pause, report).separation
            kept = ("factorization", "seconds", "energies", "region_s")
            self._results[key] = {name: getattr(made, name) for name in kept}
        # Copied, for tests see whether what windows held is gone with them.
        result = deepcopy(self._results[key])
        separation = Separation(order.recording, order.settings, **result)
        _ = separation.factors
        pairs = find_pairs(separation, order.reference) if order.reference else ()
        return Finished(separation, pairs)
