"""Marks, measured text and the writers that place them; nothing here knows any statistics."""
