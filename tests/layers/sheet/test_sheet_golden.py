"""Sheets look as they did when somebody last looked at them: see golden/README.md."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from layers import sheet
from layers.select.selection import Selection

GOLDEN = Path(__file__).parent / "golden"
RENEW = "RENEW_GOLDEN"
DPI = 32

CASES = {
    "one_a4_landscape": (
        Selection(all_of=("olympic_low_carbon_zone",)),
        {"orientation": "landscape"},
    ),
    "ten_a4_portrait": (Selection(all_of=("deep_poverty",)), {}),
    "stripes_a4_portrait": (
        Selection(any_of=("poor_county", "contiguous_heilonggang", "relocation")),
        {},
    ),
    "all_a3_landscape": (Selection(), {"paper": "A3", "orientation": "landscape"}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_looks_as_before(package, counties, name, tmp_path):
    selection, options = CASES[name]
    # English, because translations may be polished without a look at the sheets.
    content = sheet.draw(
        package, counties, selection, format="png", language="en", dpi=DPI, **options
    )
    golden = GOLDEN / f"{name}.png"
    if os.environ.get(RENEW):
        golden.write_bytes(content)
    now = tmp_path / f"{name}.png"
    now.write_bytes(content)

    difference = np.abs(seen(now) - seen(golden))

    message = f"{now} differs from {golden.name}: look at both, see golden/README.md"
    assert difference.mean() < 1.5, message
    assert (difference.max(axis=2) > 60).mean() < 0.01, message


def seen(file: Path) -> np.ndarray:
    """An image as from a step away: letters that moved by a hair do not count."""
    image = Image.open(file).convert("RGB").filter(ImageFilter.GaussianBlur(1))
    return np.asarray(image, dtype=float)
