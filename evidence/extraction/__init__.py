"""Prose as claims: results as papers print them, each number with its place in the text.

``characters`` makes odd characters plain and keeps the way back; ``tokens`` cuts the plain text up;
``numbers`` reads printed numbers off the tokens; each of ``chance``, ``statistic``, ``effect``, ``share``,
``spread`` and ``group_size`` recognises one way of printing; ``recognising`` walks through a text with them.
"""
