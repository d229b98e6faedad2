"""One figure a file: what it says (content) and where everything goes (layout)."""
