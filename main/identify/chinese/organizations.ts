import type { EntitySpan } from '../../contract/identify.ts';
import { lexicon } from './lexicon.ts';
import type { TokenIndex } from './places.ts';
import type { Token } from './segment.ts';

/** What names of organisations end in; behind a bank may follow its branch. Own list. */
const END =
  /疾病预防控制中心|疾控中心|妇幼保健院|妇幼保健中心|社区卫生服务中心|社区卫生服务站|卫生服务中心|急救中心|体检中心|康复中心|血液中心|服务中心|研究中心|管理中心|培训中心|活动中心|检验中心|医学中心|采供血站|中心血站|保健院|医学院|卫生院|卫生室|卫生所|卫生站|医务室|门诊部|诊所|医馆|疗养院|养老院|敬老院|福利院|护理院|医院|大学|学院|研究院|研究所|科学院|设计院|中学|小学|幼儿园|托儿所|学校|[一二三四五六七八九十\d]中(?=[\s，。,、就读上学毕]|$)|职高|党校|有限责任公司|股份有限公司|有限公司|分公司|公司|集团|工厂|制造厂|机械厂|(?<=[\u4e00-\u9fa5])厂(?![家商房区长里子方址外内])|银行(?:[\u4e00-\u9fa5]{2,8}?(?:分行|支行|营业部|分理处|储蓄所))?|信用社|基金会|事务所|合作社|大酒店|酒店|宾馆|饭店|药店|药房|大药房|商场|超市|派出所|公安局|公安分局|分局|检察院|法院|监狱|看守所|戒毒所|交警大队|交警支队|支队|大队|消防队|居委会|村委会|居民委员会|村民委员会|管理委员会|管委会|委员会|街道办事处|办事处|街道办|人民政府|政府|(?:教育|民政|公安|税务|财政|卫生|司法|环保|监督管理|社会保障|保障|统计|审计|水利|农业|林业|交通|规划|城管|人社|国土|工商|卫健|文化|体育|旅游|气象|邮政|铁路|海关|住建|商务|信访|房管|管理|监督|土地|资源|医保|劳动|质监|药监|烟草|供电|公路|地震)局|(?:卫健|教体|发改)委|总局|出版社|报社|电视台|协会|学会|工会|联合会|妇联|残联|红十字会|教会|殡仪馆|博物馆|图书馆|体育馆|律所/gu;

