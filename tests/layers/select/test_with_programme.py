"""What a programme more in one of the three lists would leave, against selections."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.select.choices import PROGRAMME_FIELDS
from layers.select.facets import with_programme
from layers.select.selection import Selection
from tests import real

PROGRAMMES = [*real.package().programmes]
placed = st.dictionaries(
    st.sampled_from(PROGRAMMES), st.sampled_from(PROGRAMME_FIELDS), max_size=5
)


@pytest.mark.parametrize("prefectures", [(), ("130700", "130800")], ids=str)
@settings(max_examples=40, deadline=None)
@given(lists=placed)
def test_each_count_is_that_of_the_selection_made_by_toggling(
    counties, prefectures, lists
):
    selection = Selection(prefectures=prefectures)
    for programme, field in lists.items():
        selection = selection.with_values(field, {*selection.values(field), programme})

    counted = with_programme(counties, selection, PROGRAMMES)

    for field in PROGRAMME_FIELDS:
        for programme, count in zip(PROGRAMMES, counted[field], strict=True):
            led = selection
            if programme not in selection.values(field):
                led = selection.toggle(field, programme)
            assert count == len(led.apply(counties)), (field, programme)
