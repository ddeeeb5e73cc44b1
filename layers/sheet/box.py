"""A rectangle on paper."""

from __future__ import annotations

from dataclasses import dataclass

import shapely


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the page, in millimetres from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height

    def inside(self, margin: float) -> Box:
        """Return the rectangle less a margin on every side."""
        return Box(
            left=self.left + margin,
            bottom=self.bottom + margin,
            width=self.width - 2 * margin,
            height=self.height - 2 * margin,
        )

    def polygon(self) -> shapely.Polygon:
        """Return the rectangle as a polygon."""
        return shapely.box(self.left, self.bottom, self.right, self.top)
