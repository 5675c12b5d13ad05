import { ConcordError } from '../../contract/errors.ts';
import { numberForm, type NumberForm } from './cell-number.ts';
import type { Package } from './package.ts';
import { readWholeXml } from './xml.ts';

export interface Sheet {
  readonly name: string;
  /** The part of the package that holds its cells. */
  readonly part: string;
  readonly hidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly from1904: boolean;
  /** By the style number of a cell. */
  readonly forms: readonly NumberForm[];
  readonly texts: readonly string[];
}

const TEXT_LIMIT = 1 << 27;
const TEXTS_LIMIT = 5_000_000;
const SHEETS_LIMIT = 1000;

/**
 * Sheets, number formats and shared texts of a SpreadsheetML package (ECMA-376 part 1, 18.2, 18.4,
 * 18.8). Throws FILE_FORMAT_UNSUPPORTED for other packages, FILE_DAMAGED, FILE_TOO_LARGE.
 */
export async function readWorkbook(parts: Package): Promise<Workbook> {
  const main = await mainPart(parts);
  const targets = await relations(parts, main);
  const { sheets, from1904 } = await readSheets(parts, main, targets);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  return {
    sheets: sheets.filter(({ part }) => parts.has(part)),
    from1904,
    forms: await readForms(parts, targets.byKind.get('styles') ?? `${folder}styles.xml`),
    texts: await readTexts(
      parts,
      targets.byKind.get('sharedStrings') ?? `${folder}sharedStrings.xml`,
    ),
  };
}

async function mainPart(parts: Package): Promise<string> {
  if (parts.has('_rels/.rels')) {
    const found = (await relations(parts, '')).byKind.get('officeDocument');
    if (found !== undefined && parts.has(found)) {
      if (found.endsWith('.bin')) throw unsupported('xlsb');
      if (/^xl\//.test(found) || found.includes('workbook')) return found;
      throw unsupported('word');
    }
  }
  if (parts.has('xl/workbook.xml')) return 'xl/workbook.xml';
  if (parts.has('xl/workbook.bin')) throw unsupported('xlsb');
  throw unsupported(parts.has('content.xml') && parts.has('mimetype') ? 'ods' : 'archive');
}

const unsupported = (format: string): ConcordError =>
  new ConcordError('FILE_FORMAT_UNSUPPORTED', { format });

interface Relations {
  readonly byId: ReadonlyMap<string, string>;
  /** By the last word of the relation's type. */
  readonly byKind: ReadonlyMap<string, string>;
}

async function relations(parts: Package, of: string): Promise<Relations> {
  const slash = of.lastIndexOf('/') + 1;
  const folder = of.slice(0, slash);
  const part = `${folder}_rels/${of.slice(slash)}.rels`;
  const byId = new Map<string, string>();
  const byKind = new Map<string, string>();
  if (!parts.has(part)) return { byId, byKind };
  await readWholeXml(parts.part(part), part, {
    open(name, { Id, Type, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const target = resolved(folder, Target);
      byId.set(Id, target);
      byKind.set((Type ?? '').slice((Type ?? '').lastIndexOf('/') + 1), target);
    },
  });
  return { byId, byKind };
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

async function readSheets(
  parts: Package,
  main: string,
  targets: Relations,
): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readWholeXml(parts.part(main), main, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet' || sheets.length === SHEETS_LIMIT) return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const part = targets.byId.get(id);
      if (part === undefined) return;
      const state = attributes['state'] ?? 'visible';
      sheets.push({ name: attributes['name'] ?? '', part, hidden: state !== 'visible' });
    },
  });
  return { sheets, from1904 };
}

async function readForms(parts: Package, part: string): Promise<NumberForm[]> {
  const codes = new Map<number, string>();
  const forms: NumberForm[] = [];
  if (!parts.has(part)) return forms;
  let inCells = false;
  await readWholeXml(parts.part(part), part, {
    open(name, { numFmtId, formatCode }) {
      const id = Number(numFmtId ?? 0);
      if (name === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) forms.push(numberForm(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return forms;
}

/** Texts that cells refer to by number; runs of different looks joined, readings (rPh) left out. */
async function readTexts(parts: Package, part: string): Promise<string[]> {
  const texts: string[] = [];
  if (!parts.has(part)) return texts;
  let pieces: string[] = [];
  let inText = false;
  let reading = 0;
  let length = 0;
  await readWholeXml(parts.part(part), part, {
    open(name) {
      if (name === 'si') pieces = [];
      else if (name === 'rPh') reading++;
      else if (name === 't') inText = reading === 0;
    },
    text(text) {
      if (!inText) return;
      pieces.push(text);
      length += text.length;
      if (length > TEXT_LIMIT)
        throw new ConcordError('FILE_TOO_LARGE', { what: 'texts', limit: TEXT_LIMIT });
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') reading--;
      else if (name === 'si') {
        texts.push(unescaped(pieces.join('')));
        if (texts.length > TEXTS_LIMIT)
          throw new ConcordError('FILE_TOO_LARGE', { what: 'texts', limit: TEXTS_LIMIT });
      }
    },
  });
  return texts;
}

/** _x000D_ stands for a character that XML cannot hold (22.4.2.4); a line end stays one. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
