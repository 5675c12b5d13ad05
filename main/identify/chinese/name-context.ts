/** Words after which a name is expected: labels of forms, roles, kin. Own list. */
const BEFORE_SURE = words(
  '姓名 名字 患者姓名 病人姓名 家属姓名 联系人 申请人 经办人 签名 签字 记录者 报告人 报修人 投诉人 收款人 付款人 户主 法人 法定代表人 法人代表 负责人 经手人 审批 审核 复核 制表 填表人 证明人 被询问人 询问人 记录人 监护人 委托人 代理人 原告 被告 当事人 嫌疑人 我叫 他叫 她叫 人叫 儿叫 子叫 名叫 叫做 名为 收件人 寄件人 持卡人 开户人 户名 患者 病人 患儿 产妇 孕妇 死者 伤者 家属 医师 医生 护士 教授 主任 院长 大夫 班主任 校长 主治医师 经治医师 主管医生 值班医生 管床医生 责任护士 术者 主刀 助手 麻醉师 开方医师 接诊 会诊医师 同学 学生 考生 新生儿 老人 同行者 陪护 书记 局长 处长 科长 经理 律师 法官 民警 警官 司机 驾驶员 兹证明 兹有 介绍 尊敬的 亲爱的 致 同事 朋友 邻居 床 影像科 肿瘤科 内科 外科 病理科 麻醉科 家长 其子 其女 其妻 其夫 其母 其父 之子 之女 妻子 丈夫 父亲 母亲 儿子 女儿 孙子 孙女 外孙 外孙女 爷爷 奶奶 哥哥 弟弟 姐姐 妹妹 爱人 老伴 配偶 侄子 侄女 外甥 女婿 儿媳 村民 居民 职工 员工 本人',
);
/** Words after which a name may well stand. */
const BEFORE_LIKELY = words(
  '是 为 由 找 请 托 跟 让 给 问 听 和 与 及 向 对 同 陪 叫 、 ： : “ " （ ( ・ 报告 告知 通知',
);
/** Words after which a drug or a dish stands, and those that follow the name of one. */
const TAKING = words(
  '吃 喝 服 饮 服用 服食 口服 吃了 喝了 用了 吃过 加用 改用 停用 注射 含有 炒 炖 煮 泡 吃点 喝点 能吃 能喝 可以吃 可以喝 检查 苯溴 干扰素 药有 疫苗',
);
const PRODUCT_AFTER = words(
  '片 胶囊 颗粒 丸 注射 注射液 针 丁 唑 平 酮 综合征 综合症 病 泡 粉 水 酒 汤 能治 能吃 可以吃 治疗 治 颗 口服液 软膏 乳膏 滴眼 食管 疗法 丹 苗 膏 抗体 抗原 病毒 细胞 阳性 阴性',
);
const EDGE = /[\s，。；！？,;!?:：、（）()【】[\]"“”'‘’《》<>/|·\-—_#*+=~0-9a-zA-Z]/u;

/** Titles that follow a name and are personal themselves. */
export const TITLES = words(
  '老太太 老太 老汉 老爷子 老奶奶 老大爷 大伯 大婶 副主任医师 主任医师 主治医师 住院医师 执业医师 副主任护师 主任护师 主管护师 副主任 护士长 副教授 副院长 副校长 副局长 副科长 副处长 总经理 副总经理 董事长 审判员 检察官 辅导员 班主任 教导员 指导员 研究员 工程师 技师 药师 护师 护士 医师 医生 大夫 主任 教授 院长 所长 科长 处长 局长 校长 园长 站长 队长 书记 主席 部长 省长 市长 区长 县长 镇长 乡长 村长 厂长 店长 班长 组长 社长 经理 总监 总裁 老板 先生 女士 小姐 太太 夫人 同志 老师 师傅 师父 律师 法官 警官 民警 会计 博士 院士 阿姨 叔叔 大爷 大妈 大娘 大叔 大姐 大哥 奶奶 爷爷 伯伯 婆婆',
);

/** What tells, right behind it, that the words before were a name. */
const AFTER_LIKELY = words(
  '说 他 她 的女儿 的儿子 的妻子 的丈夫 去年 今年 昨天 今天 前几天 负 务农 称 诉 讲 认为 表示 建议 来电 打电话 代诉 主诉 反映 介绍 要求 同意 陪同 陪护 提供 负责 驾驶 指出 总结 签字 签名 询问 同学 因 于 经 接听 在 到 从 向 自 将 已 未 现 系 所 与 和 及 等 对 的爱人 的家属 的母亲 的父亲 对青霉素 把 将 被 给 让 帮 两人 二人 夫妇 一家 情绪 本人',
);
/** What only people do, or have. */
const AFTER_SURE = words(
  '来电 打电话 表示 代诉 反映 认为 的爱人 的丈夫 的妻子 的母亲 的父亲 的儿子 的女儿 的家属 情绪 同学 同意 务农 陪护 签字 签名 负责 本人 诉 接听 告诉 回忆 自述 在场 作证',
);
const SEX_AFTER =
  /^[，,（( 、]{0,2}(男|女|性别|患者之|身份证|住院号|联系|电话|手机|工号|学号|执业|护照|[0-9]{1,3}岁|M[，,]|F[，,])/u;

function words(list: string): Map<number, Set<string>> {
  const byLength = new Map<number, Set<string>>();
  for (const word of list.split(' ')) {
    const set = byLength.get(word.length) ?? new Set();
    byLength.set(word.length, set.add(word));
  }
  return byLength;
}

/** The longest word of a list that starts at `at`, or none. */
export function wordFrom(
  list: ReadonlyMap<number, ReadonlySet<string>>,
  text: string,
  at: number,
): string | undefined {
  for (let length = 6; length > 0; length--) {
    const word = text.slice(at, at + length);
    if (word.length === length && list.get(length)?.has(word) === true) return word;
  }
  return undefined;
}

function wordUntil(
  list: ReadonlyMap<number, ReadonlySet<string>>,
  text: string,
  end: number,
): boolean {
  for (const [length, set] of list) {
    if (length <= end && set.has(text.slice(end - length, end))) return true;
  }
  return false;
}

export const titleAt = (text: string, at: number): string | undefined => wordFrom(TITLES, text, at);

export const isEdge = (text: string, at: number): boolean =>
  at < 0 || at >= text.length || EDGE.test(text[at]!);

export interface NameContext {
  /** What the words before speak for a name, in nats: a label 5, a likely word 2.5, an edge 1.5. */
  readonly left: number;
  readonly right: number;
}

/** How much both sides together speak for a name: each confirms the other. */
export function evidenceOf(left: number, right: number): number {
  return left + right + (left >= 6 && right >= 1.5 ? 3 : 0);
}

export function leftOf(text: string, start: number): number {
  // Behind a figure stands a measure word: 20周, 2项.
  if (start > 0 && /[0-9]/u.test(text[start - 1]!)) return -3;
  let end = start;
  while (end > 0 && start - end < 3 && /[\s:：为是“"]/u.test(text[end - 1]!)) end--;
  if (end !== start && wordUntil(BEFORE_SURE, text, end)) return 8;
  if (text[start - 1] === '叫' && wordUntil(BEFORE_SURE, text, start)) return 8;
  if (wordUntil(BEFORE_SURE, text, start)) return 6;
  if (wordUntil(TAKING, text, start)) return -4;
  if (wordUntil(BEFORE_LIKELY, text, start)) return 2.5;
  return isEdge(text, start - 1) ? 1.5 : 0;
}

export function rightOf(text: string, end: number): number {
  if (titleAt(text, end) !== undefined) return 8;
  if (wordFrom(PRODUCT_AFTER, text, end) !== undefined) return -6;
  if (SEX_AFTER.test(text.slice(end, end + 8))) return 6;
  if (wordFrom(AFTER_SURE, text, end) !== undefined) return 5;
  if (wordFrom(AFTER_LIKELY, text, end) !== undefined) return 3;
  return isEdge(text, end) ? 1.5 : 0;
}
