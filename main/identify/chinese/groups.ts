import type { EntitySpan } from '../../contract/identify.ts';
import { COUNTRIES } from './countries.ts';
import { matchSpans } from './spans.ts';

/** The 56 recognised peoples of China (GB/T 3304-1991). */
const PEOPLES =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺';
const FAITHS =
  '佛教 道教 基督教 天主教 伊斯兰教 回教 东正教 犹太教 印度教 新教 喇嘛教 藏传佛教 摩门教 巴哈伊教 锡克教 萨满教';
const PARTIES =
  '中共党员 中共预备党员 共产党员 预备党员 共青团员 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员 无党派人士 无党派民主人士 民主党派 国民党员 法轮功';

const either = (list: string): string =>
  list
    .split(' ')
    .toSorted((a, b) => b.length - a.length)
    .join('|');
const PEOPLE = new Set(PEOPLES.split(' '));

const PEOPLE_FORM = new RegExp(`(?:${either(PEOPLES)})族(?!自治|乡)`, 'gu');
const LABELLED_PEOPLE = /(?:民族|族别)[:： ]{0,3}([\u4e00-\u9fa5]{1,4})(?=[\s,，。；;、]|$)/gu;
const FAITH_FORM = new RegExp(`(?:${either(FAITHS)})徒?|穆斯林|(?:佛|道|基督)教?徒`, 'gu');
const PARTY_FORM = new RegExp(either(PARTIES), 'gu');
const LABELLED_PARTY =
  /政治面貌[:：为是 ]{0,3}(群众|党员|团员|[\u4e00-\u9fa5]{2,8})(?=[\s,，。；;、]|$)/gu;
const LABELLED_FAITH =
  /(?:宗教信仰|宗教|信仰)[:：为是 ]{0,3}([\u4e00-\u9fa5]{1,5})(?=[\s,，。；;、]|$)/gu;
const CITIZEN = new RegExp(
  `(?:中国|${either(COUNTRIES)})(?:国?籍(?![贯])|公民|国民|人(?!民|口|工|员|数|体|才|士|力|均|群|类|们|事|为|造|格|生|物|次|马|社|寿|保))`,
  'gu',
);
const LABELLED_NATION = /国籍[:：为是 ]{0,3}([\u4e00-\u9fa5]{2,8})(?=[\s,，。；;、(（]|$)/gu;
const NONE = /^(?:无|不详|未知|其他|不明|否认)/u;

const unlessNone = (sure: number) => (value: string) => (NONE.test(value) ? undefined : sure);

/** Peoples, faiths, parties and nationality. */
export function groupsIn(text: string): EntitySpan[] {
  return [
    ...matchSpans(text, PEOPLE_FORM, 'NRP', 0.85),
    ...matchSpans(
      text,
      LABELLED_PEOPLE,
      'NRP',
      (value) => (PEOPLE.has(value) ? 0.85 : undefined),
      1,
    ),
    ...matchSpans(text, FAITH_FORM, 'NRP', 0.8),
    ...matchSpans(text, PARTY_FORM, 'NRP', 0.8),
    ...matchSpans(text, LABELLED_PARTY, 'NRP', unlessNone(0.85), 1),
    ...matchSpans(text, LABELLED_FAITH, 'NRP', unlessNone(0.8), 1),
    ...matchSpans(text, CITIZEN, 'NRP', 0.75),
    ...matchSpans(text, LABELLED_NATION, 'NRP', unlessNone(0.9), 1),
  ];
}
