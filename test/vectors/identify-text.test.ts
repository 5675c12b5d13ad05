import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { EntitySpan, EntityType } from '../../main/contract/identify.ts';
import { findEntities } from '../../main/identify/find.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const FILE = 'pii-text/en-synth.jsonl';
/** The names of the source, as its SOURCE.md lists them, in ours. */
const OURS: Readonly<Record<string, EntityType>> = {
  STREET_ADDRESS: 'ADDRESS',
  GPE: 'LOCATION',
  CREDIT_CARD: 'CARD',
  DATE_TIME: 'DATE',
  PHONE_NUMBER: 'PHONE',
  EMAIL_ADDRESS: 'EMAIL',
  ZIP_CODE: 'POSTCODE',
  DOMAIN_NAME: 'URL',
  IBAN_CODE: 'IBAN',
  US_SSN: 'SSN',
  US_DRIVER_LICENSE: 'LICENCE',
  IP_ADDRESS: 'IP',
};

interface Sentence {
  readonly template_id: number;
  readonly text: string;
  readonly spans: readonly {
    readonly type: string;
    readonly start: number;
    readonly end: number;
  }[];
}
type Span = Pick<EntitySpan, 'start' | 'end' | 'type'>;

interface Count {
  gold: number;
  found: number;
  /** Labelled spans that a finding covers (intersection / union >= .5), whatever its type. */
  hit: number;
  /** The same with the right type; and findings that cover a span, and of the right type. */
  typed: number;
  right: number;
  rightTyped: number;
}

const overlaps = (a: Span, b: Span): boolean => {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 && shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start)) >= 0.5;
};
const f1 = (precision: number, recall: number): number =>
  (2 * precision * recall) / (precision + recall);

function countOf(sentences: readonly Sentence[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  const of = (type: string): Count => {
    const empty = { gold: 0, found: 0, hit: 0, typed: 0, right: 0, rightTyped: 0 };
    const count = counts.get(type) ?? empty;
    counts.set(type, count);
    return count;
  };
  for (const { text, spans } of sentences) {
    const found = findEntities(text);
    const gold = spans.map((span) => ({
      ...span,
      type: OURS[span.type] ?? (span.type as EntityType),
    }));
    for (const span of gold) {
      const hits = found.filter((finding) => overlaps(span, finding));
      for (const count of [of(span.type), of('ALL')]) {
        count.gold++;
        if (hits.length > 0) count.hit++;
        if (hits.some(({ type }) => type === span.type)) count.typed++;
      }
    }
    for (const finding of found) {
      const hits = gold.filter((span) => overlaps(span, finding));
      for (const count of [of(finding.type), of('ALL')]) {
        count.found++;
        if (hits.length > 0) count.right++;
        if (hits.some(({ type }) => type === finding.type)) count.rightTyped++;
      }
    }
  }
  return counts;
}

function tableOf(counts: ReadonlyMap<string, Count>): string {
  const rows = [...counts].sort().map(([type, { gold, found, hit, typed, right, rightTyped }]) => {
    const figures = [hit / gold, right / found, typed / gold, rightTyped / found];
    const shown = figures.map((figure) => (Number.isFinite(figure) ? figure.toFixed(3) : '-'));
    return `${type.padEnd(13)} ${String(gold).padStart(5)} ${String(found).padStart(5)}  ${shown.join('  ')}`;
  });
  return ['type           gold found  recall precis. typed r. typed p.', ...rows].join('\n');
}

describeWithShared('personal data in labelled English texts', [FILE], () => {
  const sentences = readFileSync(sharedPath(FILE), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sentence);
  const counts = countOf(sentences);
  const recall = (type: string): number => {
    const { hit, gold } = counts.get(type) ?? { hit: 0, gold: 0 };
    return hit / gold;
  };
  const all = counts.get('ALL') as Count;

  it('prints what was measured', () => {
    process.stdout.write(`${tableOf(counts)}\n`);
    expect(sentences).toHaveLength(779);
  });

  it.each(['EMAIL', 'CARD', 'IBAN', 'IP', 'SSN', 'URL'])('finds %s', (type) => {
    expect(recall(type)).toBeGreaterThanOrEqual(0.97);
  });

  it('finds people and places', () => {
    expect(recall('PERSON')).toBeGreaterThanOrEqual(0.85);
    const [address, location] = [counts.get('ADDRESS'), counts.get('LOCATION')] as [Count, Count];
    const both = (address.hit + location.hit) / (address.gold + location.gold);
    expect(both).toBeGreaterThanOrEqual(0.8);
  });

  it('finds enough of all, and not too much', () => {
    expect(all.hit / all.gold).toBeGreaterThanOrEqual(0.88);
    expect(f1(all.right / all.found, all.hit / all.gold)).toBeGreaterThanOrEqual(0.8);
    const typed = f1(all.rightTyped / all.found, all.typed / all.gold);
    expect(typed).toBeGreaterThanOrEqual(0.85);
  });

  /** The texts of one fifth of the templates were never read while the finders were written. */
  it('finds as much, to .05, in the fifth of the templates that was kept unread', () => {
    const unread = countOf(sentences.filter(({ template_id }) => template_id % 5 === 2));
    const read = countOf(sentences.filter(({ template_id }) => template_id % 5 !== 2));
    const share = (part: ReadonlyMap<string, Count>): number => {
      const { hit, gold } = part.get('ALL') as Count;
      return hit / gold;
    };
    process.stdout.write(
      `recall read ${share(read).toFixed(3)}, unread ${share(unread).toFixed(3)}\n`,
    );
    expect(share(unread)).toBeGreaterThanOrEqual(share(read) - 0.05);
  });
});
