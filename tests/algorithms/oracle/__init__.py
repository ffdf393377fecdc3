"""docs/model.md said again in the slow, obvious way: dicts, sets and loops over plain rows.

It shares no code with what it checks. None stands for "not known" throughout.
"""