/** Words in front of an ending that say only what kind it is or whose: no name. */
const GENERIC = new Set(
  '工 药 电 水 钢 纱 砖 糖 铁 纸 油 布 煤 机 服装 食品 原来 电子 玩具 鞋 化肥 水泥 机械 造纸 印刷 皮革 塑料 家 进 在 十大 羊瘟 师范性 一般 厂 诊 电脑 中心 大三阳 小三阳 乙肝大三阳 抗原 先天性 免疫性 胃病 肝病 电器 好几个 很多 次 方法 妇院 很大 癫痫 癫痫病 病 症 抽动 心 胃 胃肠 肝 肝胆 许多 好些 好多 大多数 多数 小型 加 加工 宠物 老公 老婆 家里 您好 您 你好 帮帮忙 问 下 换 最好 较 比较 咨询 几下 陆军 海军 空军 部队 看 找 住 大医院 等 糖尿病 高血压 甲状腺 脑科 脑 神经 神经内科 神经科 消化 消化科 呼吸 不孕不育 不孕 产 产科 妇 儿 儿科 肛肠 风湿 骨 骨伤 血液 痛风 白癜风 银屑病 牛皮癣 乙肝 肝炎 结核 胸科 肺科 眼 耳鼻喉 牙科 牙 美 整 民 私 公 网上 网络 真正 任何 大学 名 著 大城市 省会 多个 两个 几个 三个 各个 每个 哪个 什么 正式 大家 别的 另外 别 某个 某家 县市 市县 省市 一些 这些 那些 同一 同 女子 男子 男 女 男性 女性 老年 老人 中老年 好几家 哪些 种 类 条 处 以上 以下 工业 化工 电子 服装 家具 大小 半 临床 药 药物 医药 疾病 慢性 慢性病 职业病 精神病 心理 心脏 心脏病 肾 肾病 皮肤病 性病 妇幼 健康 当地 地方 上级 下级 外 我 本 该 某 贵 各 大 小 全 门诊 住院 此 这 那 这家 那家 一家 其他 其它 附近 专科 正规 公立 私立 民办 三甲 三级 二级 一级 甲等 综合 综合性 县 市 省 区 县级 市级 省级 区级 乡镇 乡 镇 村 级 大型 中型 小型 医疗 原 新 老 两家 几家 多家 各大 各级 基层 专业 专门 有关 相关 定点 肝病 皮肤 男科 妇科 妇产 儿童 肿瘤 精神 中 西 中医 中西医 口腔 眼科 传染病 胃肠 心血管 内科 骨科 好 家 个 所 间 单位 外地 本地 国家 地区 市区 县城 城市 农村 城里 镇上 私人 个体 一 二 三 两 几 多 第 所有 部分 权威 知名 著名 普通 大的 技术 学校 公司 医院 银行 大学 中学 小学 同 开户 社区 人民 医学 生物 名牌 重点 高等 职业 工作 物业 保险 旅游 房地产 药品 制药 食品 上市 管理 服务 总 分 子 母 疫苗 服用 产品 生产 药业 连锁 平价 正规的 甲级 医科 整形 美容 康复 体检 急救 交通 消费者 监督 技术 患者 病人 患儿 老人 儿子 女儿 昨晚 早晨 下午 上午 晚上 父母 家长 现 期间 刚 最近 先前 此前 毕业 国有 民营 外资 合资 军队 部队 军区 解放军 武警 省城 京 全国 中国 世界 国际 联合国 研究 教学 附属 高级 初级 双 周边 邻近 最好 较好 更好'.split(
    ' ',
  ),
);
/** Verbs that stand inside names of offices and firms. */
const INSIDE = new Set(
  '建设 发展 管理 监督 预防 控制 结合 服务 保障 保险 保健 教育 检察 检验 检测 交通 投资 开发 运输 制造 康复 护理 急救 研究 设计 出版 就业 救助 信托 贸易 实验 附属 联合 合作 光明 解放 民生 招商 兴业 防治 治疗 中心 工作 执行 执法 监测 生产 加工 销售 经营 装饰 咨询 传播 流行 收费 铁路 环卫 和 与 及 第一 第二 第三 第四 第五 第六 人民 整形 美容 体检 卫生 妇幼 儿童 和平 胜利 友好 同济 和谐 健康 平安 希望 育才 育英 建工 建筑 组织 宣传 统一 战线 培训 训练 残疾 养老 矿业 动物 园林 绿化 测绘 勘察 通信 联通 移动 电信 网络 检疫'.split(
    ' ',
  ),
);
/** Words that can stand in a name but do not begin one. */
const NOT_FIRST = new Set(
  '患者 病人 家属 单位 其 我 他 她 你 主管 工作 地点 时间 今年 去年 下午 上午 晚上 昨晚 昨天 早晨 母亲 父亲 儿子 女儿 爱人 孩子 老人 同学 退休 职工 员工 学生 人 月 日 号 年 岁 天 床 遂 就 后来 曾 原 现 系 开户 行 名 级 等 个 位 家 兹 将 我校 说明 意见 关系 的 了 案 科 室 部 楼 者 所 时 许 男 女 和 与 及 前 后 里 内 外 上 下 子 户 本 各 该 某 贵 大家 都 电话'.split(
    ' ',
  ),
);
const MOST_NAME = 24;

/** Where an ending is part of a place: 学院路, 马厂镇, 机械厂家属院. */
const PLACE_AFTER =
  /^(?:家属|宿舍|小区|公寓|生活区|职工|住宅|[东南西北中]?[路街巷](?![上过边程])|大道|大街|[镇乡村屯](?![民医长委干])|新村|花园)/u;

/**
 * Organisations: an ending such as 医院 or 有限公司 with the name before it. The name reaches to the
 * left over words that can stand in a name, and says more than the kind alone (当地医院 is none).
 */
export function organizationsIn(text: string, index: TokenIndex): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    const floor = Math.max(0, match.index - MOST_NAME);
    let start = nameStart(text, match.index, floor, index);
    const before = spans.at(-1);
    // 湘雅医学院附属医院 is one name, 阿里巴巴集团和腾讯公司 are two.
    const apart = before !== undefined && /^[和与及、]/u.test(text.slice(before.end, match.index));
    if (apart) start = Math.max(start, before.end + 1);
    const name = text.slice(start, match.index);
    const whole = match[0].includes('行') && match[0].length > 2;
    if (PLACE_AFTER.test(text.slice(end, end + 3))) continue;
    if (!whole && isGeneric(name, start, match.index, text, index)) continue;
    if (before !== undefined && before.end > start) {
      spans.pop();
      start = Math.min(before.start, start);
    }
    spans.push({ start, end, type: 'ORGANIZATION', confidence: 0.88 });
  }
  return spans;
}

