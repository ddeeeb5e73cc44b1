"""Ways to write a county, for every room that is told one."""

from typing import Final

WRITTEN: Final = {
    "130709": "130709",
    "130733": "130709",
    "130721": "130705",
    "130721000000": "130705",
    "130721.0": "130705",
    "１３０７２１": "130705",
    "139001": "130682",
    "139002": "130181",
    "Chongli County": "130709",
    "Xuanhua County": "130705",
    "Luan County": "130284",
    "河北省张家口市蔚县": "130726",
    "河北省蔚县": "130726",
    "河北蔚县": "130726",
    "Hebei Yuxian": "130726",
    "蔚县(张家口)": "130726",
    "蔚县（张家口市）": "130726",
    "Yuxian County, Zhangjiakou": "130726",
    "Yu County": "130726",
    "She County": "130426",
    "Weixian County (威县)": "130533",
    "Qiaoxi District (Shijiazhuang)": "130104",
    "Weichang Manchu and Mongolian Autonomous County": "130828",
    "唐海县": "130209",
    "Tanghai County": "130209",
    "蔚縣": "130726",
    "daicheng": "131025",
    "leting": "130225",
}
"""Adcodes of today by what one may write."""

OF_XIONGAN: Final = (
    *("133100", "133100000000", "133100.0", "１３３１００", "1331"),
    *("雄安", "雄安新区", "河北雄安新区", "河北省雄安新区", "雄安新區"),
    *("Xiong’an New Area", "Xiong'an", "xiongan", "河北雄安新区 Xiong’an New Area"),
)
"""Ways to write a body that runs counties: by the code that statistics give it, too."""

XIONGAN: Final = ("130629", "130632", "130638")
"""The counties that it runs; statistics have no codes of them beneath its own."""

SEVERAL: Final = {
    "Wei County": ("130434", "130533"),
    "新华区": ("130105", "130902"),
    "130103": ("130102", "130104"),
    "邯郸县": ("130402", "130403"),
}
"""Adcodes by what alone does not say which."""
