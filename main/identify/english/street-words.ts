/**
 * Words that make a street: suffixes and units of USPS Publication 28 (appendices C1 and C2) with
 * their British and Commonwealth companions, and what stands before or behind the name of a street
 * in other languages written in Latin letters. All folded.
 */
const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Suffixes that hardly mean anything but a street. */
export const STREET: ReadonlySet<string> = set(
  'street st str road rd avenue ave av lane ln drive dr court ct boulevard blvd place pl terrace ter crescent cres highway hwy parkway pkwy turnpike tpke expressway freeway motorway alley mews parade pde esplanade causeway cul-de-sac roundabout throughway byway driveway sq square pike trail trl circle cir',
);

/** Suffixes that are also plain words: they need a number or a word before them. */
export const STREET_MAYBE: ReadonlySet<string> = set(
  'annex arcade bayou beach bend bluff bluffs bottom branch bridge brook brooks burg bypass camp canyon cape center centre circle circles cliff cliffs close club common commons corner corners course courts cove coves creek crest crossing crossroad curve dale dam divide drives estate estates extension fall falls ferry field fields flat flats ford fords forest forge fork forks fort garden gardens gateway glen glens green greens grove groves harbor harbors harbour haven heights hill hills hollow inlet island islands isle junction key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge loop mall manor manors meadow meadows mill mills mission mount mountain mountains neck orchard oval overpass park parks pass passage path pines pine plain plains plaza point points port ports prairie radial ramp ranch rapid rapids rest ridge ridges rise river roads route row rue run shoal shoals shore shores skyway spring springs spur squares station stravenue stream streets summit track trafficway trace tunnel underpass union unions valley valleys via viaduct view views village ville vista walk walks wall way ways well wells wharf quay quays yard',
);

/** Words before the name: Romance, Slavic, German, Asian. */
export const STREET_BEFORE: ReadonlySet<string> = set(
  'rue avenue boulevard place impasse chemin route quai allee cours via viale vicolo piazza piazzale corso strada largo contrada calle avenida avda paseo plaza carrera camino ronda travesia carretera carrer rua travessa alameda praca estrada rodovia ulica ul ulitsa prospekt pereulok bulevar bulevardul aleea soseaua strada jalan jl lorong persiaran duong pho soi thanon barrio colonia rambla passeig passatge glorieta cuesta autopista autostrada lungomare salita viuzza quartier square',
);

/** Words behind the name of the street: Hungarian, Nordic, Finnish, Estonian, Turkish, Slavic ... */
export const STREET_AFTER: ReadonlySet<string> = set(
  'utca u ut utja ter tere koz sor rakpart setany korut krt fasor kapu lepcso domb dulo strasse str gasse weg allee platz ring damm ufer straat laan plein gracht kade dijk singel vej gade alle stien vei gate gata gatan vagen vag tie katu kuja polku tanav puiestee mnt tee iela prospekts gatve aleja ulica ulice cesta namesti trg put nabrezi trida caddesi cad sokak sk bulvari bulevardi rruga baan hof pad steeg markt gt',
);

/** Ends of one word: Hauptstrasse, Kerkstraat, Storgatan, Mellemvej, Skogstien, Hafnarstraeti. */
export const STREET_ENDING =
  /^(?=.{6,40}$).{2,}(?:strasse|str|gasse|weg|allee|platz|damm|ufer|graben|steig|stieg|markt|promenade|straat|laan|plein|gracht|kade|dijk|singel|steeg|dreef|vej|gade|straede|alle|vang|parken|stien|veien|vei|gata|gaten|gate|bakken|svingen|gatan|vagen|grand|stigen|torget|torg|tie|katu|kuja|polku|raitti|rinne|tanav|iela|straeti|vegur|braut|gotu|gerdi|hlid|utca|utja|trg|ulica|caddesi|sokak|bulvari)$/;

export const UNIT: ReadonlySet<string> = set(
  'apt apartment suite ste unit flat room rm floor fl bldg building block blk lot trailer trlr dept penthouse ph hangar pier slip stop lobby lower upper front rear side wing tower shop office no',
);
/** Units that name a dwelling even where nothing else does. */
export const DWELLING: ReadonlySet<string> = set('apt apartment suite ste flat');

/** Small words inside names of streets and places. */
export const INSIDE: ReadonlySet<string> = set(
  'de del della delle dei degli di da do das dos du des la le les los las el al d l van der den het ter ten von vom zum zur am an auf im in der of the y e et und i na nad pod pri u sur sous saint st ste santa san sao',
);

/** Places where something is done are no streets: "Medical Centre", "County Court". */
export const BUILDING = /^(?:centre|center|court|club|hall|lodge|park)$/;
export const OF_BUILDING =
  /^(?:medical|health|shopping|sports?|community|leisure|arts|treatment|day|cancer|call|data|conference|learning|education|training|job|town|city|county|crown|high|supreme|district|magistrates|youth|golf|football|tennis|cricket|rugby|business|science|technology|retail|resource|support|family|civic|visitor|garden|birth|trauma|dental|walk-in|rehabilitation|research|heart)$/;
