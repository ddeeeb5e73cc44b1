"""What the second readers picked, typed from the plan, reports and the census.

:mod:`tests.test_second_reading` looks for each of them in what the atlas shows.
"""

# County, what its profile says in Chinese and in English, and what it must not say.
SAID = [
    # The year of a provincial county is not known; a part of it left by itself.
    (
        "130731",
        "2017年或2018年度退出，2018年9月或2019年5月批准（何者不详）；赵家蓬区",
        "(which is not known); Zhaojiapeng District 赵家蓬区, a part of this county: ",
    ),
    ("130506", "2017年度退出，2018年9月批准（出自推断）", "2018 (inferred)"),
    (
        "131121",
        "不晚于2018年度退出，不晚于2019年5月批准",
        "for 2018 or before, approved in May 2019 or before",
    ),
    ("130407", "2017年度退出，2018年9月29日批准", "approved on 29 September 2018"),
    # The territory of a county that was merged is not that of the list.
    ("130705", "来源所指与现行范围不同", "the source means another than today’s"),
    ("130705", "曾用名: 宣化县（130721），2016年1月7日批准变更", "7 January 2016"),
    ("130503", "邢台县（130521）", "divided 5 June 2020"),
    ("130427", "行政区域变动: 2016年9月14日", "Gave to Fuxing District (14 September"),
    # Towns that went to a neighbour, as an entry or only lists of two dates have it.
    ("130208", "2013年6月划出给路北区: 韩城镇", "Gave to Lubei District (June 2013)"),
    ("130208", "岔河镇的其余部分", "three villages of Chahe Town"),
    (
        "130209",
        "2012年7月11日由滦南县划入: 柳赞镇",
        "from Luannan County (11 July 2012)",
    ),
    (
        "130202",
        "行政区域变动: 2006年10月至2015年9月之间",
        "(between October 2006 and September 2015): Daodi Town",
    ),
    ("130582", "2006年10月至2015年9月之间划出给襄都区", "Gave to Xiangdu District ("),
    # Districts that pair: since when, or when a report says so.
    (
        "130822",
        "天津市北辰区: 2017年4月6日报道",
        "Beichen District, Tianjin: reported 6",
    ),
    (
        "130828",
        "天津市武清区: 2017年4月6日、2020年9月15日报道",
        "Wuqing District, Tianjin",
    ),
    ("130709", "北京市东城区: 2020年5月24日报道", "Beijing: reported 24 May 2020"),
    ("130732", "北京市海淀区: 报道所述为2019年", "Beijing: reported for 2019"),
    (
        "130824",
        "北京市密云区: 2018年1月起",
        "Miyun District, Beijing: since January 2018",
    ),
    ("130724", "北京市顺义区: 2019年起", "Shunyi District, Beijing: since 2019"),
    (
        "130708",
        "北京市顺义区: 2020年7月22日报道；不在来源名单内",
        "not in the list of the",
    ),
    (
        "130728",
        "北京市怀柔区: 2018年4月起；不在来源名单内",
        "since April 2018; not in the",
    ),
    # Relocation by reports: of what the number is.
    ("130724", "沿坝14个村搬迁（1,435人）", "plateau edge moved (1,435 persons)"),
    ("130723", "只是该社区，不是全县总数", "this community only, not the county total"),
    (
        "130523",
        "与临城县是同一数字，不可相加",
        "The same figure as for Lincheng: do not",
    ),
    ("130722", "全县完成搬迁（9,426人）", "Moved in the whole county (9,426 persons)"),
    # Poverty in four counties.
    ("130624", "贫困发生率（48%）；2014年1月", "Incidence of poverty (48 per cent)"),
    ("130624", "贫困发生率（14.79%）", "14.79 per cent"),
    ("130732", "建档立卡贫困人口（68,242人）", "Registered poor (68,242 persons)"),
    ("130723", "当年脱贫人口（16,053人）", "In that one year; 8,089 households"),
    ("130722", "贫困村（174个村）", "Poor villages (174 villages)"),
    # Who runs a county.
    ("130638", "河北雄安新区", "Xiong’an New Area, since April 2017"),
    ("130632", "河北雄安新区", "Xiong’an New Area, since April 2017"),
    ("130682", "省直管市（2013年起）", "City directly under the province, since 2013"),
    ("130181", "省直管市（2013年起）", "City directly under the province, since 2013"),
    # What a county was called, for whoever does not read Chinese.
    ("130705", "宣化县（130721）", "Formerly: Xuanhua County 宣化县 (130721); changed"),
    (
        "130705",
        "来源中的名称: 宣化县、宣化区",
        "Xuanhua County 宣化县, Xuanhua District",
    ),
    ("130708", "曾用名: 万全县（130729）", "Formerly: Wanquan County 万全县 (130729)"),
    ("130284", "曾用名: 滦县（130223）", "Formerly: Luanxian County 滦县 (130223)"),
    ("130505", "曾用名: 任县（130526）", "Formerly: Renxian County 任县 (130526)"),
    ("130731", "赵家蓬区（本县的一部分）", "Zhaojiapeng District 赵家蓬区, a part of"),
    # What the plan names: each in another section of it.
    ("130131", "红色旅游产品: 西柏坡", "Red-tourism sites: Xibaipo"),
    ("130726", "民俗文化旅游品牌: 剪纸", "Folk-culture tourism brands: paper-cutting"),
    ("130726", "支撑电源", "Backbone power plants"),
    (
        "130529",
        "养老关爱模式输出县: 巨鹿模式",
        "Source counties of care models: Julu model",
    ),
    ("130533", "通用机场", "General-aviation airports"),
    ("130881", "林业碳汇项目", "Forestry carbon-sink projects"),
    ("130828", "深度贫困县", "Deep-poverty counties"),
    # Assessed, then approved.
    (
        "130881",
        "2017年度退出，2018年9月29日批准",
        "2017, approved on 29 September 2018",
    ),
    ("130726", "2019年度退出，2020年2月29日批准", "2019, approved on 29 February 2020"),
    ("130529", "2018年度退出，2019年5月批准", "for 2018, approved in May 2019"),
]

