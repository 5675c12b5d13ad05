import type { Reading } from './reading.ts';
import { contextOf } from './organization-context.ts';
import { proper } from './reading.ts';
import type { Run } from './runs.ts';
import type { Stretch } from './street.ts';
import { BUILDING, OF_BUILDING } from './street-words.ts';
import { isGiven, isName, isPlace, isWord } from './lexicon.ts';
import type { Token } from './tokens.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Legal forms: what stands before one is a company. */
export const LEGAL_FORM = set(
  'inc incorporated corp corporation co company llc l.l.c llp lp ltd limited plc p.l.c gmbh mbh ag kg ohg se sa s.a sarl srl s.r.l spa s.p.a nv n.v bv b.v oy oyj ab as asa aps a/s kft zrt nyrt bt sro s.r.o sp pty pvt pte sdn bhd kk kabushiki ooo oao zao pjsc pc pllc cic',
);

/** Last words of names of companies, authorities, schools, clinics. */
export const ORGANIZATION_HEAD = set(
  'group holdings holding partners associates consulting consultants advisors advisers ventures capital financial finance investments securities bank banking insurance assurance industries enterprises international global worldwide technologies technology tech systems solutions software services networks network interactive digital media labs laboratories laboratory analytics research resources data dynamics logistics communications telecom electronics energy power petroleum pharmaceuticals pharma biotech therapeutics motors automotive airlines airways railway railways shipping foods brewery bakery restaurant hotel hotels resort stores supermarket market markets university college school academy institute polytechnic faculty hospital hospitals clinic clinics infirmary surgery hospice healthcare pharmacy foundation trust fund charity society association federation confederation league institution council committee commission ministry department office agency authority bureau administration parliament congress senate court police army navy nhs church cathedral mosque synagogue temple museum gallery library theatre theater orchestra choir philharmonic band club fc team studio studios records press publishing publishers news times post journal tribune gazette magazine radio television tv productions entertainment pictures games sports fitness properties realty estates construction engineering architects designs design works sons brothers bros cooperative co-op union party exchange initiative project center centre medical health hospice care practice primary infants juniors infant junior elementary secondary grammar comprehensive preschool nursery kindergarten kitchen diner grill pizzeria deli brasserie bistro takeaway salon garage removals homes roofing plumbing interiors textiles chemicals plastics ceramics haulage freight couriers outfitters butchers bakers florists opticians dentists solicitors estates catering cleaning printing packaging movers lines brands wireless trucking distribution vineyards winery dairies farms nurseries',
);
/** Heads that also end names of people or plain phrases: they need another company-like word. */
const WEAK_HEAD = set(
  'medical primary infants juniors infant junior elementary secondary grammar nursery kitchen garage homes practice cleaning printing packaging salon estates power post times center centre care office project market court party band works data news games design research health union school church club team police project store records care energy hotel',
);

/** Words before an organisation. */
const AT = set('at for with by from join joined joining joins via through to');
const MEMBER = set(
  'works worked working work employed employer employee employees founded ceo cfo cto founder cofounder president director chairman manager head staff member team spokesperson spokesman vp hired contracted headquartered partner customer client intern interned',
);

/** Whether a run ends in a legal form or a word for a kind of business. */
export function isBusiness({ tokens }: Reading, { from, end }: Stretch): boolean {
  const key = tokens[end - 1]?.key ?? '';
  return (
    end - from > 1 &&
    (LEGAL_FORM.has(key) ||
      isCentre(tokens, end) ||
      (ORGANIZATION_HEAD.has(key) && !WEAK_HEAD.has(key)))
  );
}

/** "Medical Centre", "Leisure Center", "County Court": the two words make it an institution. */
const isCentre = (tokens: readonly Token[], end: number): boolean =>
  BUILDING.test(tokens[end - 1]?.key ?? '') && OF_BUILDING.test(tokens[end - 2]?.key ?? '');

