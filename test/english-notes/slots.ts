import type { EntityType } from '../../main/contract/identify.ts';
import type { Chance, Filled } from '../chinese-notes/slots.ts';
import type { EnglishValues } from './values.ts';

/** `before`: how many signs at its begin are no part of what is labelled. */
type Slot = (chance: Chance, values: EnglishValues) => Filled & { readonly before?: number };
type Make = (chance: Chance, values: EnglishValues) => string;

const as =
  (type: EntityType, make: Make): Slot =>
  (chance, values) => ({ text: make(chance, values), type });
const one = (chance: Chance, bars: string): string => chance.of(bars.split('|'));

const ONES = 'one two three four five six seven eight nine';
const TENS = 'twenty thirty forty fifty sixty seventy eighty';
const MONTHS =
  'January February March April May June July August September October November December';

const given: Make = (chance, values) => one(chance, values.given);
const surname: Make = (chance, values) => one(chance, values.surnames);
const name: Make = (chance, values) =>
  chance.of([
    `${given(chance, values)} ${surname(chance, values)}`,
    `${given(chance, values)} ${surname(chance, values)}`,
    `${given(chance, values)} ${surname(chance, values)}`,
    `${given(chance, values)} ${chance.of('A B D E J K L M R S T')}. ${surname(chance, values)}`,
    `${given(chance, values)} ${given(chance, values)} ${surname(chance, values)}`,
    `${given(chance, values)} ${surname(chance, values).split(' ')[0]!}-${surname(chance, values)}`,
  ]);
const town: Make = (chance, values) => one(chance, values.towns);
const city: Make = (chance, values) => one(chance, values.cities);
/** Firms as registers hold them: with a legal form, as partners, as a trade, invented, plain words. */
const firm: Make = (chance, values) => {
  const stem = one(chance, values.firmStems);
  const partner = (): string => surname(chance, values);
  return chance.of([
    `${stem} ${chance.of('Ltd|Limited|Inc.|GmbH|LLC|plc|Corporation'.split('|'))}`,
    `${stem} ${chance.of('Logistics|Engineering|Foods|Insurance|Solutions|Energy|Homes|Motors|Software|Consulting'.split('|'))}`,
    `${stem} ${chance.of('Logistics|Engineering|Foods|Insurance|Solutions|Energy|Homes|Motors|Software|Consulting'.split('|'))} Ltd`,
    `${one(chance, values.fancy)} ${chance.of('Care|Foods|Travel|Media|Capital|Systems|Ltd|Removals'.split('|'))}`,
    `${partner()} & Sons`,
    `${partner()} and ${partner()}`,
    `${partner()}, ${partner()} and ${partner()}`,
    `${partner()}-${partner()}`.replaceAll(/van der |de /gu, ''),
    `${partner()} ${chance.of('Group|Inc|LLC|PLC|Ltd'.split('|'))}`,
    one(chance, values.coined),
  ]);
};
const brand: Make = (chance, values) =>
  chance.below(4) === 0 ? one(chance, values.fancy) : one(chance, values.coined);
