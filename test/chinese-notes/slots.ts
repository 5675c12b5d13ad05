import type { EntityType } from '../../main/contract/identify.ts';
import { creditCodeWith, idCardWith, luhnWith } from './check-digits.ts';
import type { Values } from './values.ts';

/** Chance: a whole number below `bound`, and one of a list or of the words of a line. */
export interface Chance {
  below(bound: number): number;
  of(list: string | readonly string[]): string;
}

export interface Filled {
  readonly text: string;
  readonly type?: EntityType;
}

export const chanceFrom = (uniform: () => number): Chance => {
  const below = (bound: number): number => Math.floor(uniform() * bound);
  return {
    below,
    of(list) {
      const words = typeof list === 'string' ? list.split(' ') : list;
      return words[below(words.length)]!;
    },
  };
};

const two = (number: number): string => String(number).padStart(2, '0');
const wide = (text: string): string =>
  text.replace(/[0-9A-Za-z]/gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const digits = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => chance.below(10)).join('');
const HAN_DIGITS = '〇一二三四五六七八九十';
const hanNumber = (n: number): string =>
  n <= 10
    ? HAN_DIGITS[n]!
    : `${n >= 20 ? HAN_DIGITS[Math.floor(n / 10)]! : ''}十${n % 10 === 0 ? '' : HAN_DIGITS[n % 10]!}`;

type Slot = (chance: Chance, values: Values) => Filled;
const as =
  (type: EntityType, make: (chance: Chance, values: Values) => string): Slot =>
  (chance, values) => ({ text: make(chance, values), type });

const name = (chance: Chance, values: Values): string =>
  chance.below(8) === 0
    ? chance.of(values.oddNames)
    : chance.of(values.surnames) + chance.of(values.given);
const year = (chance: Chance): number => 2015 + chance.below(11);
const cnDate = (chance: Chance, from = year(chance)): string =>
  `${[...String(from)].map((d) => HAN_DIGITS[Number(d)]!).join('')}年${hanNumber(1 + chance.below(12))}月${hanNumber(1 + chance.below(28))}日`;
const date = (chance: Chance): string => {
  const [y, m, d] = [year(chance), 1 + chance.below(12), 1 + chance.below(28)];
  return chance.of([
    `${y}年${m}月${d}日`,
    `${y}年${m}月${d}日`,
    `${y}-${two(m)}-${two(d)}`,
    `${y}.${m}.${d}`,
    `${y}/${m}/${d}`,
    `${String(y).slice(2)}年${m}月`,
    wide(`${y}年${m}月${d}日`),
  ]);
};
const door = (chance: Chance, values: Values): string =>
  chance.of([
    `${1 + chance.below(300)}号`,
    `${1 + chance.below(300)}号${chance.of(values.estates)}${1 + chance.below(20)}栋${1 + chance.below(4)}单元${1 + chance.below(20)}0${1 + chance.below(4)}室`,
    `${1 + chance.below(90)}弄${1 + chance.below(60)}号${101 + chance.below(500)}室`,
    `${1 + chance.below(90)}号院${1 + chance.below(9)}号楼${1 + chance.below(20)}层`,
  ]);
const address = (chance: Chance, values: Values): string =>
  chance.of([
    chance.of(values.regions) + chance.of(values.roads) + door(chance, values),
    chance.of(values.regions) + chance.of(values.roads) + door(chance, values),
    `${chance.of(values.villages)}${1 + chance.below(12)}组${1 + chance.below(90)}号`,
    `${chance.of(values.estates)}${1 + chance.below(20)}栋${101 + chance.below(2000)}`,
    chance.of(values.roads) + door(chance, values),
  ]);
