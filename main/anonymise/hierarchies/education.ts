import list from '../../../resources/presets/education.json' with { type: 'json' };
import { inWords, nameIn, plain, type Named, type Preset } from './preset-type.ts';

const LEVELS = new Map(list.levels.map((level) => [level.code, level]));
const WORDS = new Map(
  list.levels.flatMap(({ code, words, en, zh }) =>
    [...words.split('|'), en, zh].map((word) => [plain(word), code]),
  ),
);
/** What stands around a level in Chinese records: 本科毕业, 大专学历, 硕士及以上. */
const AROUND = /(?:毕业|肄业|在读|学历|文化|程度|学位|水平|及以上|及以下|以上)+$/u;

function levelOf(value: string): string | undefined {
  const code = /^(?:isced\s*)?([0-8])(?:\.0)?$/iu.exec(value.trim())?.[1];
  if (code !== undefined) return code;
  return WORDS.get(plain(value)) ?? WORDS.get(plain(value.trim().replace(AROUND, '')));
}

/** Value, level of ISCED 2011, three groups of levels. */
export const education: Preset = {
  kind: 'education',
  levels: 2,
  named: /educat|school|degree|isced|学历|教育|文化程度|学位/iu,
  sure: inWords,
  place: (language) => (value) => {
    const code = levelOf(value);
    const level = code === undefined ? undefined : LEVELS.get(code);
    const group = list.groups.find(({ levels }) => code !== undefined && levels.includes(code));
    if (level === undefined || group === undefined) return null;
    return [level, group].map((named: Named) => nameIn(named, language));
  },
};
