import type { EntitySpan } from '../../contract/identify.ts';
import { SURE } from '../matching.ts';
import { isGiven, isWord } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** Peoples and nationalities, as adjective and noun; plurals in -s are told by rule. */
const NATIONS = new Set(
  `afghan|afghani|albanian|algerian|andorran|angolan|antiguan|argentine|argentinian|argentinean|armenian|aruban|australian|aussie|austrian|azerbaijani|azeri|bahamian|bahraini|bangladeshi|bangladeshis|barbadian|bajan|basque|batswana|belarusian|belarussian|belgian|belizean|beninese|bermudian|bhutanese|bolivian|bosnian|herzegovinian|brazilian|british|briton|brit|bruneian|bulgarian|burkinabe|burmese|burundian|cambodian|khmer|cameroonian|canadian|catalan|chadian|chechen|chilean|chinese|colombian|comoran|comorian|congolese|cornish|corsican|croat|croatian|cuban|cypriot|czech|czechoslovak|czechoslovakian|dane|danish|djiboutian|dominican|dutch|dutchman|dutchwoman|dutchmen|ecuadorian|ecuadorean|egyptian|emirati|emiratis|emirian|englishman|englishwoman|englishmen|english|eritrean|estonian|ethiopian|faroese|fijian|filipino|filipina|philippine|finn|finnish|flemish|french|frenchman|frenchwoman|frenchmen|gabonese|gambian|georgian|german|ghanaian|ghanian|gibraltarian|greek|greenlander|greenlandic|grenadian|guatemalan|guinean|guyanese|haitian|hawaiian|hispanic|honduran|hungarian|icelander|icelandic|indian|indonesian|inuit|iranian|iraqi|iraqis|irish|irishman|irishwoman|irishmen|israeli|israelis|italian|ivorian|jamaican|japanese|jordanian|kazakh|kazakhstani|kenyan|kiwi|korean|kosovar|kosovan|kurd|kurdish|kuwaiti|kuwaitis|kyrgyz|lao|laotian|latino|latina|latvian|lebanese|liberian|libyan|liechtensteiner|lithuanian|luxembourger|luxembourgish|macanese|macedonian|malagasy|malawian|malay|malaysian|maldivian|malian|maltese|manx|maori|marshallese|mauritanian|mauritian|mexican|micronesian|moldovan|moldavian|monacan|monegasque|mongolian|mongol|montenegrin|moroccan|mozambican|namibian|nauruan|nepalese|nepali|nepalis|netherlander|new zealander|nicaraguan|nigerian|nigerien|norwegian|omani|omanis|pakistani|pakistanis|palauan|palestinian|panamanian|papuan|paraguayan|persian|peruvian|pole|polish|polynesian|portuguese|puerto rican|qatari|qataris|romanian|rumanian|russian|rwandan|salvadoran|salvadorean|sammarinese|samoan|saudi|saudis|saudi arabian|scandinavian|scot|scottish|scotsman|scotswoman|senegalese|serb|serbian|seychellois|sicilian|sierra leonean|singaporean|slovak|slovakian|slovene|slovenian|somali|somalis|somalian|south african|soviet|spaniard|spanish|sri lankan|sudanese|surinamese|swazi|swede|swedish|swiss|syrian|taiwanese|tajik|tanzanian|tatar|thai|tibetan|timorese|togolese|tongan|trinidadian|tobagonian|tunisian|turk|turkish|turkmen|tuvaluan|ugandan|ukrainian|uruguayan|uyghur|uighur|uzbek|uzbekistani|vanuatuan|venezuelan|vietnamese|welsh|welshman|welshwoman|yemeni|yemenis|yemenite|yugoslav|yugoslavian|zambian|zimbabwean|zulu|costa rican|north korean|south korean|east timorese|cape verdean|equatorial guinean|central african|american|european|asian|african|arab|arabian|arabic|slav|slavic|nordic|balkan|caucasian|hutu|tutsi|yoruba|igbo|hausa|xhosa|bengali|punjabi|punjabis|gujarati|tamil|telugu|marathi|sinhalese|pashtun|tajiks|hazara|berber|bedouin|roma|romani|gypsy|gypsies|sami|aboriginal|aborigine|native american|african american|african-american|asian american|asian-american|afro-american|afro-caribbean|mexican-american|italian-american|irish-american|british asian|british indian|cherokee|navajo|apache|sioux|creole|cajun|sinti`.split(
    '|',
  ),
);

