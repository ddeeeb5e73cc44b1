"""Files of the edition before variables had kinds still open, and say what changed."""

from pathlib import Path

import pytest

from geo.export import FORMATS
from layers.files.readback.changes import changes
from layers.files.readback.reading import read_back
from layers.select.selection import Selection

FOLDER = Path(__file__).parent / "earlier_edition"
THEN = Selection(
    prefectures=("130700",),
    where={"area": ("contiguous_yanshan_taihang",), "partner": ("110000",)},
)
ADCODES = ("130722", "130723", "130724", "130725")


@pytest.mark.parametrize("form", [f for f in FORMATS if f not in {"gml", "dxf"}])
def test_a_file_of_an_earlier_edition_comes_home(package, counties, form):
    file = FOLDER / f"{form}{FORMATS[form].suffix}"

    home = read_back(file.read_bytes(), file.name)

    assert (home.format, home.language, home.vintage) == (form, "zh", "2024")
    assert (home.selection, home.adcodes, home.count) == (THEN, ADCODES, 4)
    found = changes(package, counties, home)
    assert found.selection == THEN
    assert found.data_are_same is False
    assert not (found.rejected or found.unknown)
    now = [*THEN.apply(counties)]
    assert [*found.added] == sorted({*now} - {*ADCODES})
    assert [*found.lacking] == sorted({*ADCODES} - {*now})
