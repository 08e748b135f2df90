"""The numbers that components of a run are called by."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def fitting(numbers: Sequence[int], n: int) -> list[int]:
    """Return numbers from 1 to n in place of others, in the same order.

    Parameters
    ----------
    numbers : sequence of int
        Ascending, from 1; as many as n at most.
    n : int
        The highest number that there may be.

    Returns
    -------
    list of int
        Ascending. Each number stays what it was, or is as high as leaves room for those above it.
    """
    fitted: list[int] = []
    for place, number in enumerate(numbers):
        least = fitted[-1] + 1 if fitted else 1
        fitted.append(max(least, min(number, n - (len(numbers) - 1 - place))))
    return fitted


def free(used: Collection[int]) -> int:
    """Return the lowest number from 1 that is free."""
    taken = set(used)
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
