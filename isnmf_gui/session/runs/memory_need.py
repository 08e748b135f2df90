"""How much memory a run will need, and how much there is: asked before it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from isnmf_gui.nmf import available_cores
from isnmf_gui.nmf.control_groups import group_folders, text_of
from isnmf_gui.nmf.steps import bounds_of_stretches
from isnmf_gui.session.runs.energies import N_FRAMES
from isnmf_gui.session.runs.part_energies import STRETCH
from isnmf_gui.session.runs.separation import region_frames, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.reading import physical_memory_bytes
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.mask_energies import block_frames
from isnmf_gui.spectral.stft import BATCH_ELEMENTS
from isnmf_gui.texts import tr

# What is held when most is, as tests/benchmarks/run_memory.py measures it: while the spectrogram is
# made, while the run iterates, or in the end, when the spectrogram has gone, while the parts are
# measured. Of both factors together, in the precision of the run:
ENGINE_FACTORS = 1
FAST_FACTORS = 2  # what the fast rule remembers: the last ones, and the best ones
# The window shows a snapshot, another waits for it, a third is being made. Each has the factors
# in double precision, and in that of the run for masks.
SNAPSHOTS = 3
# In bases: the sums of the walk, the fast rule's other ones, and what an iteration makes of T.
BASES = 11
# In bases too, of each thread: packed bases and sums of the compiled code, or numpy's products;
# and the sums of each stretch of frames.
BASES_OF_THREAD = {"float32": 4, "float64": 1}
BASES_OF_STRETCH = 2
BATCHES = 4  # of some frames: these, their spectra, and the squares of both parts
BLOCKS = 4  # of some frames: their power, the model, and what masks are made of
OVER_TIME = 24  # bytes of each part and frame, or stretch of frames: energies by each mask
# The interpreter's own, and what threads take to begin with.
REST_BYTES = 6e6
GIB = 2**30
#: Files of a control group, by version: limit, what is used, and what of it can be taken back.
GROUP_FILES = {
    1: ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    2: ("memory.max", "memory.current", "inactive_file"),
}


@dataclass(frozen=True)
class Shortage:
    """A run that needs more memory than there is.

    Attributes
    ----------
    needed_bytes, free_bytes : float
        How much.
    """

    needed_bytes: float
    free_bytes: float

    @property
    def sentence(self) -> str:
        """What to tell a person."""
        return tr(
            "This run needs about {needed:.1f} GB of memory, and {free:.1f} GB are free.",
            needed=self.needed_bytes / GIB,
            free=self.free_bytes / GIB,
        )


def run_bytes(
    recording: Recording,
    settings: Settings,
    region_s: tuple[float, float] | None = None,
    n_threads: int | None = None,
) -> float:
    """Return how much memory a run needs at its peak besides the recording.

    Parameters
    ----------
    recording : Recording
        What is to be separated.
    settings : Settings
        How.
    region_s : (float, float), optional
        Start and end of the stretch to separate alone.
    n_threads : int, optional
        By default one for every core the process may use.

    Returns
    -------
    float
        In bytes.

    Raises
    ------
    SettingsError
        If the region holds nothing of the recording.
    """
    n_bytes, n_bins = np.dtype(settings.precision).itemsize, stft_of(settings).n_bins
    first, last = region_frames(recording, settings, region_s)
    n_frames, threads = last - first, n_threads or available_cores()
    factors = (n_frames + n_bins) * settings.n_bases
    kept = ENGINE_FACTORS + (FAST_FACTORS if settings.rule == "fast" else 0)
    n_stretches = len(bounds_of_stretches(n_frames, n_bins, settings.n_bases)) - 1
    walking = min(threads, n_stretches) * BASES_OF_THREAD[settings.precision]
    bases = BASES + walking + n_stretches * BASES_OF_STRETCH
    power, sampled = n_frames * n_bins, min(n_frames, N_FRAMES) * n_bins
    held = n_bytes * (kept * factors + sampled) + SNAPSHOTS * (8 + n_bytes) * factors
    begins = n_bytes * (power + _batch(settings, recording, n_frames))
    engine = n_bytes * bases * n_bins * settings.n_bases
    estimates = OVER_TIME * settings.n_bases * min(n_frames, N_FRAMES)
    rendered = n_bytes * _rendered(settings, recording, n_frames, 1)
    iterates = held + engine + n_bytes * power + estimates + rendered
    # Of what is freed the C library keeps up to twice the largest array that was freed before, the
    # samples of the spectrogram, for the same thread. In the end it is others that need memory.
    left = min(engine + n_bytes * power, 2 * n_bytes * sampled)
    over_time = OVER_TIME * settings.n_bases * -(-n_frames // STRETCH)
    ends = n_bytes * _of_threads(settings, recording, n_frames, threads) + left + over_time
    return float(REST_BYTES + max(begins, iterates, held + ends))


def _batch(settings: Settings, recording: Recording, n_frames: int) -> int:
    """Return the elements that are there while some frames are transformed."""
    n_frames = min(n_frames, max(1, BATCH_ELEMENTS // settings.window_samples))
    return BATCHES * n_frames * settings.window_samples * recording.n_channels


def _rendered(settings: Settings, recording: Recording, n_frames: int, n_together: int) -> int:
    """Return the elements that are there while some frames, with all that overlap, are rendered."""
    reach = (settings.window_samples - 1) // settings.hop_samples
    n_frames = min(n_frames, n_together + 2 * reach)
    return BATCHES * n_frames * settings.window_samples * recording.n_channels


def _of_threads(settings: Settings, recording: Recording, n_frames: int, n_threads: int) -> int:
    """Return the elements of what threads have when the parts are measured."""
    n_bins = stft_of(settings).n_bins
    block = min(n_frames, block_frames(n_bins, STRETCH))
    summed = BLOCKS * block * n_bins + _batch(settings, recording, block)
    n_blocks = min(n_threads, -(-n_frames // block))
    rendered = _rendered(settings, recording, n_frames, STRETCH)
    return max(n_blocks * summed, min(n_threads, settings.n_bases) * rendered)


def find_shortage(
    recording: Recording,
    runs: Sequence[Settings],
    region_s: tuple[float, float] | None = None,
) -> Shortage | None:
    """Tell whether one of some runs, one after another, needs more memory than there is.

    Parameters
    ----------
    recording : Recording
        What is to be separated.
    runs : sequence of Settings
        Their settings.
    region_s : (float, float), optional
        Start and end of the stretch to separate alone.

    Returns
    -------
    Shortage or None
        None if there is enough.
    """
    needed, free = max(run_bytes(recording, it, region_s) for it in runs), available_bytes()
    return Shortage(needed, free) if needed > free else None


def available_bytes(root: Path = Path("/")) -> float:
    """Return the memory that this process may still take; infinite where the system does not tell.

    On Linux that is what the kernel can give without swapping, within the limits of the control
    groups (containers, sessions) that the process is in; elsewhere all memory of the computer.

    Parameters
    ----------
    root : Path, optional
        Where `proc` and `sys` are; for tests.

    Returns
    -------
    float
        In bytes.
    """
    return min([_free_bytes(root), *_group_bytes(root)])


def _free_bytes(root: Path) -> float:
    kilobytes = _entries(root / "proc/meminfo").get("MemAvailable:")
    return physical_memory_bytes() if kilobytes is None else 1024.0 * kilobytes


def _group_bytes(root: Path) -> Iterator[float]:
    """Yield what is left of every limit, from the process's own control group upward."""
    for version, folder in group_folders(root, "memory"):
        limit, used, cache = GROUP_FILES[version]
        numbers = [text_of(folder / it).strip() for it in (limit, used)]
        if all(number.isdecimal() for number in numbers):  # "max": no limit
            can_go = _entries(folder / "memory.stat").get(cache, 0)
            yield float(int(numbers[0]) - int(numbers[1]) + can_go)


def _entries(path: Path) -> dict[str, int]:
    """Return the numbers of a file of names and numbers."""
    words = (line.split() for line in text_of(path).splitlines())
    return {it[0]: int(it[1]) for it in words if len(it) > 1 and it[1].isdecimal()}
