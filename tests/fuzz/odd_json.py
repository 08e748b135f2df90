"""JSON with values that nobody expects."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2, 3, 7, 2**31, 2**64, 10**30, 0.5, -0.0, 1e308, "", "x", "0",
    "absolute", "float64", "x" * 2_000, [], [0], [[0]], {}, {"a": 1},
]  # fmt: skip


def with_odd_values(text: bytes, dice: random.Random) -> bytes:
    """Replace one value, or two, by odd ones."""
    values = json.loads(text)
    for _ in range(dice.choice([1, 1, 2])):
        container, key = dice.choice(_places(values))
        container[key] = deepcopy(dice.choice(ODD))  # or the next may go into it, for good
    return json.dumps(values).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container of JSON with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    within = [value[key] for key in keys if isinstance(value[key], dict | list)]
    return found + [place for inner in within for place in _places(inner)]
