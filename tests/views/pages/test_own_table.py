"""The table of the page of own figures: counties that are left, with own columns."""

from types import SimpleNamespace

import pytest

from geo.language import speaker
from layers.edition.edition import Edition
from layers.facts.package import load
from layers.own.joined import join
from layers.own.reading import read
from layers.own.register import places_of
from layers.own.variables import own_facts
from layers.select.selection import Selection
from views.pages.own_table import of_counties

INCOME = "县,收入(元),类型\n张北县,5000,坝上\n尚义县,4000,坝上\n长安区,9000,城区\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_the_counties_that_are_left(language):
    package = load()
    table = join(read(INCOME.encode(), "t.csv"), places_of(package))
    facts = own_facts(table, package.divisions)
    own = SimpleNamespace(
        say=speaker(language),
        edition=Edition(package.with_variables(facts)),
        variables=facts.variables,
        selection=Selection().with_values("own_1", ["4500.."]),
    )

    shown = of_counties(own)

    assert shown.iloc[:, 0].to_list() == ["130102", "130722"]
    assert shown["收入(元)"].to_list() == [9000, 5000]
    assert shown["类型"].to_list() == ["城区", "坝上"]