/** How much speaks for an organisation; 0 for nothing. */
export function organizationWeight(reading: Reading, run: Run): number {
  const { tokens } = reading;
  const words = tokens.slice(run.from, run.end).filter(({ kind }) => kind === 'word');
  const last = words.at(-1);
  const first = words[0];
  if (last === undefined || first === undefined) return 0;
  let weight = 0;
  if (words.length > 1 && LEGAL_FORM.has(last.key)) weight += 4;
  else if (words.length > 2 && isCentre(tokens, run.end)) weight += 3.4;
  else if (words.length > 1 && ORGANIZATION_HEAD.has(last.key))
    weight += WEAK_HEAD.has(last.key) ? 1.6 : 3;
  else if (
    words
      .slice(0, -1)
      .some(({ key }) => ORGANIZATION_HEAD.has(key) && !isName(key) && !WEAK_HEAD.has(key))
  )
    weight += 1.2;
  else if (ORGANIZATION_HEAD.has(last.key) && first === last) weight -= 1;
  const next = tokens[run.end];
  if (
    next?.kind === 'word' &&
    next.shape === 'lower' &&
    ORGANIZATION_HEAD.has(next.key) &&
    words.length < 4 &&
    /^(?:hospital|university|bank|clinic|school|college|company|corporation|group|foundation|church|museum)$/.test(
      next.key,
    )
  )
    weight += 1.5;
  const before = tokens[run.from - 1];
  const earlier = tokens[run.from - 2];
  const earliest = tokens[run.from - 3];
  if (AT.has(before?.key ?? '')) {
    weight += 0.5;
    if (MEMBER.has(earlier?.key ?? '') || MEMBER.has(earliest?.key ?? '')) weight += 2;
    else if (/^(?:for|at|joined|joins|join)$/.test(before?.key ?? '')) weight += 0.4;
  }
  if (before?.key === 'of' && MEMBER.has(earlier?.key ?? '')) weight += 2;
  if (
    before?.text === ':' &&
    /^(?:company|organi[sz]ation|employer|firm|hospital|clinic|institution)$/.test(
      earlier?.key ?? '',
    )
  )
    weight += 3;
  // "OpenCounter", "eBay", "3M": capitals inside a word are made by marketing, bar Mc and Mac.
  if (
    words.some(
      ({ text }) =>
        /\p{Ll}\p{Lu}/u.test(text) && !/^(?:Mc|Mac|De|Di|La|Le|Van|O)\p{Lu}/u.test(text),
    )
  )
    weight += 1.3;
  if (words.length === 1 && last.shape === 'capitals' && !reading.large && last.text.length < 6)
    weight += 0.4;
  const plain = words.filter(({ key }) => isWord(key) && !isGiven(key)).length;
  if (words.length > 1 && plain === words.length && AT.has(before?.key ?? '') && !run.opens)
    weight += 1;
  return weight;
}

const OF_WHAT =
  /^(?:university|bank|ministry|department|institute|faculty|college|church|school|academy|museum|board|bureau|office|society|house|hospital|federation|ministry)$/;

