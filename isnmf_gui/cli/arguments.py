"""What the command line understands."""

from __future__ import annotations

import argparse
import math
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

from isnmf_gui import __version__
from isnmf_gui.errors import SettingsError
from isnmf_gui.session.project import SUFFIX
from isnmf_gui.session.runs.settings import CHOICES, PRESETS, Settings, preset, with_mask
from isnmf_gui.session.sound_files.formats import FORMATS

BAD_INPUT = 2
DEFAULT_PRESET = "quality"
#: For the number of sources: as many as seem to be there.
AUTO = "auto"
REGION_EXAMPLES = "such as 1.5-4 (in seconds) or 0:30-1:05"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    result = _Parser(prog="isnmf", description="Separate recordings with Itakura-Saito NMF.")
    result.add_argument("--version", action="version", version=f"isnmf {__version__}")
    commands = result.add_subparsers(dest="command", required=True, metavar="COMMAND")
    separate_ = commands.add_parser(
        "separate",
        help="separate recordings into components or sources",
        description="Separate recordings into components, or into sources made of them, written "
        "as audio files that add up to the recording, with a report. With several recordings, "
        "each gets a folder in DIR. Instead of a recording, name a project to write its sources.",
    )
    _add_files(separate_)
    _add_settings(separate_)
    return result


def _add_files(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument
    option(
        "recordings",
        nargs="+",
        metavar="RECORDING",
        help="WAV, FLAC, OGG, MP3 or AIFF file, or a project",
    )
    option("--out", metavar="DIR", help="folder to write to; made if missing")
    option(
        "--overwrite",
        action="store_true",
        help="replace files in DIR that have the names of those to be written, all of them or none",
    )
    option(
        "--project",
        type=_project,
        metavar="FILE",
        help=f"save the work there, to go on in the window ({SUFFIX})",
    )
    option(
        "--sources",
        type=_sources,
        metavar="N",
        help=f'group the components into so many sources, or "{AUTO}"',
    )
    option(
        "--guide",
        type=Path,
        metavar="FILE",
        help="group the components into the sources that a guide names, by its strokes",
    )
    option(
        "--format",
        choices=FORMATS,
        default="wav",
        help="of the audio files (wav: 32-bit float; wav24, flac: 24 bits; default: wav)",
    )
    option(
        "--threads",
        type=int,
        metavar="N",
        help="threads of the factorization (default: the cores that may be used)",
    )
    option(
        "--region",
        type=_region,
        metavar="START-END",
        help=f"separate only this stretch, {REGION_EXAMPLES}; outside it parts are silent",
    )
    option("--pictures", action="store_true", help="also draw each component's spectrogram")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument
    unset: dict[str, Any] = {"default": argparse.SUPPRESS}
    option(
        "--preset",
        choices=PRESETS,
        help=f"settings to begin with (default: {DEFAULT_PRESET})",
        **unset,
    )
    option("--bases", dest="n_bases", type=int, metavar="N", help="number of components", **unset)
    option("--rule", choices=CHOICES["rule"], help="how a factor is updated", **unset)
    option("--domain", type=float, metavar="P", help="p of the model, from 1 to 2", **unset)
    option("--iterations", dest="n_iterations", type=int, metavar="N", help="at most", **unset)
    option(
        "--tolerance",
        type=float,
        metavar="T",
        help="stop once the loss falls by less than this share of itself per iteration",
        **unset,
    )
    option(
        "--floor",
        type=_floor,
        metavar="F",
        help='smallest power that counts, relative to the mean; or "absolute", as published',
        **unset,
    )
    option("--start", choices=CHOICES["start"], help="where to start from", **unset)
    option("--seed", type=int, metavar="N", help="of the random start", **unset)
    option("--window", dest="window_samples", type=int, metavar="SAMPLES", help="length", **unset)
    option(
        "--hop",
        dest="hop_samples",
        type=int,
        metavar="SAMPLES",
        help="distance between windows; a quarter of --window if only that is given",
        **unset,
    )
    option("--mask", choices=CHOICES["mask"], help="how parts are cut out", **unset)
    option(
        "--gain",
        dest="part_gain",
        choices=CHOICES["part_gain"],
        help="parts as they are in the recording, or each with its peak at full scale",
        **unset,
    )


def _project(text: str) -> str:
    """Add the ending where there is none, as the window's dialog does."""
    path = Path(text)
    return text if path.suffix or path.is_dir() else text + SUFFIX


def _sources(text: str) -> int | str:
    try:
        return text if text == AUTO else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'{text} is neither a number nor "{AUTO}"') from None


