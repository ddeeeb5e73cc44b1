"""Sections of the sources can be read in English, every one that the tables name."""

import re

import pytest

from geo.language import speaker
from layers.facts.sections import section_name


def sections(package) -> set[str]:
    return {
        section
        for table in package.tables.values()
        if "section" in table
        for section in table["section"].dropna()
    }


def test_in_chinese_a_section_stands_as_it_is(package):
    for section in sections(package):
        full_width = section.replace("; ", "；").translate(
            str.maketrans(";()", "；（）")
        )
        assert section_name(section, speaker("zh")) == full_width


def test_in_english_no_chinese_is_left(package):
    for section in sections(package):
        said = section_name(section, speaker("en"))

        assert said.isascii() or not re.search(r"[\u4e00-\u9fff，；、（）]", said), said
        assert not re.search(r"  |\( | [;,)]|[a-z]\d|\d[a-z]|[a-z]sec. ", said), said


def test_no_two_sections_become_one(package):
    said = {section_name(section, speaker("en")) for section in sections(package)}

    # 一(三);表1 and 一(三) 表1 are one place, written in two ways.
    apart = {re.sub(r"[;\s]", "", section) for section in sections(package)}
    assert len({re.sub(r"[;,\s]", "", text) for text in said}) == len(apart)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("十一(二)", "sec. 11(2)"),
        ("十(四)", "sec. 10(4)"),
        ("七", "sec. 7"),
        ("一(三) 表1; 四(一)", "sec. 1(3), table 1; sec. 4(1)"),
        (
            "2012年名单(县数见规划一(三)及表1)",
            "list of 2012 (number of counties in the plan: sec. 1(3) and table 1)",
        ),
        (
            "十(一);县数见四(一)及专栏6",
            "sec. 10(1); number of counties: sec. 4(1) and box 6",
        ),
        ("逐月代码表;批复", "monthly code tables; approval"),
        ("别的;五(三)", "别的; sec. 5(3)"),
    ],
)
def test_examples(section, said):
    assert section_name(section, speaker("en")) == said
