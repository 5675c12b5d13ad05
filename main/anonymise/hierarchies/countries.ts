import list from '../../../resources/presets/countries.json' with { type: 'json' };
import { nameIn, plain, type Preset } from './preset-type.ts';

interface Home {
  readonly part: { readonly en: string; readonly zh: string };
  readonly region: { readonly en: string; readonly zh: string };
}

const HOMES = new Map<string, Home>();
for (const region of list.regions) {
  for (const part of region.parts) {
    for (const codes of part.countries.split(' ')) {
      for (const code of codes.split('/')) HOMES.set(code.toLowerCase(), { part, region });
    }
  }
}

/** Names in English and Chinese as the Unicode locale data have them, and others in use. */
let names: ReadonlyMap<string, Home> | undefined;

function homesByName(): ReadonlyMap<string, Home> {
  if (names !== undefined) return names;
  const found = new Map<string, Home>();
  const add = (name: string | undefined, code: string): void => {
    const home = HOMES.get(code.toLowerCase());
    if (name !== undefined && home !== undefined) found.set(plain(name), home);
  };
  for (const language of ['en', 'zh-Hans']) {
    const display = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of HOMES.keys()) {
      if (/^[a-z]{2}$/.test(code)) add(display.of(code.toUpperCase()), code);
    }
  }
  for (const [name, code] of Object.entries(list.aliases)) add(name, code);
  names = found;
  return found;
}

/** Value, subregion, region of the United Nations (M49). */
export const countries: Preset = {
  kind: 'countries',
  levels: 2,
  named: /countr|nation|birthplace|origin|国家|国籍|国别|原籍国/iu,
  // Two letters may be a state of a country; three and more, or Chinese, are a name or a code.
  sure: ({ texts }) =>
    texts.filter((text) => plain(text).length >= 3 || /\p{Script=Han}/u.test(text)).length * 2 >
      texts.length && !texts.every((text) => /^\d+$/.test(text)),
  place: (language) => (value) => {
    const home = HOMES.get(value.trim().toLowerCase()) ?? homesByName().get(plain(value));
    return home === undefined
      ? null
      : [home.part, home.region].map((named) => nameIn(named, language));
  },
};
