"""What would make failing numbers agree: single edits of a printed number, and readings of the whole paper.

Nothing here is ever applied; a correction is an author's act.
"""
