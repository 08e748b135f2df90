"""A run that strokes were painted on, for tests."""

import json
from pathlib import Path
from typing import Any

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Shape, Stroke
from isnmf_gui.session.document.guidance import Path as BrushPath
from isnmf_gui.session.edits import guidance_edits, source_edits

LOW = Box(0.1, 0.4, 100.0, 900.0)
HIGH = Box(0.3, 0.8, 1000.0, 3000.0)
LINE = BrushPath(((0.2, 440.0), (0.5, 466.0), (0.7, 450.0)), 0.25, 4)

#: What people may write of a recording of a second.
GUIDE: dict[str, Any] = {
    "sources": ["Drums", "Voice"],
    "strokes": [
        {"source": "Drums", "start_s": 0.1, "stop_s": 0.4, "low_hz": 100, "high_hz": 900},
        {"source": "Voice", "start_s": 0.3, "stop_s": 0.8, "low_hz": 1000, "high_hz": 3000},
        {"source": "Voice", "path": [[0.2, 440], [0.7, 466]], "octaves": 0.25, "partials": 4},
    ],
}


def stroke_of(shape: Shape, **values: Any) -> Stroke:
    """Return a stroke that gets its number and source when it is added."""
    return Stroke(0, 0, shape, **values)


def painted(run: Run) -> Run:
    """Return a run of two sources with strokes of all kinds, and a component put by hand."""
    run = source_edits.group_as(run, [0, 0, 1, -1][: len(run.components)])
    run = source_edits.rename_source(source_edits.rename_source(run, 1, "Drums"), 2, "Voice")
    drums, voice = (source.id for source in run.sources)
    strokes = (
        (drums, stroke_of(LOW)),
        (voice, stroke_of(HIGH, erased=(Box(0.5, 0.6, 0.0, 4000.0),))),
        (voice, stroke_of(LINE)),
        (drums, stroke_of(HIGH, is_on=False)),
    )
    for source_id, stroke in strokes:
        run = guidance_edits.add_stroke(run, source_id, stroke)
    return source_edits.assign(run, [1], drums)


def write_guide(path: Path, **changes: Any) -> Path:
    """Write `GUIDE`, with some of it changed."""
    path.write_text(json.dumps({**GUIDE, **changes}), encoding="utf-8")
    return path
