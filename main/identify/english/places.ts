import { folded } from './tokens.ts';

/** ISO 3166-1 codes that name more than a country, or none. */
const NO_COUNTRY = /^(?:EU|EZ|UN|QO|ZZ|XA|XB)$/;

/**
 * Names of countries from the CLDR data inside the runtime, folded, with the other names English
 * has for them.
 */
export const COUNTRIES: ReadonlySet<string> = new Set([
  ...fromCldr(),
  ...`usa|u.s.a.|u.s.|united states of america|the states|america|uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|republic of ireland|eire|holland|the netherlands|czech republic|south korea|north korea|korea|russia|russian federation|ussr|soviet union|yugoslavia|vietnam|laos|burma|myanmar|ivory coast|cote d'ivoire|cape verde|swaziland|macedonia|turkey|turkiye|hong kong|macau|macao|palestine|vatican|vatican city|the gambia|the bahamas|the philippines|uae|u.a.e.|united arab emirates|democratic republic of the congo|congo|bosnia|bosnia and herzegovina|herzegovina|serbia and montenegro|trinidad|tobago|trinidad and tobago|st. lucia|saint lucia|st. kitts|antigua|antigua and barbuda|sao tome|east timor|people's republic of china|prc|republic of china|virgin islands|kurdistan|tibet|svalbard|svalbard and jan mayen|jan mayen|faroe islands|falkland islands|aland islands|deutschland|osterreich|schweiz|suisse|svizzera|espana|italia|france metropolitan|brasil|polska|sverige|norge|danmark|suomi|magyarorszag|hellas|catalonia|crimea|kosovo|europe|asia|africa|north america|south america|central america|latin america|the middle east|middle east|scandinavia|the balkans|balkans|the caribbean|caribbean|oceania|antarctica|eastern europe|western europe|southeast asia|the far east`.split(
    '|',
  ),
]);

function fromCldr(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((two) => one + two));
  return codes.flatMap((code) => {
    const name = NO_COUNTRY.test(code) ? undefined : names.of(code);
    if (name === undefined) return [];
    const plain = folded(name).replace(/ \(.*\)$/, '');
    return [plain, plain.replaceAll(' & ', ' and '), plain.replace(/^st\. /, 'saint ')];
  });
}

/** States, provinces and regions that are written without their country. */
export const REGIONS: ReadonlySet<string> = new Set(
  [
    'alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|district of columbia|florida|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|washington d.c.|washington dc',
    'alberta|british columbia|manitoba|new brunswick|newfoundland|labrador|nova scotia|ontario|prince edward island|quebec|saskatchewan|yukon|nunavut|northwest territories',
    'new south wales|queensland|south australia|tasmania|victoria|western australia|northern territory',
    'bavaria|saxony|hesse|thuringia|brandenburg|tuscany|lombardy|sicily|sardinia|piedmont|veneto|andalusia|galicia|aragon|castile|brittany|normandy|provence|burgundy|alsace|flanders|wallonia|tyrol|carinthia|styria|transylvania|silesia|bohemia|moravia|jutland|zealand|lapland|crete|cyprus|corsica|siberia|chechnya|dagestan|tatarstan|yorkshire|cornwall|devon|kent|essex|sussex|surrey|norfolk|suffolk|lancashire|cumbria|northumberland|oxfordshire|cambridgeshire|hampshire|berkshire|buckinghamshire|hertfordshire|bedfordshire|gloucestershire|wiltshire|somerset|dorset|leicestershire|lincolnshire|nottinghamshire|derbyshire|cheshire|staffordshire|shropshire|worcestershire|warwickshire|northamptonshire|merseyside|aberdeenshire|ulster|munster|leinster|connacht',
    'punjab|kerala|gujarat|rajasthan|maharashtra|tamil nadu|karnataka|bihar|uttar pradesh|madhya pradesh|west bengal|bengal|kashmir|sindh|guangdong|guangxi|sichuan|yunnan|hunan|hubei|henan|hebei|shandong|shanxi|shaanxi|jiangsu|jiangxi|zhejiang|fujian|anhui|liaoning|jilin|heilongjiang|guizhou|gansu|qinghai|hainan|xinjiang|inner mongolia|hokkaido|honshu|kyushu|okinawa|kansai|luzon|mindanao|java|sumatra|bali|borneo|brooklyn|manhattan|queens|the bronx|staten island|long island|silicon valley|hollywood|harlem|new england|midwest|cape cod|the bay area',
  ].flatMap((list) => list.split('|')),
);

/** Two-letter states of the United States, Canada and Australia, for places after a comma. */
export const STATE_LETTERS: ReadonlySet<string> = new Set(
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS AA AE AP AB BC MB NB NL NS NT NU ON PE QC SK YT NSW QLD VIC TAS ACT'.split(
    ' ',
  ),
);

/** ISO 3166-1 two-letter codes, which stand for a country in the lines of an address. */
export const COUNTRY_LETTERS: ReadonlySet<string> = new Set(
  'AD AE AF AG AI AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SJ SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG UK US UY UZ VA VC VE VG VN VU WS YE YT ZA ZM ZW'.split(
    ' ',
  ),
);
