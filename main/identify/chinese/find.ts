import type { EntitySpan } from '../../contract/identify.ts';
import { settle, type Finder } from '../settle.ts';
import { agesIn } from './ages.ts';
import { datesIn } from './dates.ts';
import { fold } from './fold.ts';
import { groupsIn } from './groups.ts';
import { numbersIn } from './numbers.ts';
import { organizationsIn } from './organizations.ts';
import { personsIn } from './persons.ts';
import { indexTokens, placesIn } from './places.ts';
import { platesIn } from './plates.ts';
import { segment } from './segment.ts';

/** Chinese characters, Chinese marks and full-width forms. */
const CHINESE = /[\u3001-\u303f\u4e00-\u9fff\uff01-\uffee]/u;

/**
 * Personal data in a text with Chinese in it, alone or among other languages. Offsets are UTF-16 code
 * units of the text as given, full-width forms included; findings do not overlap and come in the order
 * of the text. A text without a Chinese character or mark has
 * none. Time grows linearly with the length.
 */
export const findChinese: Finder = (text) => {
  if (!CHINESE.test(text)) return [];
  const folded = fold(text);
  const tokens = segment(folded);
  const index = indexTokens(tokens, folded.length);
  const organizations = organizationsIn(folded, index);
  const findings: EntitySpan[] = [
    ...numbersIn(folded),
    ...platesIn(folded),
    ...datesIn(folded),
    ...agesIn(folded),
    ...groupsIn(folded),
    ...organizations,
    ...placesIn(folded, index),
    ...personsIn(folded, tokens),
  ];
  return settle(findings);
};
