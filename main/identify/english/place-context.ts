import { isPlace, isRegion, isCountry } from './lexicon.ts';
import type { Reading } from './reading.ts';
import type { Run } from './runs.ts';
import type { Token } from './tokens.ts';

/** What the words around and inside a run say for a place. */

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Last words of names of landscapes and districts, as in "the Lake District". */
const LANDSCAPE = set(
  'district valley hills mountains mountain peninsula delta coast islands island isles isle highlands lowlands lakes desert bay gulf river basin plateau archipelago borders midlands moors downs cape territory territories province prefecture oblast county shire borough peaks peak forest sea ocean strait canyon falls lake creek estuary fjord glen fells wolds marshes fens plains steppe pass straits sound beach bridge heath moor common harbour harbor quarter suburb suburbs state republic kingdom emirate',
);
/** The same where nothing else stands: "the Highlands", "the Midlands". */
const LANDSCAPE_ALONE = set(
  'highlands lowlands midlands borders hebrides cotswolds pennines fens outback balkans andes alps pyrenees himalayas rockies dolomites ardennes carpathians cairngorms appalachians ozarks everglades caucasus levant caribbean mediterranean sahara sahel gambia algarve gower wirral maghreb baltics tropics orkneys shetlands azores canaries maldives seychelles riviera bronx dales trossachs mendips chilterns',
);
/** First words: "County Mayo", "Lake Geneva", "River Tay". */
const LANDSCAPE_FIRST = set('county lake mount river loch isle cape gulf glen lough port fort');
/** Quarters of the sky and parts before the name of a known place: "Northern Ontario". */
const PART = set(
  'north south east west northern southern eastern western northeast northwest southeast southwest north-east north-west south-east south-west northeastern northwestern southeastern southwestern central upper lower greater inner outer mid rural coastal downtown new old',
);

/** Words that "of" and a place follow: "resident of", "mayor of", "as far south of". */
const OF_PLACE = set(
  'resident residents native natives city town village county state province mayor people outskirts suburb suburbs edge north south east west streets port island republic kingdom capital centre center coast part parts citizen citizens map heart bishop governor inhabitants population area district region parish borough middle rest sheriff outside most corner hills valley hospitals university side visit weather miles',
);
/** Labels and words right before a place. */
const LABEL = set(
  'destination residence birthplace town city birth country residence hometown location place region county province state village district origin nationality residing departure arrival venue based parish suburb area municipality',
);
/** What belongs to a place known by name: "the Glasgow office", "our Tain plant", "Oban station". */
const AT_PLACE = set(
  'office offices branch branches depot plant site station store stores headquarters campus warehouse factory area region suburbs suburb outskirts bus-station bypass ring-road harbour harbor docks road street town city airport district county village coast border railway hospital hospitals police council market high shop clinic team customers weather traffic residents locals flat house home skyline marathon',
);

/** How much speaks for a place, next to what the lists know. */
export function placeContext({ tokens }: Reading, run: Run): number {
  const words = tokens.slice(run.from, run.end).filter(({ kind }) => kind === 'word');
  const name = words.map(({ key }) => key).join(' ');
  const before = tokens[run.from - 1];
  const earlier = tokens[run.from - 2];
  let weight = landscape(words, before) ? 2.4 : 0;
  const known = isPlace(name);
  if (before?.text === ':' && LABEL.has(earlier?.key ?? '')) weight += known ? 2.5 : 2.2;
  const article = /^(?:the|our|your|their|its|his|her|my|a|this|that)$/.test(before?.key ?? '');
  const after = tokens[run.end];
  if (after?.shape === 'lower' && AT_PLACE.has(after.key)) {
    const ours = /^(?:our|your)$/.test(before?.key ?? '') || tokens[run.end + 1]?.key === 'of';
    weight += known ? (article ? 1.5 : 0.8) : ours ? 1.9 : 0;
  }
  if (!known && STOPS.has(after?.key ?? '') && after?.shape === 'lower') weight += 1.5;
  if (before?.key === 'at' && WHERE.test(earlier?.key ?? '')) weight += known ? 1 : 1.5;
  const of = /^['’]s$/.test(after?.text ?? '') ? (tokens[run.end + 1]?.key ?? '') : '';
  if (OWNED.test(of)) weight += 1.4;
  if (before?.key === 'for' && BOUND.test(earlier?.key ?? '')) weight += 1.4;
  if (before?.key === 'of' && OF_PLACE.has(earlier?.key ?? '')) weight += 1.2;
  if (before?.key === 'as' && /^(?:north|south|east|west|far)$/.test(earlier?.key ?? ''))
    weight += 2;
  if (isBetween(tokens, run)) weight += known ? 1.4 : 0.9;
  // "Oban-based", "London born".
  if (after?.text === '-' && after.gap === 0 && ORIGIN.test(tokens[run.end + 1]?.key ?? ''))
    weight += 2.4;
  return weight;
}

/** What only places have: "Brightwater station". */
const STOPS = set(
  'station airport harbour harbor village district suburb marina docks bypass railway beach',
);
/** What is done at a place: "signed at", "buried at". */
const WHERE = /^(?:signed|born|died|buried|landed|stopped|moored|camped|baptised|baptized|wed)$/;

/** What only places own: "Brightwater's mayor". */
const OWNED =
  /^(?:mayor|population|streets|airport|beaches|harbour|harbor|suburbs|economy|government|capital|president|parliament|climate|coast|borders|weather|nightlife|skyline)$/;
const BOUND = /^(?:left|leaves|leave|leaving|bound|headed|heading|departed|departs|embarked)$/;

const ORIGIN = /^(?:based|born|bred|raised|wide|area|trained|educated)$/;

function landscape(words: readonly Token[], before: Token | undefined): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (words.length === 1) return before?.key === 'the' && LANDSCAPE_ALONE.has(last.key);
  if (words.length > 4) return false;
  const rest = words
    .slice(1)
    .map(({ key }) => key)
    .join(' ');
  if (PART.has(first.key) && (isCountry(rest) || isRegion(rest) || LANDSCAPE.has(rest)))
    return true;
  if (LANDSCAPE_FIRST.has(first.key) && first.shape === 'title') return true;
  return LANDSCAPE.has(last.key) && last.shape !== 'lower';
}

/** "between X and Y", "from X to Y" of either side, where the other is no name of a person. */
function isBetween(tokens: readonly Token[], { from, end }: Run): boolean {
  if (tokens[from - 1]?.key === 'between' && tokens[end]?.key === 'and') return true;
  const joint = tokens[from - 1]?.key;
  const other = joint === 'and' ? 'between' : joint === 'to' ? 'from' : null;
  if (other === null) return false;
  for (let at = from - 2; at >= Math.max(0, from - 6); at--) {
    if (tokens[at]?.key === other) return true;
  }
  return false;
}
