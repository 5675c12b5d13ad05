import { archive } from './archive.ts';

/** A cell: text, number, truth, or an object for what is special about it. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | {
      readonly value?: string | number;
      readonly type?: 'e' | 'str' | 'd' | 'inlineStr';
      /** Position in `formats`, from 1; 0 is General. */
      readonly format?: number;
      readonly formula?: string;
    };

export interface SheetPlan {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
}

export interface WorkbookPlan {
  readonly sheets: readonly SheetPlan[];
  readonly from1904?: boolean;
  /** Number formats as codes or built-in numbers. */
  readonly formats?: readonly (string | number)[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
  String.fromCharCode(65 + (column % 26));

/** The bytes of an xlsx file as Excel writes one (ECMA-376): shared texts, styles, relations. */
export function workbook({ sheets, from1904 = false, formats = [] }: WorkbookPlan): Buffer {
  const texts: string[] = [];
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${kind}/${type}" Target="${target}"/>`;
  const relations = (inside: string): string =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  const parts = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: `${head}<worksheet ${main}>${sheetData(sheet, texts)}</worksheet>`,
  }));
  const custom = formats.map((code, at) =>
    typeof code === 'string'
      ? `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`
      : '',
  );
  const styles = formats.map(
    (code, at) => `<xf numFmtId="${typeof code === 'string' ? 164 + at : code}"/>`,
  );
  return archive([
    { name: '[Content_Types].xml', content: `${head}<Types/>` },
    {
      name: '_rels/.rels',
      content: relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    },
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook ${main} xmlns:r="${kind}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${sheets
        .map(
          ({ name, hidden }, at) =>
            `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        sheets
          .map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`))
          .join('') +
          relation('s', 'styles', 'styles.xml') +
          relation('t', 'sharedStrings', '/xl/sharedStrings.xml'),
      ),
    },
    {
      name: 'xl/styles.xml',
      content: `${head}<styleSheet ${main}><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    },
    ...parts,
    {
      name: 'xl/sharedStrings.xml',
      content: `${head}<sst ${main}>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    },
  ]);
}

function sheetData({ rows, merges = [] }: SheetPlan, texts: string[]): string {
  const lines = rows.map((cells, row) => {
    const inside = cells.map((cell, column) =>
      cellXml(cell, `${letters(column)}${row + 1}`, texts),
    );
    return cells.length === 0 ? '' : `<row r="${row + 1}">${inside.join('')}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return `<sheetData>${lines.join('')}</sheetData>${merged && `<mergeCells>${merged}</mergeCells>`}`;
}

function cellXml(cell: Cell, at: string, texts: string[]): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    let index = texts.indexOf(cell);
    if (index < 0) index = texts.push(cell) - 1;
    return `<c r="${at}" t="s"><v>${index}</v></c>`;
  }
  const { value, type, format, formula } = cell;
  const inside = value === undefined ? '' : escaped(String(value));
  const content =
    type === 'inlineStr'
      ? `<is><t>${inside}</t></is>`
      : value === undefined
        ? ''
        : `<v>${inside}</v>`;
  return `<c r="${at}"${format === undefined ? '' : ` s="${format}"`}${type ? ` t="${type}"` : ''}>${formula === undefined ? '' : `<f>${escaped(formula)}</f>`}${content}</c>`;
}