function isGeneric(
  name: string,
  start: number,
  end: number,
  text: string,
  { tokens, over }: TokenIndex,
): boolean {
  if (name.length === 0 || GENERIC.has(name)) return true;
  if (
    /^省(?:立|人民|中医|肿瘤|妇幼|儿童|第)|^市(?:立|人民|中医|中心|妇幼|儿童|第|传染病)|^县(?:人民|中医|妇幼|第)|^第[一二三四五六七八九十]/u.test(
      name,
    )
  ) {
    return false;
  }
  for (let at = start; at < end;) {
    const token = tokens[over[at]!]!;
    const word = text.slice(Math.max(at, token.start), Math.min(end, token.end));
    const counted = /^[一二两三四五六七八九十几多数半][个家所次天年月间些半种名]/u.test(word);
    if (!GENERIC.has(word) && !INSIDE_GENERIC.has(word) && !counted) return false;
    at = token.end;
  }
  return true;
}
const INSIDE_GENERIC = new Set(
  '服务 管理 发展 保健 康复 治疗 检查 检测 体检 建设 卫生 教育 科技 实验 有限 股份 附属 专业 防治 儿童 健康'.split(
    ' ',
  ),
);

function nameStart(text: string, at: number, floor: number, { tokens, over }: TokenIndex): number {
  let number = over[at]!;
  let start = Math.min(at, tokens[number]!.kind === 'other' ? at : tokens[number]!.start);
  while (number > 0) {
    const token = tokens[number - 1]!;
    if (token.start < floor) break;
    if (!continues(text, token)) {
      const place = placeBefore(text, number - 1, floor, tokens);
      if (place === undefined) break;
      number = place + 1;
      continue;
    }
    start = token.start;
    number--;
  }
  // Numbers and words that begin no name are left off again.
  while (start < at) {
    const token = tokens[over[start]!]!;
    const word = text.slice(token.start, token.end);
    if (token.kind !== 'other' && !NOT_FIRST.has(word)) break;
    start = token.end;
  }
  return Math.min(start, at);
}

/**
 * The token of a place a little to the left, where only verbs that are no words of grammar stand
 * between: 北京积水潭医院, whose middle the dictionary takes for a verb.
 */
function placeBefore(
  text: string,
  number: number,
  floor: number,
  tokens: readonly Token[],
): number | undefined {
  const { places, grammar } = lexicon();
  for (let steps = 0; steps < 3 && number > 0; steps++, number--) {
    const token = tokens[number]!;
    const word = text.slice(token.start, token.end);
    if (token.kind === 'other' || grammar.has(word) || HARD_STOP.has(word) || token.start < floor)
      return undefined;
    const before = tokens[number - 1]!;
    if (before.start >= floor && places.has(text.slice(before.start, before.end)))
      return number - 1;
  }
  return undefined;
}

function continues(
  text: string,
  { start, end, kind }: { start: number; end: number; kind: string },
): boolean {
  const word = text.slice(start, end);
  if (kind === 'other')
    return /^(?:[A-Za-z]{1,12}|\d{1,4})$|^[)·]$/u.test(word) || (word === '(' && closes(text, end));
  if (kind === 'name') return end - start <= 3;
  if (COUNTED.test(word)) return false;
  return kind === 'nominal' ? !HARD_STOP.has(word) : INSIDE.has(word);
}
/** A bracket belongs to a name only where it closes inside it: 腾飞(武汉)公司. */
const closes = (text: string, at: number): boolean =>
  /^[\u4e00-\u9fa5]{2,6}\)[\u4e00-\u9fa5]/u.test(text.slice(at, at + 9));
const COUNTED =
  /^(?:[一两几这那每多好某上下许][个家位次下趟段年些间所种]|许多次|上个月|星期|几年)$/u;
const HARD_STOP = new Set(
  '号 室 楼 层 栋 弄 单元 号楼 人 第三人 原告 被告 上 下去 过去 以前 好象 好像 比如说 比如 干什么 忧心 表姐 表弟 奶奶 爷爷 老公 老婆 媳妇 正在 段 段时间 时间 容易 疲劳 方法 次 很多 好几 之前 以后 之后 今后 感觉 听说 据说 知道 觉得 劝解 拿药 大家 朋友 亲戚 邻居 同事 前去 问 问问 换 下 帮帮忙 咨询 几下 您好 你好 想 要 看 找 住 烧 备 感 最近 去过 现 期间 当时 咨 许多 好些 好多 比较 较 患者 病人 患儿 家属 单位 地点 地址 的 兹 我 遂 考进 今年 去年 昨晚 昨天 今天 下午 上午 晚上 母亲 父亲 儿子 女儿 爱人 孩子 老人 职工 员工 开户 行 时间 意见 岁 年 月 日'.split(
    ' ',
  ),
);
