"""The settings of a separation, their limits, and the presets."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import DEFAULT_FLOOR, RULES, STARTS
from isnmf_gui.spectral import MASKS
from isnmf_gui.texts import N_, tr

#: Smallest and largest value of each number a person can set.
LIMITS: dict[str, tuple[float, float]] = {
    "n_bases": (1, 256),
    "domain": (1.0, 2.0),
    "n_iterations": (1, 10_000),
    "seed": (0, 2**32 - 1),
    "window_samples": (16, 65_536),
    "hop_samples": (1, 32_768),
    "tolerance": (0.0, 0.1),
    "floor": (1e-12, 0.1),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "rule": tuple(RULES),
    "start": STARTS,
    "mask": MASKS,
    "precision": ("float32", "float64"),
    "part_gain": ("original", "peak"),
}

#: The rules as people read them.
RULE_NAMES = {"mm": "MM", "me": "ME", "fast": "Fast"}

# What most instruments need: long enough to tell neighbouring notes apart, short enough for drums.
WINDOW_S = 0.046
# A hop of more than half a window, or a window of more than 64 hops, helps nobody.
MOST_OVERLAP = 64


@dataclass(frozen=True)
class Settings:
    """Everything that determines a separation, and how its parts are made.

    Attributes
    ----------
    n_bases : int
        Number of components.
    rule : {"mm", "me", "fast"}
        Update rule.
    domain : float
        p.
    n_iterations : int
        Most iterations.
    tolerance : float
        Relative change of the loss per iteration below which to stop; 0: never.
    start : {"random", "tempered"}
        Where the factorization starts from.
    seed : int
        Of the random start.
    window_samples, hop_samples : int
        Of the STFT (Hann window).
    mask : {"wiener", "ratio"}
        How parts are cut out of the recording.
    floor : float or "absolute"
        Smallest relative power, see `isnmf_gui.nmf.factorize`.
    precision : {"float32", "float64"}
        Of all calculations.
    part_gain : {"original", "peak"}
        Parts as they are in the recording, or each with its peak at full scale.

    Raises
    ------
    SettingsError
        If a value is out of range.
    """

    n_bases: int = 12
    rule: str = "me"
    domain: float = 2.0
    n_iterations: int = 100
    tolerance: float = 0.0
    start: str = "random"
    seed: int = 1
    window_samples: int = 2048
    hop_samples: int = 512
    mask: str = "wiener"
    floor: float | Literal["absolute"] = DEFAULT_FLOOR
    precision: str = "float32"
    part_gain: str = "original"

    def __post_init__(self) -> None:
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            if name == "floor" and value == "absolute":
                continue
            if not isinstance(value, float | int) or not least <= value <= most:
                raise SettingsError(
                    tr(
                        "The {setting} must lie between {least:g} and {most:.10g}, not {value}.",
                        setting=LABELS[name],
                        least=least,
                        most=most,
                        value=value,
                    )
                )
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise SettingsError(
                    tr(
                        "The {setting} must be one of {choices}, not {value}.",
                        setting=LABELS[name],
                        choices=", ".join(choices),
                        value=getattr(self, name),
                    )
                )
        least_hop, most_hop = hop_limits(self.window_samples)
        if not least_hop <= self.hop_samples <= most_hop:
            raise SettingsError(
                tr(
                    "With a window of {window_samples} samples the hop must lie between "
                    "{least_hop} and {most_hop} samples, not {hop_samples}.",
                    window_samples=self.window_samples,
                    least_hop=least_hop,
                    most_hop=most_hop,
                    hop_samples=self.hop_samples,
                )
            )

    def as_dict(self) -> dict[str, Any]:
        """Return the settings for JSON."""
        return asdict(self)


def bases_text(n_bases: int) -> str:
    """Say how many bases there are.

    Parameters
    ----------
    n_bases : int
        From 1.

    Returns
    -------
    str
        "1 basis", "24 bases".
    """
    return tr("1 basis") if n_bases == 1 else tr("{n} bases", n=n_bases)


LABELS = {
    "n_bases": N_("number of bases"),
    "domain": N_("domain p"),
    "n_iterations": N_("number of iterations"),
    "seed": N_("seed"),
    "window_samples": N_("window in samples"),
    "hop_samples": N_("hop in samples"),
    "tolerance": N_("tolerance"),
    "floor": N_("noise floor"),
    "rule": N_("rule"),
    "start": N_("start"),
    "mask": N_("mask"),
    "precision": N_("precision"),
    "part_gain": N_("gain of the parts"),
}


def with_mask(settings: Settings, mask: str) -> Settings:
    """Return the settings with another mask; Wiener parts add up only at their original gain."""
    part_gain = "original" if mask == "wiener" else settings.part_gain
    return replace(settings, mask=mask, part_gain=part_gain)


def hop_limits(window_samples: int) -> tuple[int, int]:
    """Return the smallest and largest hop for a window, in samples."""
    return max(1, window_samples // MOST_OVERLAP), window_samples // 2


def window_for(sample_rate: int) -> int:
    """Return the power of two nearest to 46 ms, in samples: 2048 at 44.1 kHz."""
    window = 256
    while window * 1.5 < WINDOW_S * sample_rate:
        window *= 2
    return window


def preset(name: str, sample_rate: int) -> Settings:
    """Return the settings of a preset.

    Parameters
    ----------
    name : {"notebook", "fast", "quality"}
        "notebook" is the published example; "fast" is a quick look; "quality" separates music
        clearly better and takes a few times longer.
    sample_rate : int
        Of the recording, in Hz: the window of "fast" and "quality" follows it.

    Returns
    -------
    Settings
        To be changed as one likes.

    Raises
    ------
    SettingsError
        If there is no such preset.
    """
    if name not in PRESETS:
        raise SettingsError(
            tr(
                "The preset must be one of {presets}, not {name}.",
                presets=", ".join(PRESETS),
                name=name,
            )
        )
    chosen = PRESETS[name]
    if name == "notebook":
        return chosen
    window = window_for(sample_rate)
    return replace(chosen, window_samples=window, hop_samples=window // 4)


# "fast" and "quality" were chosen by measurements: docs/separation-quality.md.
PRESETS = {
    "fast": Settings(n_bases=16, rule="fast", n_iterations=40, start="tempered", floor=1e-6),
    "quality": Settings(
        n_bases=48, rule="fast", domain=1.5, n_iterations=100, start="tempered", floor=1e-6
    ),
    "notebook": Settings(
        n_bases=6,
        rule="mm",
        n_iterations=100,
        seed=111,
        window_samples=1024,
        hop_samples=256,
        mask="ratio",
        floor="absolute",
        precision="float64",
        part_gain="peak",
    ),
}
