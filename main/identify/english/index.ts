import type { Finder } from '../settle.ts';
import { findMailForms } from './address-forms.ts';
import { findStreets } from './addresses.ts';
import { findGroups } from './groups.ts';
import { findJobs } from './jobs.ts';
import { findNames, findPlaces } from './names.ts';
import { readingOf } from './reading.ts';
import { findSmallNames } from './small-names.ts';

/** Names, places, addresses, organisations, titles and groups in English texts. */
export const findEnglish: Finder = (text) => {
  const reading = readingOf(text);
  return [
    ...findMailForms(text),
    ...findStreets(reading),
    ...findGroups(reading.tokens),
    ...findJobs(reading),
    ...findNames(reading),
    ...findPlaces(reading),
    ...findSmallNames(reading),
  ];
};
