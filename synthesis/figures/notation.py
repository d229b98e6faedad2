"""How a journal writes numbers: brackets and word of an interval, decimal sign, thousands."""

import re
from dataclasses import dataclass

_SIGN = re.compile(r"(?<=\d)[.,](?=\d)")


@dataclass(frozen=True, slots=True)
class Notation:
    """The signs of a journal; a minus sign is U+2212 in all of them.

    A dash between bounds gives way to "to" where one of them is negative, since it could be read as a sign.
    """

    opening: str = "("
    between: str = " to "
    closing: str = ")"
    point: str = "."
    thousands: str = ","

    def interval(self, low: str, high: str) -> str:
        """Two printed bounds as an interval.

        Examples
        --------
        >>> LANCET_SIGNS.interval("0.33", "0.73"), LANCET_SIGNS.interval("−0.4", "0.3")
        ('(0.33–0.73)', '(−0.4 to 0.3)')
        """
        between = self.between if self.between != "–" or "−" not in low + high else " to "
        return f"{self.opening}{low}{between}{high}{self.closing}"

    def numbers(self, text: str) -> str:
        """The text with the decimal and thousands signs of every number in it.

        Examples
        --------
        >>> LANCET_SIGNS.numbers("62/13,598, P = 0.02.")
        '62/13\u2009598, P = 0·02.'
        """
        if self.point == "." and self.thousands == ",":
            return text
        signs = {".": self.point, ",": self.thousands}
        return _SIGN.sub(lambda found: signs[found[0]], text)


PLAIN = Notation()
SQUARE_BRACKETS = Notation(opening="[", between=", ", closing="]")
LANCET_SIGNS = Notation(between="–", point="·", thousands="\u2009")
THIN_SPACES = Notation(thousands="\u2009")
