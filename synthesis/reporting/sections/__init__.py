"""The report's sections, one file each; every file ends in ``SECTION = Section(...)``."""
