import { readdirSync, readFileSync } from 'node:fs';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { DotsBlock, PaperBlock } from '../../../main/contract/report.ts';
import Block from '../../../main/paper/Block.svelte';

const draw = (block: PaperBlock): string => render(Block, { props: { block } }).body;

const CHART: DotsBlock = {
  kind: 'dots',
  caption: 'A rate by group',
  nameHead: 'Group',
  valueHead: 'Rate',
  ticks: [
    { at: 0, text: '0%' },
    { at: 1, text: '100%' },
  ],
  rows: [
    { name: 'known', text: '50% (40% to 60%)', at: 0.5, low: 0.4, high: 0.6 },
    { name: 'without interval', text: '20%', at: 0.2, low: null, high: null },
    { name: 'hidden', text: 'withheld', at: null, low: null, high: null },
  ],
};

describe('the dot-and-interval chart', () => {
  it('draws a dot only where there is a figure, and says every figure in words', () => {
    const html = draw(CHART);
    expect(html.match(/<circle/g)).toHaveLength(2);
    expect(html).toContain('cx="160"');
    expect(html.match(/stroke-width="2"/g)).toHaveLength(1);
    for (const { name, text } of CHART.rows) {
      expect(html).toContain(`<th scope="row">${name}</th>`);
      expect(html).toContain(`<td>${text}</td>`);
    }
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html.match(/aria-hidden="true"/g)).toHaveLength(4);
  });

  it('draws the line of all records where there is one', () => {
    const html = draw({ ...CHART, line: { at: 0.25, label: 'all: 25%' } });
    expect(html.match(/stroke-dasharray/g)).toHaveLength(3);
    expect(html).toContain('all: 25%');
  });
});

it('draws every kind of block as text', () => {
  const nasty = '<b onclick="x">&';
  const blocks: PaperBlock[] = [
    { kind: 'sentences', sentences: [nasty] },
    { kind: 'list', items: [nasty] },
    { kind: 'attention', text: nasty },
    { kind: 'subheading', text: nasty },
    { kind: 'facts', facts: [{ name: nasty, value: nasty, code: true }] },
    { kind: 'table', caption: nasty, head: [nasty], rows: [[nasty, nasty]], figures: true },
    { ...CHART, caption: nasty },
    { kind: 'blanks', names: [nasty] },
  ];
  for (const block of blocks) {
    expect(draw(block)).toContain('&lt;b onclick');
    expect(draw(block)).not.toContain('<b ');
  }
});

it('imports the contract and the words only, and never writes raw markup', () => {
  const folder = new URL('../../../main/paper/', import.meta.url);
  for (const name of readdirSync(folder)) {
    const source = readFileSync(new URL(name, folder), 'utf8');
    expect(source).not.toMatch(/@html|from '\.\.\/(?!contract|words)/);
  }
});
