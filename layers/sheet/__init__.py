"""Printed map sheets: a selection on paper, as PNG, SVG or PDF."""

from layers.sheet.sheet import FORMATS, draw, georeference

__all__ = ["FORMATS", "draw", "georeference"]