def _floor(text: str) -> float | str:
    try:
        return text if text == "absolute" else float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'{text} is neither a number nor "absolute"') from None


def _region(text: str) -> tuple[float, float]:
    start, _, end = text.partition("-")
    try:
        region = _seconds(start), _seconds(end)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is no region: give its start and end, {REGION_EXAMPLES}"
        ) from None
    if region[0] >= region[1]:
        raise argparse.ArgumentTypeError(f"{text} does not end after it begins")
    return region


def _seconds(text: str) -> float:
    """Return the seconds of 65, 1:05 or 0:01:05."""
    *whole, last = text.strip().split(":")
    values = [*(int(each) for each in whole), float(last)]
    if len(values) > 3 or not all(0 <= each < math.inf for each in values):
        raise ValueError(text)
    if any(each >= 60 for each in values[1:]):
        raise ValueError(text)
    return float(sum(each * 60**place for place, each in enumerate(reversed(values))))


def settings_of(arguments: argparse.Namespace, sample_rate: int) -> Settings:
    """Return the preset with what was asked for in its place."""
    base = preset(getattr(arguments, "preset", DEFAULT_PRESET), sample_rate)
    given = {name: value for name, value in vars(arguments).items() if hasattr(base, name)}
    if "window_samples" in given:
        given.setdefault("hop_samples", given["window_samples"] // 4)
    if "mask" in given:
        base = with_mask(base, given["mask"])
    return replace(base, **given)


def check(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be done before anything is read.

    Raises
    ------
    SettingsError
        With the reason.
    """
    if arguments.out is None and arguments.project is None:
        raise SettingsError("Say where to write to: --out DIR, --project FILE, or both.")
    if arguments.project is not None and len(arguments.recordings) > 1:
        raise SettingsError("A project holds one recording: name only one with --project.")
    if arguments.guide is not None and arguments.sources is not None:
        raise SettingsError("A guide names the sources: leave out --sources, or --guide.")
    given = dict(vars(arguments))
    if "window_samples" not in given:
        given.pop("hop_samples", None)  # whether it fits depends on the recording's sample rate
    settings_of(argparse.Namespace(**given), 44_100)
    if arguments.threads is not None and arguments.threads < 1:
        raise SettingsError("There must be at least one thread.")


def check_for_recording(arguments: argparse.Namespace, n_sources: int | str | None) -> None:
    """Refuse more sources than there will be components.

    Parameters
    ----------
    arguments : argparse.Namespace
        Of the command line.
    n_sources : int, str or None
        How many are wanted; anything but a number is none to refuse.

    Raises
    ------
    SettingsError
        If there are.
    """
    chosen = PRESETS[getattr(arguments, "preset", DEFAULT_PRESET)]
    n_bases = getattr(arguments, "n_bases", chosen.n_bases)
    if isinstance(n_sources, int) and not 1 <= n_sources <= n_bases:
        raise SettingsError(
            f"The number of sources must lie between 1 and the number of components, here "
            f"{n_bases}, not {n_sources}."
        )


def check_for_project(arguments: argparse.Namespace) -> None:
    """Refuse options that a project has no use for: it was separated already.

    Raises
    ------
    SettingsError
        If there are any.
    """
    names = [it.name for it in fields(Settings)] + ["preset", "region", "threads"]
    if any(getattr(arguments, name, None) is not None for name in names):
        raise SettingsError(
            "A project was separated already: with it, only --out, --project, --sources, "
            "--guide, --format, --pictures and --overwrite have a meaning."
        )
