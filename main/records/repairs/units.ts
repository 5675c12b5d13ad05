/**
 * Units that clinics, laboratories and offices write beside numbers (SI and UCUM as printed, and
 * those of Chinese forms). A closed list: a word behind a number is not a unit because it stands there.
 */
const UNITS: readonly string[] = [
  ...['%', '‰', '℃', '°C', '°F', 'mmHg', 'kPa', 'cmH2O', 'bpm', '次/分', '/min', '次'],
  ...['kg', 'g', 'mg', 'μg', 'µg', 'ug', 'mcg', 'ng', 'lb', 'lbs', '公斤', '千克', '斤', '克'],
  ...['km', 'm', 'cm', 'mm', 'in', 'ft', '公里', '千米', '米', '厘米', '毫米', '寸'],
  ...['L', 'l', 'dL', 'dl', 'mL', 'ml', '毫升', '升', 'kg/m2', 'kg/m²'],
  ...['mmol/L', 'μmol/L', 'µmol/L', 'umol/L', 'mg/dL', 'mg/dl', 'g/L', 'g/dL', 'g/dl', 'mg/L'],
  ...['ng/mL', 'ng/ml', 'pg/mL', 'U/L', 'IU/L', 'mIU/L', 'IU', '10^9/L', '×10^9/L'],
  ...[
    '岁',
    '周岁',
    '个月',
    '年',
    '周',
    '天',
    '日',
    '小时',
    '分钟',
    '分',
    '秒',
    'years',
    'yrs',
    'y',
  ],
  ...['months', 'weeks', 'days', 'd', 'hours', 'hrs', 'h', 'min', 'mins', 'sec', 's', 'ms'],
  ...['元', '万元', '亿元', '¥', '￥', '$', '€', '£', 'RMB', 'CNY', 'USD', 'EUR', 'GBP', 'CHF'],
  ...['人', '个', '件', '户', '平方米', 'm2', 'm²', '亩', 'kWh', 'kW'],
];

/** Longest first: mmHg before m, 周岁 before 岁. */
const BY_LENGTH = [...new Set(UNITS.map((unit) => unit.replace('￥', '¥')))].sort(
  (a, b) => b.length - a.length,
);

/** The unit before or behind a number in narrow, trimmed text; null where none of the list is. */
export function unitOf(text: string): string | null {
  const behind = /^-?[0-9][0-9.,' ]*?\s?([^0-9.,' ].*)$/.exec(text)?.[1];
  if (behind !== undefined) return BY_LENGTH.find((unit) => unit === behind) ?? null;
  const before = /^([^-0-9.,' ]+) ?-?[0-9][0-9.,' ]*$/.exec(text)?.[1];
  return BY_LENGTH.find((unit) => unit === before) ?? null;
}
