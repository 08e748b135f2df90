"""What the settings panel says: labels of choices, and tooltips."""

from __future__ import annotations

from typing import Any

from isnmf_gui.nmf import DEFAULT_FLOOR
from isnmf_gui.texts import N_, Marked

PRESET_LABELS = {
    "fast": N_("Fast – a quick look"),
    "quality": N_("Quality – better separation"),
    "notebook": N_("Notebook – the published example"),
}
CUSTOM = N_("Custom")
CHOICE_LABELS: dict[str, dict[Any, Marked | str]] = {
    "rule": {
        "fast": N_("Fast – extrapolated"),
        "me": N_("ME – majorize-equalize"),
        "mm": N_("MM – majorize-minimize"),
    },
    "start": {"random": N_("Random"), "tempered": N_("Tempered")},
    "mask": {"wiener": N_("Wiener – parts add up"), "ratio": N_("Ratio – as published")},
    "tolerance": {
        0.0: N_("After all iterations"),
        **{
            share: N_("Once below {percent:g} %", percent=100 * share)
            for share in (1e-5, 1e-4, 1e-3)
        },
    },
    "floor": {
        DEFAULT_FLOOR: "−90 dB",
        1e-6: "−60 dB",
        1e-4: "−40 dB",
        "absolute": N_("As published"),
    },
    "precision": {"float32": N_("Single – faster"), "float64": N_("Double")},
    "part_gain": {"original": N_("As in the recording"), "peak": N_("Each at full scale")},
}
TIPS = {
    "preset": N_("Settings that go well together. Change any of them afterwards."),
    "n_bases": N_(
        "How many components to separate into. Each holds one kind of sound: a note, a "
        "drum, a noise. More bases tell more sounds apart, and leave more pieces to sort."
    ),
    "rule": N_(
        "How a step is taken. ME needs about half as many iterations as MM, Fast about a "
        "quarter; all end at similar sounds. Run several to compare their loss curves."
    ),
    "domain": N_(
        "The model is (T V)^(2/p). p = 2 models power, p = 1 amplitude. Between them music "
        "often separates best; with p = 1 or 2 a run takes half the time."
    ),
    "n_iterations": N_(
        "How long to go on at most. Watch the loss: once it is flat, more iterations change little."
    ),
    "tolerance": N_(
        "When to stop: after all iterations, or once the loss falls by less than this "
        "share of itself per iteration, when the sounds hardly change any more."
    ),
    "threads": N_(
        "How many processor cores a run may use. Fewer leave more to other programs; the "
        "sounds are the same."
    ),
    "start": N_(
        "Where to begin. Random takes noise; Tempered first finds rough notes and strokes, "
        "which often separates better."
    ),
    "seed": N_(
        "Number of the random start. Another seed gives other components; the same seed the "
        "same ones."
    ),
    "window_samples": N_(
        "How much sound one column of the spectrogram sees. Longer windows tell "
        "close notes apart, shorter ones follow drums."
    ),
    "hop_samples": N_("Distance from one window to the next. A quarter of the window is usual."),
    "mask": N_(
        "How a component is cut out of the recording. Wiener shares every bit of sound out "
        "among the components, so together they give the recording exactly."
    ),
    "floor": N_(
        "How quiet a sound still counts, compared with the recording's mean. Higher ignores "
        "faint noise, which often separates music better. As published: at an absolute level, "
        "so that "
        "the result depends on the recording's, and the loss of a very quiet one may rise."
    ),
    "precision": N_("Numbers with 7 or 16 digits. Single is faster and cannot be heard apart."),
    "part_gain": N_(
        "Level of exported files. Files at full scale no longer add up to the recording."
    ),
}
