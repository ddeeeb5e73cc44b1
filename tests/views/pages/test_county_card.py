"""The card beside the map says of a county what the map shows of it."""

from types import SimpleNamespace

import pytest

from geo.language import LANGUAGES
from layers.facts.columns import adcode_column
from layers.facts.value_texts import cell_text
from layers.themes.themes import themes
from tests import real
from views.pages.county_card import county_card
from views.pages.target_cards import board


def flat(node) -> str:
    if isinstance(node, str):
        return node
    return "".join(flat(child) for child in node[2:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_begins_with_what_the_map_shows_of_the_county(language):
    """Whoever opens a dark county wants to know the number that made it dark."""
    package, counties = real.package(), real.counties()
    shown = board(SimpleNamespace(package=package, counties=real.counties))
    for theme in themes(package).values():
        if len(theme.variables) != 1:
            continue
        variable = package.variables[theme.variables[0]]
        known = counties[adcode_column(variable.id) if theme.has_lines else variable.id]
        gaps = known.isna() | (known == "")
        for adcode in {*known.index[~gaps][:1], *known.index[gaps][:1]}:
            card = county_card(shown, counties, adcode, language, theme.variables)
            (headlines,) = (
                node for node in card if node[1].get("class") == "atlas-headlines"
            )
            first = flat(headlines[2])
            assert variable.name(language) in first
            told = cell_text(package, variable, counties.loc[adcode], language)
            if variable.among and adcode not in package.members(variable.among):
                told = package.variables[variable.among].within(language)
            elif variable.kind == "date" and not told:
                continue  # how surely it is known is said in words
            assert (told or variable.missing(language)) in first
