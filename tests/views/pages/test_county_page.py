"""The page of a county: headlines first, every programme once, the rest on demand."""

import json
import re
from types import SimpleNamespace

import pytest

from geo.language import LANGUAGES
from tests import real
from views.pages.county import page_parts
from views.pages.county_programmes import RUNS

each_language = pytest.mark.parametrize("language", LANGUAGES)
TRIED = ("130731", "130133", "130629", "130709", "130434")


def parts(adcode, language="zh"):
    edition = SimpleNamespace(package=real.package(), counties=real.counties)
    return page_parts(edition, adcode, language)


def walk(node, folded=False):
    """Every element below a node, and whether it lies in a closed fold."""
    if isinstance(node, str):
        return
    tag, _, *children = node
    yield node, folded
    for child in children:
        inside = tag == "details" and child[0] != "summary"
        yield from walk(child, folded or inside)


def elements(nodes, tag, css=""):
    return [
        (node, folded)
        for top in nodes
        for node, folded in walk(top)
        if node[0] == tag and css in node[1].get("class", "")
    ]


@each_language
@pytest.mark.parametrize("adcode", TRIED)
def test_every_programme_stands_once_with_what_is_known_of_it(adcode, language):
    package = real.package()
    nodes = parts(adcode, language)["programmes"]
    signs = {sign: standing for standing, sign, _ in RUNS}
    found = {}
    for group in elements(nodes, "dl", "atlas-groups")[0][0][2:]:
        (_, _, heading), (_, _, listed, _) = group[2:]
        for item in listed[2:]:
            text = json.dumps(item, ensure_ascii=False)
            (name,) = [
                p
                for p in package.programmes.values()
                if package.groups[p.group].name(language) == heading
                and json.dumps(p.name(language), ensure_ascii=False) in text
            ]
            assert name.id not in found
            found[name.id] = signs[item[2][2]]
    assert found == {p: package.standing(p, adcode) for p in package.programmes}
    for standing, sign, _ in RUNS:
        n = [*found.values()].count(standing)
        counts = json.dumps(elements(nodes, "p", "atlas-counts"), ensure_ascii=False)
        assert (f"{sign} " in counts) is bool(n)


@each_language
@pytest.mark.parametrize("adcode", TRIED)
def test_evidence_is_on_demand(adcode, language):
    page = parts(adcode, language)
    groups = [n for n in page["programmes"] if "atlas-groups" in n[1].get("class", "")]
    shown = 0
    # Reports, places and names stand open, each with a fold of its own.
    for nodes in (page["head"], groups, page["figures"], page["targets"]):
        for _, folded in elements(nodes, "div", "atlas-evidence"):
            assert folded
            shown += 1
    assert shown > 20


@pytest.mark.parametrize("adcode", TRIED)
def test_targets_go_from_the_surest_to_the_least_sure_and_add_up(adcode):
    nodes = parts(adcode)["targets"]
    heading = nodes[0][2]
    told = " ".join(node[2] for node in nodes if node[0] == "h3")
    aims, others = (
        sum(map(int, re.findall(pattern, told)))
        for pattern in (r"(\d+)项目标", r"说明和条件(\d+)项")
    )
    assert f"{aims}项目标" in heading
    assert f"说明和条件{others}项" in heading
    order = [n[2] for n in nodes if n[0] == "h3"]
    assert order == sorted(order, key=lambda text: "推得" in text)
    folds = [n for n in nodes if n[0] == "details"]
    cards = [len(elements(fold[2:], "div", "atlas-evidence")) for fold in folds]
    assert sum(cards) == aims + others
    assert aims > others > 0


@each_language
def test_the_table_says_what_the_lines_show(language):
    nodes = parts("130731", language)["figures"]
    (table,) = [node for node, _ in elements(nodes, "table")]
    rows = [row[2:] for row in table[3][2:]]
    drawn = elements(nodes, "div", "atlas-indicator")
    plots = [node for node, _ in elements(nodes, "dots")]
    assert len(rows) == len(plots)
    for (head, *cells), plot in zip(rows, plots, strict=True):
        label = plot[1]["plot"]["label"]
        assert label.startswith(head[2])
        said = [cell[2] for cell in cells[:-1] if cell[2] != "–"]
        assert len(said) == len(plot[1]["plot"]["marks"])
        for text in said:
            assert text in label
        for _, at in plot[1]["plot"]["marks"]:
            assert 0 <= at <= 1
    assert drawn