# Section, words, the target in Chinese and in English: each is another kind of goal.
GOALS = [
    ("二(一)", ("家庭手工业企业和合作社",), "达到10家/县", "to reach 10 firms per"),
    ("二(二)", ("乡村旅游公路",), "均为1条/片区", "path per area in each case"),
    (
        "四(二)",
        ("旧房", "奖励"),
        "均为1.5万元/人",
        "15,000 yuan per person in each case",
    ),
    ("五(三)", ("定向招生",), "增幅10%", "an increment of 10 per cent"),
    ("七(一)", ("造林",), "达到1,000万亩", "to reach 10,000,000 mu"),
    ("八(一)", ("集中供养",), "不少于70%", "at least 70 per cent"),
    ("九(四)", ("贫困学生",), "3,000名", "3,000"),
    ("十(三)", ("骨干河流",), "20至50年一遇", "between 20 and 50"),
    ("二(一)", ("肉鸡",), "达到2.5亿只", "to reach 250,000,000 birds"),
    ("二(一)", ("林果", "贮藏率"), "不少于42%", "at least 42 per cent"),
    ("二(一)", ("手工业专业村",), "不少于20个/县", "at least 20 per county"),
    ("二(一)", ("手工业", "力争"), "不少于10万人", "at least 100,000 persons"),
    ("二(一)", ("手工业", "力争"), "不少于7,000元/(人·年)", "an aim"),
    ("二(一)", ("错季",), "约60万亩", "about 600,000 mu"),
    # What is there and worked with is no number to reach.
    ("二(二)", ("3A级", "不是目标"), "景区数70家", "3A or higher70 altogether"),
    ("二(二)", ("休闲农业重点", "不是目标"), "家数98家", "builds on98 altogether"),
    ("七(三)", ("公益林", "不是目标"), "面积2,800万亩", "under care28,000,000 mu"),
    ("二(三)", ("物流配送中心",), "均为1个/县", "1 per county in each case"),
    ("三(二)", ("人社服务设施",), "力争；大体实现即可", "an aim; basically complete"),
    (
        "四(二)",
        ("约252亿元",),
        "责任或出资主体（规划点名）：中央",
        "Who acts or pays, as",
    ),
    (
        "四(二)",
        ("住房面积",),
        "不超过25平方米/人",
        "at most 25 square metres per person",
    ),
    ("五(四)", ("带头人",), "5至7名/村", "between 5 and 7 persons per village"),
    ("六(一)", ("县域内就诊率",), "约90%", "about 90 per cent"),
    ("七(二)", ("坝上单位",), "9个", "9 altogether"),
    ("七(三)", ("不少于3人/户",), "适用条件，不是目标", "condition, not a target"),
    ("八(二)", ("农村低保标准",), "2020年前", "before 2020"),
    ("九(三)", ("出列时限",), "不超过3年", "at most 3 years"),
    ("九(四)", ("打井",), "不少于40眼", "at least 40 wells"),
    (
        "十(一)",
        ("帮扶深度贫困县的金融机构",),
        "均为1家/县",
        "1 firm per county in each",
    ),
    ("十(一)", ("收入增幅",), "不少于3百分点", "at least 3 percentage points"),
    ("十(二)", ("覆盖率提高",), "增幅8百分点", "an increment of 8 percentage points"),
    ("十(四)", ("通动力电",), "2018年前", "before 2018"),
    ("十(五)", ("电压合格率",), "高于97.9%", "more than 97.9 per cent"),
    ("十一(一)", ("脱贫综合督查",), "折合基本单位：2/年", "In base units: 2/a"),
    ("十一(二)", ("非贫困县",), "105个县", "105 counties"),
    ("十一(三)", ("驻村工作队",), "省扶贫开发领导小组", "Provincial Leading Group"),
]

