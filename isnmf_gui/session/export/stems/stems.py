"""What can be written as a file of its own: components, sources, the mix, the residual."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import is_edited
from isnmf_gui.session.document.document import Run, Source
from isnmf_gui.session.edits.mix_edits import alone, linear_gains, pair_gains, pairs_alone
from isnmf_gui.session.guidance.memberships import sharing_of
from isnmf_gui.spectral.sharing import effective_gains
from isnmf_gui.texts import tr


@dataclass(frozen=True, eq=False)
class Stem:
    """A part of the recording to write.

    Attributes
    ----------
    kind : {"component", "source", "unassigned", "mix", "residual"}
        What it is.
    name : str
        What people call it.
    gains : ndarray of float64, shape (n_indices,)
        Linear gains of the run's components in it; of the residual those of what it leaves out.
    number : int or None
        Of a component or source, from 1.
    index : int or None
        Of a component.
    title : str
        What the person calls it, or "".
    pair_gains : ndarray of float64, shape (n_indices, n_sources), or None
        Linear gains of components as parts of sources, where they are shared; see
        `spectral.sharing`.
    """

    kind: str
    name: str
    gains: NDArray[np.float64]
    number: int | None = None
    index: int | None = None
    title: str = ""
    pair_gains: NDArray[np.float64] | None = None

    @property
    def is_residual(self) -> bool:
        """Whether it is what its components leave of the recording."""
        return self.kind == "residual"

    @property
    def balance(self) -> str:
        """Stems of one balance do not overlap: components, sources with the rest, or the mix."""
        return "source" if self.kind == "unassigned" else self.kind


def component_stems(run: Run, indices: Collection[int] | None = None) -> list[Stem]:
    """Return components as they lie in the recording, all or those with some indices."""
    return [
        Stem("component", it.name, alone(run, it.index), it.number, it.index, it.title)
        for it in run.components
        if indices is None or it.index in indices
    ]


def source_stems(run: Run) -> list[Stem]:
    """Return the sources that hold something, and the unassigned rest if it does.

    As they lie in the recording: gain, mute and solo belong to the mix.
    """
    stems = [_stem_of(run, source, "source", source.id, source.title) for source in run.sources]
    stems.append(_stem_of(run, run.unassigned, "unassigned"))
    return [stem for stem in stems if stem.gains.any()]


def stems_to_come(kind: str, n: int) -> list[Stem]:
    """Return what stands for the first `n` components or sources of a run that is yet to be made.

    They hold nothing, but will have the names of those that do.
    """
    return [Stem(kind, "", np.zeros(0), number) for number in range(1, n + 1)]


def chosen_stems(run: Run) -> list[Stem]:
    """Return the stems of a run that nobody has chosen any of: together, all of the recording.

    The sources, or the components where there are none; and what edits of the parts left over.
    """
    stems = source_stems(run) if run.sources else component_stems(run)
    return [*stems, residual_stem(run)] if is_edited(run) else stems


def mix_stem(run: Run) -> Stem:
    """Return the mix as faders, mute and solo say."""
    return Stem("mix", tr("Mix"), linear_gains(run), pair_gains=pair_gains(run))


def residual_stem(run: Run) -> Stem:
    """Return what all components, as they are, leave of the recording.

    Wiener masks leave nothing unless components were edited or only a region was separated;
    ratio masks always leave something.
    """
    return Stem("residual", tr("Residual"), alone(run, *(it.index for it in run.components)))


def _stem_of(
    run: Run, source: Source, kind: str, number: int | None = None, title: str = ""
) -> Stem:
    """Return a source: what it holds, or its share of all components."""
    sharing, members = sharing_of(run), [it.index for it in run.members(source.id)]
    if sharing is None:
        return Stem(kind, source.name, alone(run, *members), number, title=title)
    pairs = pairs_alone(run, members, source.id)
    gains = effective_gains(pairs, sharing)
    return Stem(kind, source.name, gains, number, title=title, pair_gains=pairs)


def is_complete(stems: Collection[Stem], run: Run) -> bool:
    """Tell whether stems of one balance hold every component once, at its own level."""
    total = sum((stem.gains for stem in stems), start=np.zeros(run.n_indices))
    present = [it.index for it in run.components]
    return bool(stems) and bool(np.allclose(total[present], 1))
