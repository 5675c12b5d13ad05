import list from '../../../resources/presets/divisions.json' with { type: 'json' };
import { nameIn, plain, type Preset } from './preset-type.ts';
import type { ColumnValues } from './values.ts';

interface Province {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

const PROVINCES: readonly Province[] = list.provinces;
const BY_CODE = new Map(PROVINCES.map((province) => [province.code, province]));
const PREFECTURES = new Map(
  list.prefectures.flatMap((line) =>
    line.split(' ').map((entry) => [entry.slice(0, 4), entry.slice(4)]),
  ),
);
const ENDING = /(?:省|市|地区|盟|自治[区州]|特别行政区)$/u;
/** Names of peoples that a short name leaves out: 延边朝鲜族自治州 is 延边. */
const PEOPLES =
  /(?:朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族?|哈萨克|柯尔克孜|维吾尔)+$/u;

function short(name: string): string {
  const stem = name.replace(ENDING, '');
  const shorter = stem.replace(PEOPLES, '');
  // 内蒙古 is no people of 内.
  return shorter.length < 2 ? stem : shorter;
}

const PROVINCE_NAMES = new Map<string, Province>();
for (const province of PROVINCES) {
  for (const name of [province.zh, short(province.zh), plain(province.en)]) {
    PROVINCE_NAMES.set(name, province);
  }
}
const PREFECTURE_NAMES = new Map<string, string>();
for (const [code, name] of PREFECTURES) {
  for (const spelling of [name, short(name)]) {
    // 吉林 is the province; who means the city writes 吉林市.
    if (!PROVINCE_NAMES.has(spelling)) PREFECTURE_NAMES.set(spelling, code);
  }
}

/** The code of a province (two figures) or prefecture (four) that a value lies in. */
function codeOf(value: string): string | undefined {
  const text = value.trim();
  const figures = /^(\d{2})(\d{2})?(?:\d{2}(?:\d{3})?(?:\d{3})?)?$/u.exec(text);
  if (figures !== null) {
    const [, province = '', prefecture = '00'] = figures;
    const four = province + prefecture;
    if (PREFECTURES.has(four)) return four;
    return prefecture === '00' && BY_CODE.has(province) ? province : undefined;
  }
  const named = PROVINCE_NAMES.get(text) ?? PROVINCE_NAMES.get(plain(text));
  if (named !== undefined) return named.code;
  return PREFECTURE_NAMES.get(text) ?? codeOfAddress(text.replace(/[\s,，·/-]/gu, ''));
}

/** '河北省石家庄市长安区': a province, then perhaps one of its prefectures. */
function codeOfAddress(text: string): string | undefined {
  const province = longestStart(PROVINCE_NAMES, text);
  const rest = province === undefined ? text : text.slice(province.length);
  const start = longestStart(PREFECTURE_NAMES, rest);
  // 朝阳区 is in Beijing, 朝阳市 in Liaoning: without a province the whole name is needed.
  const prefecture = province === undefined && !ENDING.test(start ?? '') ? undefined : start;
  const code = prefecture === undefined ? undefined : PREFECTURE_NAMES.get(prefecture);
  const around = province === undefined ? undefined : PROVINCE_NAMES.get(province)?.code;
  if (code !== undefined && (around === undefined || code.startsWith(around))) return code;
  return around;
}

function longestStart(names: ReadonlyMap<string, unknown>, text: string): string | undefined {
  for (let length = Math.min(text.length, 14); length >= 2; length--) {
    const start = text.slice(0, length);
    if (/^\p{Script=Han}+$/u.test(start) && names.has(start)) return start;
  }
  return undefined;
}

/** Value, prefecture, province, region: GB/T 2260. A province has no prefecture but itself. */
export const divisions: Preset = {
  kind: 'divisions',
  levels: 3,
  named:
    /provinc|prefectur|省|市|地区|籍贯|户籍|行政区|出生地|address|region|city|\barea|division|地址|住址/iu,
  sure: ({ texts }: ColumnValues) =>
    texts.every((text) => /^\d{6}$/.test(text)) ||
    texts.some((text) => /\p{Script=Han}/u.test(text)),
  place: (language) => (value) => {
    const code = codeOf(value);
    const province = BY_CODE.get(code?.slice(0, 2) ?? '');
    const region = list.regions.find(({ digits }) => digits.includes(code?.charAt(0) ?? ' '));
    if (code === undefined || province === undefined || region === undefined) return null;
    const name = nameIn(province, language);
    const prefecture = PREFECTURES.get(code);
    const isProvince = prefecture === undefined || prefecture === province.zh;
    return [isProvince ? name : prefecture, name, nameIn(region, language)];
  },
};
