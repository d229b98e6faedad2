"""The arithmetic of tests, one family a file: counts or summaries in, statistic, df and p out.

Arrays have studies (or tables) on the last axis and any batch in front; a single float works as well.
Where a statistic is not defined (an empty margin, no spread) it is nan, and so is its p.
"""
