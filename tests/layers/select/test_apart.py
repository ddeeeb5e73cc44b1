"""Totals of a prefecture with the counties that another body runs, and without."""

import csv
from math import fsum

import pytest

from geo.folders import attributes_folder
from geo.language import LANGUAGES, speaker
from layers.facts.package import load
from layers.select.apart import explained, run_apart, without
from layers.select.overlaps import shares
from layers.select.totals import totals

XIONGAN = ("130629", "130632", "130638")
DINGZHOU, XINJI = "130682", "130181"
BAODING, SHIJIAZHUANG = "130600", "130100"


def test_counties_run_by_others_come_from_the_table(package):
    assert run_apart(package) == {
        SHIJIAZHUANG: (XINJI,),
        BAODING: tuple(sorted([*XIONGAN, DINGZHOU])),
    }


def test_another_body_is_a_row_more_and_no_code(spoiled):
    copy = spoiled()
    row = next(iter(copy.rows("administrations.csv").values()))
    copy.append_row("administrations.csv", **{**row, "adcode": "130724"})

    package = load(copy.directory)

    assert run_apart(package)["130700"] == ("130724",)
    assert without(package, "130700", speaker("zh")) == "张家口（不含另行管辖的1个县）"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_which_counties_these_are(package, language):
    say = speaker(language)
    lines = explained(package, say)

    assert len(lines) == 2
    text = "".join(lines)
    for adcode in (*XIONGAN, DINGZHOU, XINJI):
        division = package.divisions[adcode]
        assert say.pick(division.name, division.name_en) in text
    assert say.pick("雄安新区", "Xiong’an New Area") in text


def published(variable, level="county"):
    """A second reading: the file itself, by its codes."""
    with (attributes_folder() / "numbers.csv").open(encoding="utf-8") as source:
        return {
            row["published_adcode"]: float(row["value"])
            for row in csv.DictReader(source)
            if (row["variable"], row["level"]) == (variable, level)
        }


def test_the_total_of_a_prefecture_stands_with_them_and_without(package):
    people = published("population_2020")
    of_prefectures = published("population_2020", "prefecture")
    found = totals(package, package.variables["population_2020"])
    rows = {(total.adcode, bool(total.left_out)): total for total in found}

    assert {code for code, left_out in rows if left_out} == {SHIJIAZHUANG, BAODING}
    for code, apart in run_apart(package).items():
        whole, rest = rows[code, False], rows[code, True]
        assert whole.number == of_prefectures[code]
        assert rest.left_out == apart
        assert whole.n - rest.n == len(apart)
        assert whole.counties - rest.counties == fsum(people[a] for a in apart)
        lost = {f.code for f in whole.beside} - {f.code for f in rest.beside}
        assert whole.number - rest.number == fsum(people[a] for a in apart) + fsum(
            f.number for f in whole.beside if f.code in lost
        )


def test_a_mean_without_them_is_weighted_anew(package):
    share, people = published("age_65_share_2020"), published("population_2020")
    variable = package.variables["age_65_share_2020"]
    rest = next(
        t for t in totals(package, variable) if t.adcode == BAODING and t.left_out
    )
    own = [
        a for a in people if a[:4] == "1306" and a not in run_apart(package)[BAODING]
    ]
    own = [a for a in own if a in package.divisions]
    expected = fsum(share[a] * people[a] for a in own) / fsum(people[a] for a in own)

    assert rest.n == len(own) == 20
    assert rest.counties == pytest.approx(expected, abs=0.006)


def test_counts_and_areas_of_a_prefecture_stand_with_them_and_without(
    package, counties
):
    table = shares(counties, counties.index, ["poor_county"], run_apart(package))
    every = table[table["programme"] == ""]
    poor = table[table["programme"] == "poor_county"]
    cell = poor.set_index(["prefecture_adcode", "left_out"])["counties"]
    apart = ";".join(run_apart(package)[BAODING])
    members = package.members("poor_county")

    assert len(every) == 11 + 2 + 1
    inside = sum(a in members for a in apart.split(";"))
    assert cell[BAODING, ""] - cell[BAODING, apart] == inside
    area = counties["area_km2"]
    own = counties.index[counties["prefecture_adcode"] == BAODING]
    rest = [a for a in own if a in members and a not in apart.split(";")]
    row = poor.set_index(["prefecture_adcode", "left_out"]).loc[(BAODING, apart)]
    assert row["share_of_prefecture"] == pytest.approx(
        area[rest].sum() / area[[a for a in own if a not in apart.split(";")]].sum()
    )
