import type { ColumnRole, EntityType, IdentifyResult } from '../contract/identify.ts';
import type { Column, Table } from '../records/table.ts';
import { entitiesIn } from './patterns.ts';

type Finding = IdentifyResult['columns'][number];

/** What a column's name says of it, in English and Chinese; the first rule that fits counts. */
const NAMES: readonly { words: RegExp; role: ColumnRole; type?: EntityType }[] = [
  {
    words: /(^|_| )(ssn|id.?card|national.?id|passport|身份证)/iu,
    role: 'direct-identifier',
    type: 'ID_CARD',
  },
  { words: /phone|mobile|telephone|电话|手机/iu, role: 'direct-identifier', type: 'PHONE' },
  { words: /e.?mail|邮箱/iu, role: 'direct-identifier', type: 'EMAIL' },
  { words: /address|street|住址|地址/iu, role: 'direct-identifier', type: 'ADDRESS' },
  {
    words: /^(full_?)?(name|姓名)$|(first|last|family|given|patient).?name|患者姓名/iu,
    role: 'direct-identifier',
    type: 'PERSON',
  },
  {
    words:
      /(patient|person|case|record|medical|insurance|mr)_?(id|nbr|no|number)$|病历号|住院号|医保号/iu,
    role: 'direct-identifier',
    type: 'MEDICAL_ID',
  },
  { words: /birth|出生/iu, role: 'quasi-identifier', type: 'DATE' },
  { words: /(^|_)age($|_)|年龄/iu, role: 'quasi-identifier', type: 'AGE' },
  { words: /(^|_)(sex|gender)($|_)|性别/iu, role: 'quasi-identifier' },
  { words: /post.?code|zip|邮编|邮政编码/iu, role: 'quasi-identifier', type: 'POSTCODE' },
  {
    words: /district|city|county|province|region|country|地区|城市|省份|区县/iu,
    role: 'quasi-identifier',
    type: 'LOCATION',
  },
  {
    words: /race|ethnic|nationality|religion|language|民族|国籍|宗教|语言/iu,
    role: 'quasi-identifier',
    type: 'NRP',
  },
  { words: /marital|occupation|education|婚姻|职业|学历/iu, role: 'quasi-identifier' },
  { words: /diagnos|disease|hiv|income|salary|convict|诊断|疾病|收入/iu, role: 'sensitive' },
];

const DIRECT: ReadonlySet<EntityType> = new Set(['EMAIL', 'PHONE', 'ID_CARD', 'SSN', 'CARD']);
const SAMPLE = 2000;

/**
 * Proposes a role for each column from its name, the form of its cells (with check digits) and
 * how distinct they are. `label` names the column to be predicted, if it is known.
 */
export function identifyColumns(table: Table, label?: string): IdentifyResult {
  return { columns: table.columns.map((column) => identifyColumn(column, table.rows, label)) };
}

function identifyColumn(column: Column, rows: number, label: string | undefined): Finding {
  const entities = entityShares(column);
  const named = NAMES.find(({ words }) => words.test(column.name));
  const strongest = entities.find(({ type, share }) => DIRECT.has(type) && share >= 0.5);
  const finding = (
    role: ColumnRole,
    confidence: number,
    ...evidence: Finding['evidence']
  ): Finding => ({
    name: column.name,
    role,
    entities:
      named?.type !== undefined && !entities.some(({ type }) => type === named.type)
        ? [...entities, { type: named.type, share: 1 }]
        : entities,
    confidence,
    evidence,
  });
  if (column.name === label) return finding('label', 1, 'name');
  if (strongest !== undefined) return finding('direct-identifier', strongest.share, 'pattern');
  if (named !== undefined) return finding(named.role, 0.9, 'name');
  if (entities.length > 0) return finding('direct-identifier', 0.7, 'pattern');
  if (column.type === 'identifier' && distinctShare(column, rows) > 0.9) {
    return finding('direct-identifier', 0.6, 'distinct');
  }
  if (column.type === 'text') return finding('sensitive', 0.5, 'values');
  return finding('other', 0.5, 'values');
}

/** Share of the first distinct values that carry each entity type, largest first. */
function entityShares(column: Column): { type: EntityType; share: number }[] {
  if ('values' in column) return [];
  const cells = column.dictionary.slice(0, SAMPLE);
  const counts = new Map<EntityType, number>();
  for (const cell of cells) {
    for (const type of entitiesIn(cell)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, count]) => ({ type, share: count / cells.length }))
    .sort((a, b) => b.share - a.share);
}

function distinctShare(column: Column, rows: number): number {
  return 'values' in column || rows === 0 ? 0 : column.dictionary.length / rows;
}
