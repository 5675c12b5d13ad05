import list from '../../../resources/presets/occupation.json' with { type: 'json' };
import { inWords, nameIn, plain, type Named, type Preset } from './preset-type.ts';

const MAJORS = new Map(list.majors.map((major) => [major.code, major]));
const SUBMAJORS = new Map(list.submajors.map((group) => [group.code, group]));
const CODES = new Map<string, string>([
  ...list.majors.flatMap(({ code, words, en, zh }) =>
    [...words.split('|'), en, zh].map((word): [string, string] => [plain(word), code]),
  ),
  ...list.submajors.flatMap(({ code, en, zh }): [string, string][] => [
    [plain(en), code],
    [plain(zh), code],
  ]),
]);

/** A code of one to four figures, or a known word; figures lose their leading zero in a table. */
function codeOf(value: string): string | undefined {
  const figures = /^(?:isco\s*-?(?:08)?\s*:?\s*)?(\d{1,4})$/iu.exec(value.trim())?.[1];
  return figures ?? CODES.get(plain(value));
}

/** Value, sub-major group, major group, skill level of ISCO-08. */
export const occupation: Preset = {
  kind: 'occupation',
  levels: 3,
  named: /occupation|\bjob\b|isco|profession|职业|工种|岗位/iu,
  sure: inWords,
  place: (language) => (value) => {
    const code = codeOf(value);
    const major = MAJORS.get(code?.charAt(0) ?? '');
    const skill = list.skills.find(({ majors }) => majors.includes(major?.code ?? ' '));
    if (code === undefined || major === undefined || skill === undefined) return null;
    const submajor = code.length === 1 ? major : SUBMAJORS.get(code.slice(0, 2));
    if (submajor === undefined) return null;
    return [submajor, major, skill].map((named: Named) => nameIn(named, language));
  },
};
