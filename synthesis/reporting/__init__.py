"""The report: a review in, one self-contained page of HTML out.

``assembly.report`` is the door. A section is one file in ``sections/`` that ends in
``SECTION = Section(...)``, with the template of the same name in ``templates/sections/``.
"""
