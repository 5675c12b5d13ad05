import { isGiven, isName, isWord } from './lexicon.ts';
import type { Reading } from './reading.ts';
import type { Run } from './runs.ts';
import { OCCUPATIONS } from './titles.ts';
import type { Token } from './tokens.ts';

/**
 * What the words around a run say for an organisation. Names of firms are invented daily, so that
 * no list holds them; but one works at, buys from, complains about and banks with organisations.
 */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words up to three tokens before a preposition that make an organisation of what follows it. */
const LED: Readonly<Record<string, ReadonlySet<string>>> = {
  at: set(
    'works worked working work employed job jobs position role post apprentice apprenticeship trainee intern interned internship placement porter customer customers account staff colleague colleagues everyone everybody team trained training studied studying study studies student students pupil pupils educated enrolled enroll degree diploma treated operated admitted appointment consultant registered member members contact people folks guys someone anyone career shop shopped shopping bought ordered still office desk started starting starts interview interviewed shift shifts helpline',
  ),
  for: set(
    'works worked working work employed drive drives drove driving drivers contractor contractors freelance freelancing consultant volunteer volunteers volunteered volunteering spokesman spokeswoman spokesperson lawyer lawyers solicitor solicitors played plays rep agent customers interviewed interview career shifts retired fundraising money donated donation raised solicitor',
  ),
  with: set(
    'account accounts bank banks banked banking contract contracts policy policies mortgage loan order orders ordered booked booking insured insure insurance employed job position role deal dealing partnership customer customers appointment subscription registered agreement signed enrolled placement apprenticeship merged merger negotiating negotiations savings pension card working worked works work internship started startup invested tariff broadband dispute complaint plan trading booked flew flown flying lodged case intern apprentice working',
  ),
  by: set(
    'employed made run owned signed supplied acquired manufactured operated issued insured sponsored delivered published built produced sold funded organised organized charged approved rejected provided treated developed commissioned certified hired managed backed raided regulated accredited printed installed fitted administered recruited distributed serviced bought audited dismissed sacked billed overcharged imported report reports survey study research analysis',
  ),
  from: set(
    'switched switching bought buy buying purchased purchase ordered order orders refund refunds charge charges invoice bill payment payments loan mortgage pension retired resigned fired sacked graduated graduate degree diploma officers someone staff team quote delivery parcel package engineer engineers hired salary wages support transferred statement subscription technician letter email emails call calls withdrew withdraw redundant redundancy discharged referred employee rented hire hired compensation offer offers response reply representative representatives rep surveyor inspector loaned delegation flowers groceries voucher',
  ),
  to: set(
    'applied apply applying application complain complained complaint pay paid paying payment payments debit mandate debited refer referred reported sold belongs switched switching owed owe escalated escalate subscribed subscription addressed report donate donated donation admitted claim appeal appealed invoice application transferred credited lent supplier supply supplies consultant adviser advisor outsourced',
  ),
  of: set(
    'customer customers employee employees member members director directors manager head founder co-founder cofounder ceo cfo cto chairman chairwoman chair spokesman spokeswoman spokesperson office offices premises branch headquarters subsidiary behalf chief president partner boss owner owners staff shares policyholder products services representative representatives shareholder shareholders depot unit client clients department secretary trustee trustees treasurer graduate alumnus alumna takeover acquisition board user users merger complaint management workers',
  ),
  in: set('shares stock stake invested investor investors interest accounts'),
  about: set(
    'complaint complain complaining complained complaints heard review reviews enquiry inquiry',
  ),
  against: set('complaint claim case lawsuit proceedings grievance complaints action judgment'),
  on: set('behalf'),
  between: set('contract agreement deal merger dispute partnership lawsuit'),
  after: set('fell rose shares'),
};