const hospital: Make = (chance, values) =>
  chance
    .of([
      `${one(chance, values.saints)}'s Hospital`,
      `${town(chance, values)} General Hospital`,
      `${town(chance, values)} Medical Centre`,
      `${city(chance, values)} Royal Infirmary`,
      `${one(chance, values.saints)} Hospital`,
      `${one(chance, values.fancy)} Surgery`,
      `the ${town(chance, values)} Clinic`,
    ])
    .replace(/(Elizabeth|George|Alexandra|Victoria)'s/u, '$1');
const school: Make = (chance, values) =>
  one(chance, values.schoolKinds)
    .replace('{town}', town(chance, values))
    .replace('{city}', city(chance, values));

/** A name begins behind its article, which is no part of the label. */
const bare = (slot: Slot): Slot => {
  return (chance, values) => {
    const { text, type } = slot(chance, values);
    const article = /^the /u.exec(text)?.[0] ?? '';
    return type === undefined ? { text } : { text, type, before: article.length };
  };
};

/** Every kind of value an English template can ask for; without a type it is nothing personal. */
export const ENGLISH_SLOTS: Readonly<Record<string, Slot>> = {
  name: as('PERSON', name),
  given: as('PERSON', given),
  surname: as('PERSON', surname),
  title: as('TITLE', (chance) => chance.of('Mr Mrs Ms Dr Mr. Mrs. Dr. Miss Prof.')),
  town: as('LOCATION', town),
  city: as('LOCATION', city),
  country: bare(as('LOCATION', (chance, values) => one(chance, values.countries))),
  region: bare(as('LOCATION', (chance, values) => one(chance, values.regions))),
  firm: as('ORGANIZATION', firm),
  brand: as('ORGANIZATION', brand),
  hospital: bare(as('ORGANIZATION', hospital)),
  school: bare(as('ORGANIZATION', school)),
  agency: bare(as('ORGANIZATION', (chance, values) => one(chance, values.agencies))),
  bank: as('ORGANIZATION', (chance, values) => one(chance, values.banks)),
  union: bare(as('ORGANIZATION', (chance, values) => one(chance, values.unions))),
  charity: bare(as('ORGANIZATION', (chance, values) => one(chance, values.charities))),
  shop: bare(as('ORGANIZATION', (chance, values) => one(chance, values.shops))),
  street: as('ADDRESS', (chance, values) => one(chance, values.streets)),
  people: as('NRP', (chance) =>
    chance.of('Polish Nigerian Indian Somali Irish Chinese Brazilian Turkish Romanian Syrian'),
  ),
  peoples: as('NRP', (chance) => chance.of('Norwegians Kenyans Italians Germans Americans')),
  belief: as('NRP', (chance) => chance.of('Catholic Muslim Hindu Jewish Buddhist Sikh')),
  age: as('AGE', (chance) => String(18 + chance.below(76))),
  kid: as('AGE', (chance) =>
    chance.below(5) === 0 ? chance.of(ONES) : String(2 + chance.below(15)),
  ),
  months: as('AGE', (chance) => String(2 + chance.below(16))),
  ageword: as('AGE', (chance) => `${chance.of(TENS)}${chance.of(['-', ' '])}${chance.of(ONES)}`),
  decade: as('AGE', (chance) => chance.of('twenties thirties forties 50s 60s seventies 80s')),
  /** "40th birthday" tells an age. */
  ordinal: as('AGE', (chance) => `${10 + 10 * chance.below(8)}th`),
  date: as('DATE', (chance) => {
    const [day, month, year] = [1 + chance.below(28), chance.of(MONTHS), 1990 + chance.below(35)];
    const number = 1 + MONTHS.split(' ').indexOf(month);
    return chance.of([
      `${day} ${month} ${year}`,
      `${month} ${day}, ${year}`,
      `${day}/${number}/${year}`,
      `${year}-${String(number).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    ]);
  }),
  /** Eight figures, which only the words beside them make a day. */
  eight: as('DATE', (chance) => {
    const [year, month, day] = [
      1990 + chance.below(35),
      1 + chance.below(12),
      1 + chance.below(28),
    ];
    return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  }),
  weekday: as('DATE', (chance) => {
    const name = chance.of('Monday Tuesday Wed Thurs Fri. Saturday Sunday');
    const [day, month] = [4 + chance.below(17), chance.below(12)];
    return chance.of([
      `${name} ${day} ${MONTHS.split(' ')[month]!}`,
      `${name} ${day}th ${MONTHS.split(' ')[month]!.slice(0, 3)}`,
      `${name} ${day}/${month + 1}`,
      `${name} ${day}th`,
    ]);
  }),
  phone: as('PHONE', (chance) => `07${700 + chance.below(299)} ${100000 + chance.below(899999)}`),
  email: as('EMAIL', (chance) => `${chance.of('info jk42 post desk')}@example.org`),
  sex: (chance) => ({ text: chance.of('male female') }),
  n: (chance) => ({ text: String(2 + chance.below(9)) }),
};
