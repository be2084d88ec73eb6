//! Words that projects are named with: places, what is built, who is in charge. No real project is meant.

/// A region and places in it.
pub(crate) struct Place {
    pub(crate) region: &'static str,
    /// Share of the city's projects.
    pub(crate) weight: f64,
    pub(crate) places: &'static [&'static str],
    /// A park or zone: industry only.
    pub(crate) park: bool,
}

pub(crate) const PLACES: [Place; 8] = [
    Place { region: "吴忠市", weight: 0.05, places: &["市区", "滨河新区"], park: false },
    Place {
        region: "利通区",
        weight: 0.15,
        places: &["金银滩镇", "古城镇", "上桥镇", "扁担沟镇", "东塔寺乡", "高闸镇", "板桥乡"],
        park: false,
    },
    Place {
        region: "金积工业园区",
        weight: 0.11,
        places: &["乳制品产业园", "装备制造产业园", "新材料产业园"],
        park: true,
    },
    Place {
        region: "红寺堡区",
        weight: 0.13,
        places: &["红寺堡镇", "大河乡", "新庄集乡", "柳泉乡", "弘德园区"],
        park: false,
    },
    Place {
        region: "青铜峡市",
        weight: 0.17,
        places: &["峡口镇", "大坝镇", "瞿靖镇", "邵岗镇", "叶盛镇", "陈袁滩镇"],
        park: false,
    },
    Place {
        region: "盐池县",
        weight: 0.17,
        places: &[
            "高沙窝镇",
            "大水坑镇",
            "惠安堡镇",
            "花马池镇",
            "冯记沟乡",
            "王乐井乡",
            "青山乡",
            "麻黄山乡",
        ],
        park: false,
    },
    Place {
        region: "同心县",
        weight: 0.14,
        places: &["豫海镇", "河西镇", "下马关镇", "韦州镇", "王团镇", "预旺镇", "丁塘镇"],
        park: false,
    },
    Place {
        region: "太阳山开发区",
        weight: 0.08,
        places: &["化工片区", "新材料片区", "物流片区"],
        park: true,
    },
];

/// A kind of project. `{}` in the name takes a capacity.
pub(crate) struct Work {
    pub(crate) sector: &'static str,
    pub(crate) name: &'static str,
    /// Capacities; empty where the name has none.
    pub(crate) capacity: &'static [f64],
    /// 亿元 for each unit of capacity, or the range of the total where there is no capacity.
    pub(crate) cost: (f64, f64),
    /// Paid by enterprises rather than from the budget.
    pub(crate) enterprise: bool,
    /// Fits a park.
    pub(crate) park: bool,
    /// Draws water under the double limit or uses much energy.
    pub(crate) heavy: bool,
}

const fn firm(
    sector: &'static str,
    name: &'static str,
    capacity: &'static [f64],
    cost: (f64, f64),
    park: bool,
    heavy: bool,
) -> Work {
    Work { sector, name, capacity, cost, enterprise: true, park, heavy }
}

const fn public(
    sector: &'static str,
    name: &'static str,
    capacity: &'static [f64],
    cost: (f64, f64),
) -> Work {
    Work { sector, name, capacity, cost, enterprise: false, park: false, heavy: false }
}