const mobile = (chance: Chance): string => {
  const parts = [`1${chance.of('38 39 50 58 86 77 99')}`, digits(chance, 4), digits(chance, 4)];
  const joined = parts.join('');
  return chance.of([
    joined,
    joined,
    parts.join('-'),
    parts.join(' '),
    wide(joined),
    `+86 ${joined}`,
  ]);
};
const landline = (chance: Chance, values: Values): string =>
  chance.of([
    `${chance.of(values.areaCodes)}-${2 + chance.below(7)}${digits(chance, 7)}`,
    `${chance.of(values.areaCodes)}-${2 + chance.below(7)}${digits(chance, 7)}-${digits(chance, 3)}`,
    `（${chance.of(values.areaCodes)}）${2 + chance.below(7)}${digits(chance, 7)}`,
    `400-${digits(chance, 3)}-${digits(chance, 4)}`,
  ]);
const idCard = (chance: Chance, values: Values): string => {
  const stem = `${chance.of(values.idRegions)}${1935 + chance.below(80)}${two(1 + chance.below(12))}${two(1 + chance.below(28))}${digits(chance, 3)}`;
  const whole = idCardWith(stem);
  return chance.of([
    whole,
    whole,
    whole.toLowerCase(),
    wide(whole),
    `${whole.slice(0, 6)} ${whole.slice(6, 14)} ${whole.slice(14)}`,
    `${stem.slice(0, 6)}${stem.slice(8, 17)}`,
  ]);
};
const plate = (chance: Chance, values: Values): string =>
  `${chance.of(values.platesOf)}${chance.of(['', '·'])}${chance.of([digits(chance, 5), `${chance.of('B F K')}${digits(chance, 4)}`, `D${digits(chance, 5)}`, `${digits(chance, 4)}警`])}`;
const card = (chance: Chance): string => {
  const whole = luhnWith(`62${chance.of('17 22 28 26')}${digits(chance, 14)}`);
  return chance.of([whole, whole.replace(/(.{4})(?=.)/gu, '$1 ')]);
};
const masked = (chance: Chance, values: Values): string =>
  chance.of(values.surnames)[0]! + chance.of(['某', '某某', '某甲', '*', '**', '××', 'XX']);
const time = (chance: Chance): string => {
  const [hour, minute] = [7 + chance.below(13), chance.below(60)];
  return chance.of([
    `${two(hour)}:${two(minute)}`,
    `${hour}时${two(minute)}分`,
    `${hour < 12 ? '上午' : '下午'}${hour > 12 ? hour - 12 : hour}点${chance.of(['半', '一刻', ''])}`,
  ]);
};

