"""How a county stands in a box of counties, which the browser searches by its label."""

from __future__ import annotations

from geo.divisions import Divisions
from geo.language import N_, Language, speaker
from geo.names import beside


def county_label(divisions: Divisions, adcode: str, language: Language) -> str:
    """Label a county so that any of its names and its code find it.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        The divisions.
    adcode : str
        Of the county.
    language : {"zh", "en"}
        Language of the page.
    """
    say = speaker(language)
    county, above = divisions[adcode], divisions.parent(adcode)
    past = dict.fromkeys(name for name in county.former_names if name != county.name)
    former = [beside(name, language) for name in past]
    body = divisions.administration(adcode)
    codes = [a.alias for a in divisions.aliases_of(adcode) if a.alias.isdecimal()]
    parts = [
        divisions.named(adcode, language),
        say.pick(above.name, above.name_en),
        county.pinyin,
        adcode,
        *codes,
        f"{body.name(language)} {body.code}".strip() if body else "",
        say(N_("formerly {names}"), names=say.series(former)) if former else "",
    ]
    return " · ".join(filter(None, parts))
