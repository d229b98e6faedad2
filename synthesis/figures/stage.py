"""An axis on the page, on which values become points."""

from dataclasses import dataclass

from synthesis.figures.rows import Scale


@dataclass(frozen=True, slots=True)
class Stage:
    """An axis on the page: values become points between `left` and `right`."""

    scale: Scale
    left: float
    right: float

    def x(self, value: float) -> float:
        """The point of a value, however far outside."""
        scale, left = self.scale, self.left
        return left + (value - scale.low) / (scale.high - scale.low) * (self.right - left)

    def inside(self, value: float) -> bool:
        """Whether the value lies on the axis, up to what rounding would hide."""
        return self.left - 0.04 <= self.x(value) <= self.right + 0.04

    def clip(self, value: float) -> float:
        """The point of a value, at the end of the axis when it lies beyond."""
        return min(max(self.x(value), self.left), self.right)