/** Words right before a name that stand in apposition to it: "my employer Hartwell". */
const KIND = set(
  'employer company firm bank insurer charity supplier retailer airline bakery restaurant startup start-up business manufacturer maker provider union school hospital nursery contractor brand chain giant competitor rival subsidiary university college agency broker publisher lender carrier operator consultancy clinic cafe pub hotel café newspaper developer distributor broadcaster builder supermarket developer wholesaler brewery brewer landlord organisation organization foundation network partner client customer vendor',
);
/** Verbs right before a name of which the object is more often a firm than a person. */
const ACTS_ON = set(
  'joined joining joins join contacting flew quit quits acquired acquires acquire sued suing via using used use rejoined buys buy founded founding co-founded cofounded contacted leaving chose boycott choose recommend than lead leads led left attend attends attended attending thanked beats beat invoiced invoice patronise',
);
/** What a name before it is most often an organisation: "Hartwell helpline", "Hartwell's app". */
const HAS = set(
  'helpline app account accounts website store stores shop branch branches team teams chief ceo boss spokesman spokeswoman spokesperson shares stock employee employees staff driver drivers engineer engineers technician technicians representative representatives rep agent agents card order orders voucher subscription refund delivery manager managers director directors executive executives headquarters hq warehouse contract invoice policy products product customer customers customer-service call-centre chatbot hotline workers worker strike takeover merger depot factory outlet loyalty membership receptionist receptionists profits profit board shareholders founder co-founder chairman portal login sale sales adviser advisor advisers nurses courier couriers vans van lorry catalogue franchise statement debit mortgage loan intern interns recruiter brand',
);
/** Verbs of which the subject is more often an organisation. */
const DOES = set(
  'announced announces buys acquired acquires ships delivers delivered launched launches employs operates manufactures supplies owes refuses sponsors recruits beats merged merges charges charged refunded refund overcharged cancelled canceled hires sells declined offers provides blames reported posted refused failed declared raised cut cuts plans expects opened closes expanded invested partnered billed debited deducted rejected lost',
);
/** Kinds of organisations in "Hartwell, a maker of pumps," and "Hartwell is the best bakery". */
const KIND_AFTER = set(
  'company firm bank insurer charity supplier retailer airline bakery restaurant startup start-up business manufacturer maker provider union school hospital nursery contractor brand chain giant competitor rival subsidiary university college agency broker publisher lender carrier operator consultancy clinic cafe café pub hotel newspaper distributor broadcaster builder supermarket wholesaler brewery brewer organisation organization nonprofit non-profit 501 corporation group venture cooperative conglomerate producer',
);
const LABEL =
  /^(?:company|organi[sz]ation|employer|firm|hospital|clinic|institution|workplace|insurer|bank|school|university|union|supplier|vendor|charity|sponsor|practice|agency|surgery|merchant|payee|retailer|business|college|customer|attended|publisher|landlord|airline|carrier|contractor|manufacturer)$/;

const skipArticle = (tokens: readonly Token[], place: number): number =>
  /^(?:the|our|your|their|its|a)$/.test(tokens[place]?.key ?? '') ? place - 1 : place;

/** How much the words around a stretch say for an organisation, whatever stands in it. */
export function contextOf({ tokens }: Reading, run: Run): number {
  const before = ledBy(tokens, skipArticle(tokens, run.from - 1), run.opens);
  const after = followed(tokens, run.end);
  return Math.max(before, after) + Math.min(before, after) / 2;
}

/** How much speaks for an organisation by the words around a run and how it is written. */
export function organizationContext(reading: Reading, run: Run): number {
  const { tokens, large } = reading;
  const words = tokens.slice(run.from, run.end).filter(({ kind }) => kind === 'word');
  const first = words[0];
  if (first === undefined || run.honorific >= 0) return 0;
  const evidence = contextOf(reading, run);
  const short = words.length === 1 && first.shape === 'capitals' && !large;
  const acronym = short && first.text.length > 1 && first.text.length < 7 ? 0.9 : 0;
  const before = tokens[run.from - 1]?.key ?? '';
  if (evidence === 0) return acronym > 0 && /^(?:at|from|by|to|the)$/.test(before) ? 1 : 0;
  // "Red Kite", "First Choice": plain words with capitals amid a sentence.
  const plain = !run.opens && words.every(({ key }) => isWord(key) && !isGiven(key)) ? 0.5 : 0;
  // A given name says that one buys from a person after all.
  const given = words.length < 3 && isGiven(first.key) && !isWord(first.key) ? -1 : 0;
  return Math.max(0, evidence + acronym + plain + given);
}

