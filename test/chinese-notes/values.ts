/** The words a set of notes is filled with; tuning and testing share none of them. */
export interface Values {
  readonly surnames: string;
  readonly given: string;
  /** Whole names that are also words, compound surnames, names of other peoples. */
  readonly oddNames: string;
  readonly titles: string;
  readonly places: string;
  readonly shortPlaces: string;
  /** Town or district, road, estate, village. */
  readonly regions: string;
  readonly roads: string;
  readonly estates: string;
  readonly villages: string;
  readonly hospitals: string;
  readonly firms: string;
  readonly peoples: string;
  readonly beliefs: string;
  readonly areaCodes: string;
  readonly platesOf: string;
  readonly idRegions: string;
  readonly mailNames: string;
  /** Paragraphs without anything personal. */
  readonly plain: readonly string[];
}

export const TUNING: Values = {
  surnames: '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 高 白 金 于 方 石 江 叶 余 欧阳 诸葛',
  given:
    '建国 秀英 伟 芳 桂兰 志强 丽华 浩然 梓涵 雨欣 海燕 国庆 春梅 文博 子轩 玉珍 晓东 凤霞 磊 静 立新 思远 佳怡 明辉 彩云 永福 婷婷 宏伟 素琴 天佑',
  oddNames:
    '高峰 马力 白雪 江山 方圆 阿依古丽·买买提 扎西多吉 乌云其其格 卡米拉·伊万诺娃 司马静怡 黄河 常青',
  titles: '主任 医生 护士 先生 女士 老师 护士长 经理 同志 教授',
  places:
    '湖北省武汉市 四川省成都市 山东省济南市历下区 广东省深圳市 云南省大理白族自治州 河北省石家庄市 安徽省六安市金寨县 浙江省宁波市',
  shortPlaces: '武汉 成都 深圳 浙江 云南 日本 美国 上海',
  regions:
    '湖北省武汉市武昌区 四川省成都市青羊区 广东省深圳市南山区 河北省石家庄市长安区 浙江省宁波市海曙区 山东省济南市历下区',
  roads: '解放路 中山北路 人民大道 和平西街 建设三路 文化巷 珞喻路 滨江大道 槐安东路 天府三街',
  estates: '阳光花园 幸福里小区 东湖新村 锦绣家园 机械厂家属院 翠竹苑',
  villages:
    '安徽省六安市金寨县梅山镇小南京村 四川省南充市仪陇县新政镇石佛岩村 湖北省孝感市大悟县城关镇李家湾村 云南省大理白族自治州宾川县金牛镇仁和村',
  hospitals:
    '武汉市第三医院 华中科技大学同济医学院附属协和医院 省人民医院 成都市妇幼保健院 青羊区疾病预防控制中心 仁爱门诊部 济南市历下区第二社区卫生服务中心 北京协和医院 金寨县中医院',
  firms:
    '武汉宏达机械有限公司 深圳市腾飞科技股份有限公司 中国工商银行 第十七中学 武昌区教育局 南山派出所 四川大学 平安保险公司 长安区民政局 宁波市海曙区人民法院 希望小学',
  peoples: '汉族 回族 土家族 维吾尔族 满族 藏族',
  beliefs: '中共党员 佛教 基督教 群众',
  areaCodes: '027 010 0755 0531 028',
  platesOf: '鄂A 京N 粤B 川A 鲁A 皖N',
  idRegions: '420106 110105 440305 510105 370102 341524',
  mailNames: 'wang.jg lihua88 chen_fang zhaolei',
  plain: [
    '既往有高血压病史十余年，最高达180/110mmHg，长期口服氨氯地平片，血压控制尚可。否认糖尿病、冠心病史，否认肝炎、结核等传染病史。',
    '查体：神志清楚，皮肤巩膜无黄染，双肺呼吸音粗，未闻及干湿性啰音，心率82次/分，律齐，腹软，无压痛及反跳痛。',
    '血常规示白细胞12.3×10^9/L，中性粒细胞百分比85.6%，血红蛋白112g/L，血小板210×10^9/L。',
    '予头孢曲松钠2.0g静脉滴注每日一次，同时给予氨溴索化痰、布地奈德雾化吸入，注意观察有无皮疹等不良反应。',
    '注意休息，清淡饮食，避免受凉，按时服药，不适随诊。如出现胸痛、呼吸困难，应马上就诊。',
    '双方就合同金额、付款方式以及违约责任等事项进行了充分协商，于是决定按原方案执行，有关部门应当认真落实。',
    '黄疸消退后复查肝功能，白蛋白偏低，考虑与营养不良有关。方便时可加用复方氨基酸。',
    '本项目全年预算执行情况良好，车辆费用较上年下降12.5%，办公用品支出有所增加。',
  ],
};

