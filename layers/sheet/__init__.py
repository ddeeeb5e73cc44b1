"""Printed map sheets: a selection on paper, as PNG, SVG or PDF."""

from layers.sheet.sheet import FORMATS, draw
from layers.sheet.world import georeference

__all__ = ["FORMATS", "draw", "georeference"]
