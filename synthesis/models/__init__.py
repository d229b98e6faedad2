"""Models, one file each; every one gives a frozen fit of the shape in `synthesis.fit`."""