function ledBy(tokens: readonly Token[], place: number, opens: boolean): number {
  const before = tokens[place];
  if (before === undefined) return 0;
  // An entry in the story of a life: "2015-2019 Hartwell".
  if (isYears(tokens, place)) return 1.5;
  const earlier = tokens[place - 1];
  if (before.text === ':') return LABEL.test(earlier?.key ?? '') ? 3 : 0;
  if (before.text === ',') {
    const job = tokens[place - 1]?.shape === 'title' && isJob(tokens, place - 1);
    const kind =
      KIND.has(earlier?.key ?? '') &&
      /^(?:the|my|our|his|her|their|a)$/.test(tokens[place - 2]?.key ?? '');
    return job || kind ? 2.4 : 0;
  }
  if (before.kind === 'line') {
    const above = tokens[place - 1];
    return above?.shape === 'title' && isJob(tokens, place - 1) ? 1.2 : 0;
  }
  if (before.kind !== 'word' || (opens && before.shape !== 'lower')) return 0;
  if (KIND.has(before.key)) return 2.4;
  const cues = LED[before.key];
  if (cues === undefined) return ACTS_ON.has(before.key) ? 1.4 : 0;
  for (let at = place - 1; at >= Math.max(0, place - 4); at--) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'line' || /^[.!?;]$/.test(token.text)) break;
    if (cues.has(token.key)) return 2.2;
    if (at > place - 4 && /^(?:at|for|of|with)$/.test(before.key) && isJob(tokens, at)) return 2.2;
  }
  // "Anna from Siemens", "Ben at Lidl": a name, then where they are from.
  const name = earlier?.kind === 'word' && earlier.shape === 'title' && isName(earlier.key);
  if (!name) return 0;
  return before.key === 'at' ? 1.3 : /^(?:from|of)$/.test(before.key) ? 0.7 : 0;
}

const isYears = (tokens: readonly Token[], place: number): boolean =>
  /^(?:(?:19|20)\d\d|present)$/.test(tokens[place]?.key ?? '') &&
  /^[-–]$/.test(tokens[place - 1]?.text ?? '') &&
  /^(?:19|20)\d\d$/.test(tokens[place - 2]?.text ?? '');

/** Whether the word at a place is a job, as in "Account Manager" or "welder". */
const isJob = (tokens: readonly Token[], place: number): boolean => {
  const token = tokens[place];
  return (
    token?.kind === 'word' &&
    (OCCUPATIONS.has(token.key) || OCCUPATIONS.has(token.key.replace(/s$/, '')))
  );
};

/** "... is way better than": two of a trade are compared. */
const isBetter = (tokens: readonly Token[], place: number): boolean =>
  [place, place + 1, place + 2].some(
    (at) =>
      /^(?:better|worse|cheaper|dearer|faster|pricier)$/.test(tokens[at]?.key ?? '') &&
      tokens[at + 1]?.key === 'than',
  );

/** What one asks a firm for. */
const ASKED_FOR =
  /^(?:quote|quotes|refund|loan|replacement|estimate|discount|mortgage|receipt|payment|overdraft|invoice|subscription|contract|voucher)$/;

const REACH = 9;

function followed(tokens: readonly Token[], end: number): number {
  const genitive = /^['’]s$/.test(tokens[end]?.text ?? '');
  const next = tokens[genitive ? end + 1 : end];
  if (next === undefined || next.kind === 'line') return 0;
  if (next.kind === 'word' && next.shape === 'lower') {
    if (HAS.has(next.key)) return 1.6;
    if (genitive) return HAS.has(tokens[end + 2]?.key ?? '') ? 1.4 : 0;
    if (DOES.has(next.key)) return 1.3;
    if (/^(?:ship|deliver|accept|sell|offer|refund)$/.test(next.key)) return 1.3;
    if (/^(?:keeps|has|had|have|does|never|will|also|finally|then)$/.test(next.key)) {
      return DOES.has(tokens[end + 1]?.key ?? '') ||
        /^(?:blaming|charging|sending|cancelling|refusing|losing|billing)$/.test(
          tokens[end + 1]?.key ?? '',
        )
        ? 1.3
        : 0;
    }
  }
  if (next.key === 'for' && /^(?:a|an|my|the|our)$/.test(tokens[end + 1]?.key ?? '')) {
    const asked = [end + 2, end + 3].some((at) => ASKED_FOR.test(tokens[at]?.key ?? ''));
    if (asked) return 1.4;
  }
  const being = /^(?:is|was|are|were)$/.test(next.key);
  if (
    being &&
    /^(?:founded|established|headquartered|incorporated|hiring|based|listed)$/.test(
      tokens[end + 1]?.key ?? '',
    )
  )
    return 2;
  if (being && isBetter(tokens, end + 1)) return 1.3;
  if (next.text !== ',' && next.text !== '(' && !being) return 0;
  const article = tokens[end + 1]?.key ?? '';
  if (!/^(?:a|an|the|our|one|its|their|my|which)$/.test(article)) return 0;
  for (let at = end + 2; at < end + REACH; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'line' || /^[.,;!?]$/.test(token.text)) break;
    if (/^(?:of|in|at|for|from|by|with|and|who|that)$/.test(token.key)) break;
    if (KIND_AFTER.has(token.key)) return 2.2;
  }
  return article === 'which' ? 0.8 : 0;
}