/** Every kind of value a template can ask for; without a type it is nothing personal. */
export const SLOTS: Readonly<Record<string, Slot>> = {
  name: as('PERSON', name),
  surname: as('PERSON', (chance, values) => chance.of(values.surnames)),
  masked: as('PERSON', masked),
  title: as('TITLE', (chance, values) => chance.of(values.titles)),
  age: as('AGE', (chance) =>
    chance.of([
      `${2 + chance.below(87)}岁`,
      `${2 + chance.below(87)}岁`,
      `${1 + chance.below(6)}岁${1 + chance.below(11)}个月`,
      `${hanNumber(20 + chance.below(60))}岁`,
      `${2 + chance.below(80)}周岁`,
    ]),
  ),
  oldage: as('AGE', (chance) => `${90 + chance.below(15)}岁`),
  people: as('NRP', (chance, values) => chance.of(values.peoples)),
  belief: as('NRP', (chance, values) => chance.of(values.beliefs)),
  nation: as('NRP', (chance) => chance.of('美国 日本 加拿大 俄罗斯 巴基斯坦 德国')),
  date: as('DATE', date),
  cndate: as('DATE', (chance) => cnDate(chance)),
  isodate: as(
    'DATE',
    (chance) => `${year(chance)}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`,
  ),
  /** Eight figures, which only the words beside them make a day. */
  eight: as(
    'DATE',
    (chance) => `${year(chance)}${two(1 + chance.below(12))}${two(1 + chance.below(28))}`,
  ),
  weekday: as('DATE', (chance) => {
    const [day, name] = [
      `${1 + chance.below(12)}月${1 + chance.below(28)}日`,
      chance.of('一 二 三 四 五'),
    ];
    return chance.of([`周${name}${day}`, `星期${name} ${day}`, `${day}（星期${name}）`]);
  }),
  monthday: as(
    'DATE',
    (chance) => `${1 + chance.below(12)}月${1 + chance.below(28)}${chance.of('日 号')}`,
  ),
  year: as('DATE', (chance) => `${year(chance)}年`),
  time: as('DATE', time),
  place: as('LOCATION', (chance, values) => chance.of(values.places)),
  town: as('LOCATION', (chance, values) =>
    chance.of(chance.of([values.shortPlaces, values.places])),
  ),
  address: as('ADDRESS', address),
  village: as('ADDRESS', (chance, values) => chance.of(values.villages)),
  road: as('ADDRESS', (chance, values) => chance.of(values.roads)),
  regionroad: as(
    'ADDRESS',
    (chance, values) =>
      chance.of(values.regions) + chance.of(values.roads) + `${1 + chance.below(200)}号`,
  ),
  hospital: as('ORGANIZATION', (chance, values) => chance.of(values.hospitals)),
  firm: as('ORGANIZATION', (chance, values) => chance.of(values.firms)),
  bank: as(
    'ORGANIZATION',
    (chance, values) =>
      `${chance.of('招商 交通 中国农业 兴业')}银行${chance.of(values.shortPlaces.split(' ').filter((word) => !'浙江日本美国韩国法国福建贵州云南'.includes(word)))}分行`,
  ),
  phone: as('PHONE', (chance, values) =>
    chance.below(2) === 0 ? mobile(chance) : landline(chance, values),
  ),
  mobile: as('PHONE', mobile),
  landline: as('PHONE', landline),
  idcard: as('ID_CARD', idCard),
  medical: as('MEDICAL_ID', (chance) =>
    chance.of([
      digits(chance, 8),
      `ZY${digits(chance, 8)}`,
      `${digits(chance, 6)}-${digits(chance, 2)}`,
    ]),
  ),
  insurance: as('MEDICAL_ID', (chance) => chance.of([digits(chance, 10), `A${digits(chance, 8)}`])),
  postcode: as('POSTCODE', (chance) => `${1 + chance.below(8)}${digits(chance, 5)}`),
  card: as('CARD', card),
  account: as('ACCOUNT', (chance) => `${1 + chance.below(9)}${digits(chance, 11)}`),
  plate: as('PLATE', plate),
  passport: as('PASSPORT', (chance) => `${chance.of('E G EA D')}${digits(chance, 8)}`.slice(0, 9)),
  credit: as('LICENCE', (chance, values) =>
    creditCodeWith(
      `91${chance.of(values.idRegions)}MA${digits(chance, 4)}${chance.of('K X R')}${digits(chance, 2)}`,
    ),
  ),
  doctorcert: as(
    'LICENCE',
    (chance, values) => `1${chance.of('10 41')}${chance.of(values.idRegions)}${digits(chance, 6)}`,
  ),
  caseno: as(
    'OTHER_ID',
    (chance) =>
      `（${year(chance)}）${chance.of('京01 鄂0106 川0105')}民初${1 + chance.below(9999)}号`,
  ),
  staff: as('OTHER_ID', (chance) => chance.of([digits(chance, 6), `HR${digits(chance, 5)}`])),
  student: as('OTHER_ID', (chance) => `${year(chance)}${digits(chance, 7)}`),
  wechat: as('OTHER_ID', (chance) => `wx_${chance.of('sun moon star cloud')}${digits(chance, 3)}`),
  qq: as('OTHER_ID', (chance) => `${1 + chance.below(9)}${digits(chance, 8)}`),
  device: as(
    'DEVICE_ID',
    (chance) => `${chance.of('SN HX MD')}${digits(chance, 4)}-${digits(chance, 6)}`,
  ),
  mail: as(
    'EMAIL',
    (chance, values) => `${chance.of(values.mailNames)}@${chance.of('example.com example.cn')}`,
  ),
  sexword: (chance) => ({ text: chance.of('男 女') }),
  plain: (chance, values) => ({ text: chance.of(values.plain) }),
};
