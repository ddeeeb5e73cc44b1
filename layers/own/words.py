"""Words by which tables say what their columns and rows are, in both languages."""

from __future__ import annotations

import re
from typing import Final

from geo.names import normalise


def _whole(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


TOTAL: Final = _whole(
    r".*(?:合计|总计|小计|共计|总和|累计|平均|平均值|平均数|均值|中位数|标准差)",
    r"合|计|全省|全市|全县|全区|全国|全域|全部|总数|总体|总量|市辖区|市区|各区|各县",
    r"全省.{0,4}|共计?\d{1,3}个?(?:县|区|市|县区|区县|县市区|市县)?|total|grandtotal|subtotal|sum|average|mean|median|overall",
)
"""A row that adds others up, as its normalised label."""

NOTE: Final = re.compile(
    r"\s*[（(【\[*※]?\s*(?:"
    r"附?注\s*\d*\s*[:：.、）)\]]|备注\s*[:：]|说明\s*[:：]|(?:资料|数据|数字)?来源\s*[:：]|"
    r"填报|填表|制表|审核|复核|单位负责人|负责人|统计负责人|联系电话|联系人|报出日期|"
    r"打印日期|盖章|note[s]?\s*\d*\s*[:：.]|source[s]?\s*[:：]|remark[s]?\s*[:：]|"
    r"prepared by|※|\*\s*[^*\s])",
    re.IGNORECASE,
)
"""How a note, a source or a line to sign on begins."""

UNIT_LINE: Final = re.compile(
    r"\s*[（(]?\s*(?:计量)?(?:单位|unit)\s*[:：]", re.IGNORECASE
)

CODE: Final = _whole(
    r".*(?:区划|行政|地区|县|国标|统计).{0,4}(?:代码|编码|码)|代码|编码|区划|区划码|国标码",
    r".*(?:adcode|gbcode|divisioncode|countycode|areacode)|code|gb|gbt2260|fips|pac",
)
NAME: Final = _whole(
    r"(?:县|区|市|县市|县区|区县|市县|县市区|市区县|地区|名称|单位|行政区|行政区划|区域)",
    r".*(?:县|区|市|地区|单位|区划|区域|县级)名称?|.*(?:县名|区名|市名|名称|所在县|所属县)",
    r".*县市区.*|.*县区.*|.*区县.*|county|name|countyname|district|nom|area|region|项目",
)
PLACE_NAME: Final = _whole(
    "(?:所在|所属)?(?:县|区|市|乡|镇|村|街道|地区|行政区|区划|区域){1,4}(?:名称|名)?|名称",
    "(?:county|district|town|village)(?:name)?|name",
)
"""Names of places of whichever level, and not of firms or schools."""
PREFECTURE: Final = _whole(
    r"设区市|地市|地级市|市州|市地|所属市|所在市|市|市名|市级|地区|设区的?市|地级.*",
    r"prefecture|city|municipality|shi",
)
YEAR: Final = _whole("年份|年度|年|统计年份|统计年度|数据年份|year|years|yr")
RUNNING: Final = _whole(
    "序号|序|编号|序列|排序|行号|号|no|num|id|fid|oid|objectid|ogcfid|index|rownumber|"
    "排名|名次|rank"
)
OTHER_NUMBERS: Final = _whole(
    ".*(?:代码|编码|邮编|邮政编码|区号|电话|手机|身份证|账号|代号|组织机构码)",
    ".*(?:adcode|zipcode|postcode|telephone|phone)|.*code|shapeleng|shapearea|gid",
)
"""Columns of digits that count nothing."""
DATE: Final = _whole(".*(?:日期|时间|date|time)")
LONGITUDE: Final = _whole("经度|东经|lon|lng|long|longitude|x|x坐标|经度坐标")
LATITUDE: Final = _whole("纬度|北纬|lat|latitude|y|y坐标|纬度坐标")
PERSONS: Final = _whole(
    "(?:总|家庭|户籍|常住|农村|农业)?人口(?:数|数量)?|(?:家庭)?人数|persons|population"
)
"""Columns of a register with the persons that a row stands for."""
RATE: Final = _whole(
    ".*(?:人均|户均|村均|亩均|地均|平均|均值|每[百千万亿]{0,2}(?:人|户|亩|公顷|平方公里|村)).*",
    ".*(?:率|比重|占比|比例|比值|密度|指数|系数|增速|增长|增幅|同比|环比|单价|中位数|得分)",
)
RATE_WORD: Final = re.compile(
    r"\b(?:rate|ratio|share(?! capital)|density|index|percent(?:age)?|mean|average|"
    r"median|per[ -](?:capita|head|person|household))\b",
    re.IGNORECASE,
)
"""Numbers that do not grow with the county, whatever their unit: income per head."""

UNIT: Final = re.compile(
    r"[（(\[【]\s*(?:单位\s*[:：]?\s*)?([^()（）\[\]【】]{1,12}?)\s*[)）\]】]\s*$|"
    r"[/／]\s*([万亿千百]?[元人户亩吨]|%)\s*$|[,，:：]\s*(%|‰|[万亿]?[元人户亩])\s*$"
)
"""The unit at the end of a header, in one of its groups."""

YEAR_IN_HEADER: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?")


def says(pattern: re.Pattern[str], header: str) -> bool:
    """Whether a header, without space, marks and remarks, is one of these words."""
    without = re.sub(r"[（(\[【][^）)\]】]*[）)\]】]", "", header)
    return any(
        pattern.fullmatch(text)
        for text in (normalise(header), normalise(without))
        if text
    )
