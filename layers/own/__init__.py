"""Figures of the user's own: a table or layer read, joined to counties, accounted for.

Nothing here is of the plan, and nothing is kept here: what was read lives as long as
its object. What a reader wants to be kept is kept by :mod:`layers.store`.
"""