/** "University of Leicester", "St. Mary's Hospital": bodies with a place's or a saint's name. */
function bodyAt(reading: Reading, from: number): Stretch | null {
  const { tokens } = reading;
  const capital = (place: number): boolean =>
    tokens[place]?.shape === 'title' ||
    tokens[place]?.shape === 'capitals' ||
    (reading.small && isPlace(tokens[place]?.key ?? ''));
  if (OF_WHAT.test(tokens[from]?.key ?? '') && tokens[from + 1]?.key === 'of') {
    let end = tokens[from + 2]?.key === 'the' ? from + 3 : from + 2;
    const first = end;
    while (end < first + 3 && capital(end) && tokens[end]?.gap === 1) end++;
    const another = capital(end + 2) && tokens[end + 2]?.gap === 1;
    if (tokens[end]?.key === 'and' && capital(end + 1) && end > first && !another) end += 2;
    return end > first ? { from, end } : null;
  }
  let end = from;
  while (end < from + 4 && (capital(end) || (tokens[end]?.text === '.' && tokens[end]?.gap === 0)))
    end++;
  if (!/^['’]s$/.test(tokens[end]?.text ?? '')) return null;
  const head =
    capital(end + 2) && ORGANIZATION_HEAD.has(tokens[end + 2]?.key ?? '') ? end + 2 : end + 1;
  const heads = ORGANIZATION_HEAD.has(tokens[head]?.key ?? '') && capital(head);
  return heads ? { from, end: head + 1 } : null;
}

/** A firm; `listed` where it is a list of names that may be people, `pair` where two of them. */
export interface Firm extends Stretch {
  readonly listed: boolean;
  readonly pair: boolean;
}
const firm = (from: number, end: number, names: 0 | 2 | 3 = 0): Firm => ({
  from,
  end,
  listed: names > 0,
  pair: names === 2,
});

/**
 * Firms that carry names of partners: "Hawkins, Richardson and Santana", "Smith & Sons". `null`
 * when no firm begins here. Three names of which none is a given name, joined by a comma and "and".
 */
export function firmAt(reading: Reading, from: number): Firm | null {
  const { tokens } = reading;
  const single = (place: number): boolean => {
    const token = tokens[place];
    return token !== undefined && proper(reading, token) && token.text.length > 2;
  };
  const body = bodyAt(reading, from);
  if (body !== null) return firm(body.from, body.end);
  if (!single(from)) return null;
  const [joint, second, and, third] = [1, 2, 3, 4].map((step) => tokens[from + step]);
  const joins = (key: string | undefined): boolean => key === 'and' || key === '&';
  if (
    joint?.text === ',' &&
    second !== undefined &&
    single(from + 2) &&
    joins(and?.key) &&
    single(from + 4)
  ) {
    const keys = [tokens[from], second, third].map((token) => token?.key ?? '');
    const more = tokens[from + 5];
    if (
      more?.kind === 'word' &&
      proper(reading, more) &&
      !LEGAL_FORM.has(more.key) &&
      more.gap === 1 &&
      !ORGANIZATION_HEAD.has(more.key)
    )
      return null;
    if (keys.some((key) => isWord(key) && !isName(key))) return null;
    const firsts = keys.filter((key) => isGiven(key)).length;
    return firsts <= 1 || LEADS_FIRM.has(tokens[from - 1]?.key ?? '')
      ? firm(from, from + 5, 3)
      : null;
  }
  if (joint?.text === '&' && single(from + 2) && second?.kind === 'word') {
    let end = from + 3;
    while (end < from + 7 && single(end) && tokens[end]?.gap === 1) end++;
    if (tokens[end]?.text === '&' && single(end + 1)) end += 2;
    return firm(from, end);
  }
  if (
    joins(joint?.key) &&
    /^(?:sons|daughters|brothers|bros|partners|associates|company|co)$/.test(second?.key ?? '') &&
    second?.shape === 'title'
  )
    return firm(from, from + 3);
  // "Okafor and Strickland": a firm or two people; what stands around it decides.
  const one = /^(?:is|was|has|does|says|doesn't|isn't|hasn't)$/.test(tokens[from + 3]?.key ?? '');
  const led =
    contextOf(reading, { from, end: from + 3, opens: false, honorific: -1, lead: from }) >= 2;
  const given = [tokens[from], second].filter((token) => isGiven(token?.key ?? '')).length;
  const surname = (token: Token | undefined): boolean =>
    isFamilyOnly(token, one || (led && given < 2)) && !isPlace(token?.key ?? '');
  if (joins(joint?.key) && surname(tokens[from]) && surname(second) && single(from + 2)) {
    const more = tokens[from + 3];
    return more?.kind === 'word' && proper(reading, more) && more.gap === 1
      ? null
      : firm(from, from + 3, 2);
  }
  return null;
}

/** A name that is no given name, or where one verb in the singular follows two, any name. */
const isFamilyOnly = (token: Token | undefined, one: boolean): boolean =>
  token?.kind === 'word' &&
  (one || !isGiven(token.key)) &&
  (isName(token.key) || !isWord(token.key));

const LEADS_FIRM = set('at from for with by join joined the');
export const leadsFirm = (key: string): boolean => LEADS_FIRM.has(key);
