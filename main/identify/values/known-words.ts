import type { ColumnRole, EntityType } from '../../contract/identify.ts';

/** Words or shapes whose presence in most cells says what a column holds, whatever its name. */
export interface KnownWords {
  readonly id: string;
  readonly role: ColumnRole;
  readonly type?: EntityType;
  /** Of one cell, with letters narrow and blanks at its ends gone. */
  readonly knows: (cell: string) => boolean;
  /** Share of the different cells from which on it counts. */
  readonly share: number;
  /** Fewer different values say nothing. */
  readonly distinct: number;
  /** Share of rows with a value of their own below which it says nothing. */
  readonly distinctShare?: number;
  readonly confidence: number;
}

const among = (words: string): ((cell: string) => boolean) => {
  const set = new Set(words.split(' '));
  return (cell) => set.has(cell.toLowerCase());
};

/** The hundred most frequent family names of China, in the order of the 2020 census report. */
const FAMILY_NAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
);
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
const LATIN_NAME =
  /^\p{Lu}[\p{L}'’-]+(,? \p{Lu}\.)?,? (\p{Lu}\.? )?(de |van |von |der |al-|bin )*\p{Lu}[\p{L}'’-]+$/u;
const PROVINCE =
  /^(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(.{0,5}(省|市|区|县|自治区|特别行政区))?$/u;
const ICD = /^[A-TV-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?$/u;

/** The first that fits counts. */
export const KNOWN_WORDS: readonly KnownWords[] = [
  {
    id: 'words-of-sex',
    role: 'quasi-identifier',
    knows: among('male female m f man woman 男 女 男性 女性 unknown other 未知 不详'),
    share: 1,
    distinct: 2,
    confidence: 0.9,
  },
  {
    id: 'words-of-marriage',
    role: 'quasi-identifier',
    knows: among('single married divorced widowed separated 未婚 已婚 离异 离婚 丧偶 再婚 初婚'),
    share: 0.6,
    distinct: 2,
    confidence: 0.8,
  },
  {
    id: 'blood-groups',
    role: 'sensitive',
    knows: (cell) => /^(A|B|AB|O)(\+|-|型)?$/u.test(cell),
    share: 1,
    distinct: 4,
    confidence: 0.8,
  },
  {
    id: 'ethnic-groups',
    role: 'quasi-identifier',
    type: 'NRP',
    knows: (cell) => /^\p{Script=Han}{1,5}族$/u.test(cell),
    share: 0.7,
    distinct: 2,
    confidence: 0.9,
  },
  {
    id: 'provinces',
    role: 'quasi-identifier',
    type: 'LOCATION',
    knows: (cell) => PROVINCE.test(cell),
    share: 0.8,
    distinct: 2,
    confidence: 0.9,
  },
  {
    id: 'han-names',
    role: 'direct-identifier',
    type: 'PERSON',
    knows: (cell) => HAN_NAME.test(cell) && FAMILY_NAMES.has(cell[0] ?? ''),
    share: 0.75,
    distinct: 10,
    distinctShare: 0.3,
    confidence: 0.75,
  },
  {
    id: 'latin-names',
    role: 'direct-identifier',
    type: 'PERSON',
    knows: (cell) => LATIN_NAME.test(cell),
    share: 0.9,
    distinct: 20,
    distinctShare: 0.8,
    confidence: 0.65,
  },
  {
    id: 'disease-codes',
    role: 'sensitive',
    knows: (cell) => ICD.test(cell),
    share: 0.9,
    distinct: 20,
    confidence: 0.75,
  },
];
