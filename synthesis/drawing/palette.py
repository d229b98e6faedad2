"""The colours of the roles, in both themes.

Every role has at least 3:1 against its ground (text 4.5:1), and the ink of an interval at least 3:1
against the square it crosses, so that it stays visible inside (both tested). Squares and diamonds also
differ in lightness: the figure survives a grey printer.
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
}
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
        if role not in INHERITED
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