pub(crate) const WORKS: [Work; 40] = [
    firm("power", "{}MW光伏发电项目", &[20.0, 50.0, 100.0, 150.0, 200.0], (0.038, 0.044), false, false),
    firm("power", "{}MW风电项目", &[50.0, 75.0, 100.0], (0.055, 0.064), false, false),
    firm("power", "{}MW分布式光伏项目", &[6.0, 10.0, 20.0, 30.0], (0.036, 0.042), true, false),
    firm("power", "{}MW共享储能电站项目", &[50.0, 100.0, 150.0], (0.026, 0.032), true, false),
    firm("power", "110千伏输变电工程", &[], (0.5, 1.3), true, false),
    firm("industry", "节能技术改造项目", &[], (0.3, 1.8), true, true),
    firm("industry", "生产线智能化技术改造项目", &[], (0.2, 1.5), true, false),
    firm("industry", "超低排放改造项目", &[], (0.4, 1.6), true, true),
    firm("industry", "矿井水综合利用项目", &[], (0.4, 1.5), true, false),
    firm("manufacturing", "年产{}万吨乳制品加工项目", &[5.0, 10.0, 20.0], (0.18, 0.25), true, true),
    firm("manufacturing", "年产{}GW光伏组件项目", &[1.0, 2.0, 3.0], (2.2, 2.8), true, true),
    firm("manufacturing", "年产{}万吨锂电池负极材料项目", &[1.0, 2.0, 5.0], (1.1, 1.6), true, true),
    firm("manufacturing", "年产{}万吨精细化工产品项目", &[1.0, 3.0, 5.0], (0.8, 1.2), true, true),
    firm("manufacturing", "年产{}万吨预制菜项目", &[1.0, 2.0, 3.0], (0.45, 0.7), true, false),
    firm("manufacturing", "年产{}万台（套）自动化仪表项目", &[1.0, 2.0, 5.0], (0.3, 0.5), true, false),
    firm("manufacturing", "年产{}万吨再生铝项目", &[5.0, 10.0], (0.2, 0.3), true, true),
    firm("manufacturing", "年产{}万吨滩羊肉精深加工项目", &[0.5, 1.0, 2.0], (0.6, 0.9), false, false),
    firm("manufacturing", "年产{}万吨有机肥项目", &[5.0, 10.0, 20.0], (0.05, 0.08), false, false),
    firm(
        "agriculture",
        "{}头奶牛标准化养殖基地项目",
        &[3000.0, 5000.0, 10000.0],
        (0.00032, 0.00042),
        false,
        true,
    ),
    firm("agriculture", "{}亩酿酒葡萄基地项目", &[2000.0, 5000.0, 10000.0], (0.00013, 0.00018), false, true),
    firm("agriculture", "冷链仓储物流项目", &[], (0.3, 1.5), false, false),
    firm("services", "商贸物流园项目", &[], (0.8, 4.0), true, false),
    firm("services", "文旅融合示范项目", &[], (0.4, 2.5), false, false),
    firm("services", "大数据与算力中心项目", &[], (1.5, 6.0), true, true),
    firm("real_estate", "住宅小区项目", &[], (1.5, 5.5), false, false),
    firm("real_estate", "商业综合体项目", &[], (1.2, 4.0), false, false),
    public("transport", "{}公里农村公路提升工程", &[15.0, 30.0, 60.0], (0.010, 0.016)),
    public("transport", "二级公路改扩建工程", &[], (1.0, 4.0)),
    public("transport", "客运枢纽站工程", &[], (0.4, 1.5)),
    public("water", "灌区续建配套与现代化改造工程", &[], (0.5, 2.5)),
    public("water", "城乡供水一体化工程", &[], (0.6, 3.0)),
    public("water", "{}万立方米调蓄水库工程", &[50.0, 100.0, 300.0], (0.006, 0.009)),
    public("water", "黄河支流综合治理工程", &[], (0.3, 1.2)),
    public("agriculture", "{}万亩高标准农田建设项目", &[1.0, 2.0, 5.0], (0.17, 0.22)),
    public("social", "中心卫生院改扩建项目", &[], (0.15, 0.6)),
    public("social", "初级中学建设项目", &[], (0.4, 1.3)),
    public("social", "养老服务中心项目", &[], (0.2, 0.8)),
    public("municipal", "老旧小区改造工程", &[], (0.2, 0.9)),
    public("municipal", "供热管网改造工程", &[], (0.2, 0.8)),
    public("municipal", "污水处理厂提标扩建工程", &[], (0.3, 1.5)),
];

/// The department in charge of a project.
pub(crate) fn department(work: &Work, attraction: bool) -> &'static str {
    match work.sector {
        _ if attraction => "商务和投资促进局",
        "power" => "发展和改革局",
        "industry" | "manufacturing" => "工业信息化局",
        "transport" => "交通运输局",
        "water" => "水务局",
        "agriculture" => "农业农村局",
        "services" if work.name.contains("文旅") => "文化旅游局",
        "services" => "发展和改革局",
        "social" if work.name.contains("中学") => "教育局",
        "social" if work.name.contains("养老") => "民政局",
        "social" => "卫生健康局",
        _ => "住房和城乡建设局",
    }
}