export const TESTING: Values = {
  surnames:
    '林 何 郭 罗 梁 宋 郑 谢 韩 唐 冯 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 温 康 安 任 夏 钱 汪 戴 时 上官 慕容',
  given:
    '淑芬 德胜 鹏飞 倩 勇 欣妍 俊杰 月娥 长海 诗涵 振华 兰英 宇航 小红 嘉豪 艳 金凤 保国 若曦 卫东 雪莲 晨 敏 一诺 世杰 红梅 光明 爱军 思琪 铁柱 媛媛 绍辉',
  oddNames:
    '温馨 安康 夏天 钱程 戴维·约翰逊 古丽娜尔·艾合买提 次仁卓玛 巴特尔 尉迟国强 任重 康乐 苏醒',
  titles: '大夫 主治医师 院长 科长 女士 先生 警官 教授 师傅 副主任医师',
  places:
    '江苏省南京市 湖南省长沙市岳麓区 福建省厦门市 陕西省西安市 广西壮族自治区桂林市 辽宁省沈阳市 河南省周口市太康县 贵州省遵义市',
  shortPlaces: '南京 长沙 西安 福建 贵州 韩国 法国 重庆',
  regions:
    '江苏省南京市鼓楼区 湖南省长沙市岳麓区 陕西省西安市雁塔区 辽宁省沈阳市和平区 福建省厦门市思明区 重庆市渝北区',
  roads: '北京东路 长江路 五一大道 小寨西路 鹭江道 胜利南街 麓山南路 青年大街 龙蟠中路 水西门巷',
  estates: '紫金华府 桂花苑 金鼎国际公寓 二纺家属院 翡翠湾小区 梅溪新村',
  villages:
    '河南省周口市太康县马厂镇前何村 贵州省遵义市湄潭县永兴镇茅坝村 广西壮族自治区桂林市阳朔县白沙镇旧县村 湖南省邵阳市隆回县六都寨镇杨桥村',
  hospitals:
    '南京鼓楼医院 中南大学湘雅二医院 西安市儿童医院 市第一人民医院 沈阳市和平区中西医结合医院 康宁口腔诊所 太康县马厂镇卫生院 厦门市心血管病医院 复旦大学附属华山医院',
  firms:
    '南京瑞丰物流有限公司 长沙市湘江新材料股份有限公司 中国建设银行 雅礼中学 岳麓区人力资源和社会保障局 小寨路派出所 厦门大学 太平洋人寿保险公司 雁塔区市场监督管理局 沈阳市中级人民法院 实验幼儿园',
  peoples: '苗族 壮族 蒙古族 朝鲜族 彝族 汉族',
  beliefs: '共青团员 伊斯兰教 天主教 民盟盟员',
  areaCodes: '025 0731 029 024 0592',
  platesOf: '苏A 湘A 陕A 辽A 闽D 豫P',
  idRegions: '320106 430104 610113 210102 350203 411627',
  mailNames: 'lin.sf guodesheng hejj2008 xu_yan',
  plain: [
    '患者无明显诱因出现上腹部隐痛，进食后加重，伴反酸、嗳气，无恶心呕吐，无黑便，自服奥美拉唑后症状稍缓解，未予重视。',
    '专科检查：右膝关节肿胀，浮髌试验阳性，活动受限，末梢血运良好。心电图示窦性心律，完全性右束支传导阻滞。',
    '尿常规：蛋白（++），红细胞3-5/HP；肾功能：肌酐145μmol/L，尿素氮9.8mmol/L。胸部CT示双下肺少许炎症，较前吸收。',
    '给予甘露醇125ml快速静滴脱水降颅压，尼莫地平泵入，密切监测生命体征及瞳孔变化，必要时复查头颅CT。',
    '温水擦浴后体温降至37.8℃，皮肤完整，管道通畅，引流液呈淡红色，量约50ml，夜间睡眠安静。',
    '为进一步规范管理流程，提高服务水平，现将有关事项通知如下，请各单位高度重视，严格按照时间节点完成。',
    '许多老年人常常忽视骨质疏松的早期信号，应当适量补充钙剂和维生素D，坚持户外活动。',
    '经费支出明细表已随文附上，其中设备购置费占总额的三成左右，其余用于人员培训与宣传。',
  ],
};
