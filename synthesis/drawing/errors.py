"""What cannot be drawn."""


class DrawingError(ValueError):
    """A drawing that cannot be written as asked."""