/** Religions and their people. */
const FAITHS = new Set(
  `christian|christianity|catholic|catholicism|roman catholic|protestant|protestantism|lutheran|calvinist|anglican|episcopalian|baptist|methodist|presbyterian|pentecostal|evangelical|orthodox christian|greek orthodox|russian orthodox|mormon|latter-day saint|jehovah's witness|jehovah's witnesses|quaker|amish|mennonite|adventist|seventh-day adventist|unitarian|muslim|moslem|islam|islamic|sunni|sunnis|shia|shias|shii|shiis|shi'a|shiite|shi'ite|sufi|sufis|ismaili|ismailis|ahmadi|ahmadis|alawite|druze|jew|jewish|judaism|hasidic|orthodox jew|sephardic|ashkenazi|hindu|hinduism|buddhist|buddhism|zen buddhist|sikh|sikhism|jain|jainism|taoist|daoist|taoism|confucian|confucianism|shinto|shintoist|zoroastrian|parsi|parsis|bahai|baha'i|rastafarian|wiccan|pagan|satanist|scientologist|atheist|atheism|agnostic|agnosticism|copt|coptic|maronite|falun gong|yazidi|yazidis`.split(
    '|',
  ),
);

/** Parties and political groups. */
const POLITICS = new Set(
  `democrat|democratic party|republican|republican party|gop|libertarian|labour party|labour supporter|labourite|conservative party|tory|tories|liberal democrat|lib dem|communist|communism|communist party|socialist|social democrat|christian democrat|green party|marxist|leninist|maoist|trotskyist|anarchist|fascist|neo-nazi|nazi|nationalist|separatist|peronist|zionist|islamist|islamists|royalist|monarchist|bolshevik|whig|kuomintang|bjp|trade unionist|union member`.split(
    '|',
  ),
);

/** Words that are groups only when they are written with a capital. */
const NEEDS_CAPITAL = new Set(
  'pole|scot|dane|finn|turk|polish|swede|welsh|orthodox|pagan|kiwi|brit|english|conservative|republican|democrat|lao|roma|sioux|nationalist|arabic|evangelical|gypsy|khmer|tory|tories|creole|gypsies|baptist|catholic|sami|balkan|islam|scots'.split(
    '|',
  ),
);

const known = (key: string): boolean => NATIONS.has(key) || FAITHS.has(key) || POLITICS.has(key);

/** Whether folded words name a nationality, religion, political or ethnic group. */
export function isGroup(key: string): boolean {
  return known(key) || (key.endsWith('s') && key.length > 4 && known(key.slice(0, -1)));
}

/** A language is no personal fact: "in English", "speaks Polish". */
const LANGUAGE_BEFORE = new Set(
  'speak speaks speaking spoke spoken learn learning little translate translated translation into fluent'.split(
    ' ',
  ),
);

const OF_BODIES = new Set(
  'union commission parliament court academy airlines airways telecom bank institute university association federation republic embassy council league museum ocean sea canal channel revolution war empire'.split(
    ' ',
  ),
);

/** Nationalities, religions, political and ethnic groups by their words. */
export function findGroups(tokens: readonly Token[]): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place];
    if (token?.kind !== 'word' || token.text.length < 3) continue;
    const length = groupAt(tokens, place);
    if (length === 0) continue;
    const last = tokens[place + length - 1] ?? token;
    const before = tokens[place - 1]?.key ?? '';
    if (LANGUAGE_BEFORE.has(before)) continue;
    // "European Union", "Russian Academy": part of a name that is no person's.
    const after = tokens[place + length];
    if (after?.kind === 'word' && OF_BODIES.has(after.key)) continue;
    const small = token.shape === 'lower';
    // A family name that is a people's: "Moira Pagan", "Jean French".
    const named =
      !small &&
      length === 1 &&
      isGiven(before) &&
      !isWord(before) &&
      tokens[place - 1]?.shape === 'title';
    if (small && NEEDS_CAPITAL.has(token.key)) continue;
    spans.push({
      start: token.start,
      end: last.end,
      type: 'NRP',
      confidence: named ? SURE.weak : small ? SURE.likely : SURE.form,
    });
    place += length - 1;
  }
  return spans;
}

/** How many tokens from this place name a group: the longest of three; 0 for none. */
function groupAt(tokens: readonly Token[], place: number): number {
  let best = 0;
  let name = '';
  for (let length = 1; length <= 3; length++) {
    const token = tokens[place + length - 1];
    if (length > 1 && token?.text === "'s") {
      name += "'s";
      continue;
    }
    if (token?.kind !== 'word' || (length > 1 && token.gap !== 1)) break;
    name = length === 1 ? token.key : `${name} ${token.key}`;
    if (isGroup(name)) best = length;
  }
  return best;
}
