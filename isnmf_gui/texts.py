"""Texts for people, in the language that was chosen.

Every sentence, label and tooltip is written in English as `tr("…")`; Qt's `lupdate` finds these
calls and a translator that the window installs answers them. Without one, English is shown.
Constants are marked by `N_("…")` when they are imported, and translated by `str` when they are
shown: so modules may be imported before the language is known.
"""

from __future__ import annotations

import numbers
import re
import string
from collections.abc import Callable
from dataclasses import dataclass

#: Returns the translation of (text, comment, n); nothing where there is none.
Translate = Callable[[str, str, int], str | None]

#: Stands in the name of a step for what it is done to.
WHAT = "{what}"
#: "&File", or "ファイル(&F)" as menus have it where letters are no part of the words.
MNEMONIC = re.compile(r"\(&[^&]\)|&")
#: "component(s)", as Qt writes what depends on a number.
PLURAL = re.compile(r"\(s\)")


class _Fields(string.Formatter):
    """Fills fields in; numbers are written as the locale has them, negative ones with a minus."""

    def __init__(self) -> None:
        self.decimal_point, self.group_separator = ".", ","

    def format_field(self, value: object, spec: str) -> str:
        if isinstance(value, numbers.Real):
            return self.localized(format(value, spec)).replace("-", "−")
        return format(value, spec)

    def localized(self, digits: str) -> str:
        """Return a number with the decimal point and grouping of the locale."""
        return digits.translate({ord("."): self.decimal_point, ord(","): self.group_separator})


def _english(text: str, comment: str, n: int) -> str:
    return ""


_fields = _Fields()
_translate: Translate = _english


def install(
    translate: Translate = _english, decimal_point: str = ".", group_separator: str = ","
) -> None:
    """Let texts be translated and numbers be written by a locale from now on.

    Parameters
    ----------
    translate : callable, optional
        Returns the translation of (text, comment, n), or "" for the English text itself.
    decimal_point, group_separator : str, optional
        What numbers are written with.
    """
    global _translate
    _translate = translate
    _fields.decimal_point, _fields.group_separator = decimal_point, group_separator


def tr(text: str, comment: str = "", n: int = -1, /, **values: object) -> str:
    """Translate a text and fill its fields in.

    Parameters
    ----------
    text : str
        In English, as a literal. `{name:.1f}` stands for the value `name`, as in `str.format`,
        with a minus sign where a number is negative; `%n` for the number `n`, and `(s)` for the
        plural that it asks for.
    comment : str, optional
        Tells translators apart what one English word means in two places; a literal too.
    n : int, optional
        How many.
    **values : object
        What the fields hold.

    Returns
    -------
    str
        The text to show.
    """
    shown = _translate(text, comment, n) or text
    if n >= 0:
        shown = PLURAL.sub("" if n == 1 else "s", shown).replace("%n", number(n))
    return _fields.vformat(shown, (), values) if values else shown


@dataclass(frozen=True)
class Marked:
    """A text that is translated when it is shown: `str` gives it in the language of the moment.

    Attributes
    ----------
    text : str
        In English.
    comment : str
        Tells translators apart what one English word means in two places.
    values : tuple of (str, object)
        Names of its fields, and what they hold, where that is known before.
    """

    text: str
    comment: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.filled()

    def filled(self, **values: object) -> str:
        """Return it translated, with these fields filled in too, as `tr` does."""
        shown = _translate(self.text, self.comment, -1) or self.text
        values = {**dict(self.values), **values}
        return _fields.vformat(shown, (), values) if values else shown


def N_(text: str, comment: str = "", /, **values: object) -> Marked:
    """Mark a text of a constant, as gettext's `N_` does: found by `lupdate`, translated later.

    Parameters
    ----------
    text : str
        In English, as a literal.
    comment : str, optional
        For translators; a literal too.
    **values : object
        What fields hold, where that is known already; they are written when it is shown.

    Returns
    -------
    Marked
        To be shown by `str`.
    """
    return Marked(text, comment, tuple(values.items()))


def number(value: float, spec: str = "") -> str:
    """Write a number as `format` does, with the decimal point and grouping of the locale."""
    return _fields.localized(format(value, spec))


def signed(value: float, spec: str = "") -> str:
    """Write a number as fields have it: with a minus sign, as wide as digits are, for a hyphen."""
    return _fields.format_field(value, spec)


def clock(seconds: float, decimals: int = 0, hours: bool = False) -> str:
    """Write a time as a clock does: 0:07, 3:07.5, 1:03:07.

    Parameters
    ----------
    seconds : float
        The time; less than none is none.
    decimals : int, optional
        How many digits follow the seconds.
    hours : bool, optional
        Whether hours are written even where there are none.

    Returns
    -------
    str
        Minutes and seconds, before them hours from the first one on.
    """
    whole = 60 * 10**decimals
    minutes, rest = divmod(round(max(seconds, 0.0) * 10**decimals), whole)  # 59.96 is 1:00.0
    width = 2 + (decimals and decimals + 1)
    written = number(rest / 10**decimals, f"0{width}.{decimals}f")
    if minutes < 60 and not hours:
        return f"{minutes}:{written}"
    return f"{minutes // 60}:{minutes % 60:02d}:{written}"


def moment(seconds: float, decimals: int) -> str:
    """Write a time in seconds, or from a minute on as a clock does: 7.5 s, 3:07.5, 1:03:07.5."""
    is_long = round(seconds, decimals) >= 60
    return clock(seconds, decimals) if is_long else f"{number(seconds, f'.{decimals}f')} s"


def filled(text: str, what: str) -> str:
    """Put what a step is done to into its name, which was translated without it."""
    return text.replace(WHAT, what)


def without_mnemonic(text: str) -> str:
    """Return the text of a menu, button or label without the key that it is chosen by."""
    return MNEMONIC.sub("", text)


def plain(text: str) -> str:
    """Return the bare words of a menu's entry: without the key that it is chosen by, and "…"."""
    return without_mnemonic(text).rstrip("…")