# Names and codes of any time, and the one county each of them means.
NAMES = {
    "崇礼县": "130709",
    "Chongli County": "130709",
    "130733": "130709",
    "Xuanhua County": "130705",
    "130721": "130705",
    "Luan County": "130284",
    "河北省张家口市蔚县": "130726",
    "蔚县(张家口)": "130726",
    "130726000000": "130726",
    "130726.0": "130726",
    "１３０７２６": "130726",
    "139001": "130682",
    "139002": "130181",
    "唐海县": "130209",
    "丰润县": "130208",
    "丰南市": "130207",
    "平泉县": "130881",
    "任县": "130505",
    "赵家蓬区": "130731",
    "威县": "130533",
    "魏县": "130434",
}
TWINS = {
    "新华区": {"130105", "130902"},
    "Weixian": {"130434", "130533"},
    "邢台县": {"130502", "130503"},
}

# The census: county, variable, persons and shares as the volumes print them.
CENSUS = [
    ("130726", "population_2020", 411824),
    ("130709", "population_2020", 105501),
    ("130709", "population_2010", 106122),
    ("130709", "age_65_share_2020", 18.13),
    ("130881", "population_2010", 446939),
    ("130284", "population_2010", 554315),
    ("130506", "population_2010", 325332),
    ("130682", "population_2020", 1095986),
    ("130131", "population_urban_2020", 219902),
    ("130131", "tap_water_sample_2010", 4244),
    ("130529", "age_65_share_2010", 7.97),
    ("130828", "schooling_years_2020", 8.55),
    ("130533", "employed_farming_sample_2010", 34754),
    ("130627", "illiterate_2010", 12069),
    # No number of 2010 on ground that is not that of today.
    ("130503", "population_2010", None),
    ("130427", "population_2010", None),
    ("130705", "population_2010", None),
    ("130408", "population_2010", None),
]

# The bulletins: prefecture, with the counties that others run and without.
TOTALS = {
    ("130600", 2020): {11544036, 9242610},
    ("130100", 2020): {11235086, 10640458},
    ("130700", 2020): {4118908},
    ("130000", 2020): {74610235},
    ("130000", 2010): {71854210},
}

# Counties that gave or received a town between the two censuses, or on whose ground a
# zone lies that the later one counts apart: 丰润, 路北, 路南, 滦南, 沙河, 乐亭, 高碑店,
# 张北 (察北), 沽源 (塞北), 双桥 of 承德, 黄骅, 广阳.
NO_CHANGE = (
    *("130208", "130203", "130202", "130224", "130582", "130225", "130684"),
    *("130722", "130724", "130802", "130983", "131003"),
)
