"""The colours of the roles, in both themes.

Every role has at least 3:1 against its ground (text 4.5:1), and the ink of an interval at least 3:1
against the square it crosses, so that it stays visible inside (both tested). Squares and diamonds also
differ in lightness: the figure survives a grey printer.

`GROUNDS` are roles of areas that other marks and words stand on: ink keeps 4.5:1 on them. The fills of
judgements (low, some, high) are the same in both themes, have their own ink beside them, and are told apart
by their signs as well.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour on white paper and one on a dark screen."""

    light: str
    dark: str


INK = Paint("#1A1A1A", "#E6E6E6")
GROUND = Paint("#FFFFFF", "#16181C")

ROLES = {
    "text": INK,
    "secondary": Paint("#4A4A4A", "#9AA4AF"),
    "rule": INK,
    "interval": INK,
    "null": INK,
    "reference": Paint("#5F6B76", "#9AA4AF"),
    "square": Paint("#6C98C4", "#4F7296"),
    "dot": Paint("#1F5A93", "#7FB3E0"),
    "summary": Paint("#1F5A93", "#7FB3E0"),
    "prediction": Paint("#1F5A93", "#7FB3E0"),
    "alert": Paint("#B3202C", "#F08A8F"),
    "second": Paint("#A85400", "#E8A45C"),
    "third": Paint("#2E7D5B", "#7CC9A4"),
    "band-1": Paint("#F2F2F2", "#1F2328"),
    "band-2": Paint("#E4E4E4", "#292E34"),
    "band-3": Paint("#D4D4D4", "#343A41"),
    "heat-1": Paint("#DCE8F3", "#1F2F40"),
    "heat-2": Paint("#B3CDE6", "#2A4766"),
    "warm-1": Paint("#FBE9D2", "#3A2C1B"),
    "warm-2": Paint("#F3CB98", "#5A421F"),
    "low": Paint("#2C6DA4", "#2C6DA4"),
    "some": Paint("#F0C04A", "#F0C04A"),
    "high": Paint("#B3202C", "#B3202C"),
    "on-dark": Paint("#FFFFFF", "#FFFFFF"),
    "on-light": Paint("#1A1A1A", "#1A1A1A"),
}
JUDGED = frozenset(("low", "some", "high"))
GROUNDS = JUDGED | {role for role in ROLES if role.startswith(("band-", "heat-", "warm-"))}
INHERITED = frozenset(role for role, paint in ROLES.items() if paint is INK)


def stylesheet(scope: str = "svg", theme: str = "light") -> str:
    """CSS rules that colour inline figures under `scope`; ink follows the page's own `color`.

    Parameters
    ----------
    scope : str
        A selector put before each class, such as ``.figure`` or ``[data-theme=dark] svg``.
    theme : {"light", "dark"}
        Which of the two colours of each role to write.

    Examples
    --------
    >>> stylesheet(".figure").splitlines()[0]
    '.figure .m-secondary{color:#4A4A4A}'
    """
    return "\n".join(
        f"{scope} .m-{role}{{color:{getattr(paint, theme)}}}"
        for role, paint in ROLES.items()
        if role not in INHERITED and paint.light != paint.dark
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two hexadecimal colours by WCAG 2.2, from 1 to 21.

    Examples
    --------
    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
