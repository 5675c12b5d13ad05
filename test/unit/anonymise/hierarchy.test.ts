import { describe, expect, it } from 'vitest';
import { readHierarchyLines, writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import {
  intervalHierarchy,
  maskHierarchy,
  treeHierarchy,
} from '../../../main/anonymise/presets.ts';

function labels(text: string, value: string): string[] {
  const hierarchy = parseHierarchy('c', text);
  const code = hierarchy.codeOf(value) ?? -1;
  return hierarchy.levels.map(
    ({ labels: known }, level) => known[hierarchy.step(0, level)[code] ?? -1] ?? 'none',
  );
}

describe('parseHierarchy', () => {
  it('reads values, levels and shares of the lines', () => {
    const hierarchy = parseHierarchy('c', 'a;x;*\r\nb;x;*\r\nc;y;*\r\n');
    expect(hierarchy.height).toBe(3);
    expect(hierarchy.lines).toBe(3);
    expect(hierarchy.level(1)).toEqual({
      labels: ['x', 'y'],
      lines: Int32Array.of(2, 1),
    });
    expect([...hierarchy.step(1, 2)]).toEqual([0, 0]);
    expect(hierarchy.codeOf('b')).toBe(1);
    expect(hierarchy.codeOf('d')).toBeUndefined();
  });

  it('takes commas, quotation marks and a byte order mark', () => {
    expect(labels('\uFEFFa,"x, y",*\n"b ""q""",z,*', 'b "q"')).toEqual(['b "q"', 'z', '*']);
    expect(labels('\uFEFFa,"x, y",*\nb,z,*', 'a')).toEqual(['a', 'x, y', '*']);
  });

  it.each([
    ['', 1, 'empty'],
    ['a;x\nb;x;*', 2, 'ragged'],
    ['a;x\n\nb', 3, 'ragged'],
    ['a;"x', 1, 'quote-open'],
    ['a;x;*\nb;y;*\na;y;*', 3, 'two-generalisations'],
    ['a;x;p\nb;x;q', 2, 'not-a-tree'],
  ])('refuses %j', (text, line, reason) => {
    expect(() => parseHierarchy('c', text)).toThrow(
      expect.objectContaining({ code: 'HIERARCHY_INVALID', params: { column: 'c', line, reason } }),
    );
  });

  it('counts repeated equal lines as lines', () => {
    expect(parseHierarchy('c', 'a;*\na;*\nb;*').lines).toBe(3);
  });

  it('reads back what it writes', () => {
    const lines = [
      ['a;b', 'x"y', ''],
      ['', ',', '*'],
    ];
    const read = readHierarchyLines('c', writeHierarchyLines(lines));
    expect(read.map(({ cells }) => cells)).toEqual(lines);
  });
});

describe('preset hierarchies', () => {
  it('makes nested intervals with a top code', () => {
    const text = intervalHierarchy({ min: 0, max: 110, widths: [5, 10, 20], topFrom: 90 });
    expect(labels(text, '37')).toEqual(['37', '35-39', '30-39', '20-39', '*']);
    expect(labels(text, '85')).toEqual(['85', '85-89', '80-89', '80-89', '*']);
    expect(labels(text, '97')).toEqual(['97', '90+', '90+', '90+', '*']);
  });

  it('keeps intervals of negative numbers whole', () => {
    expect(labels(intervalHierarchy({ min: -6, max: 6, widths: [5] }), '-3')).toEqual([
      '-3',
      '-5--1',
      '*',
    ]);
  });

  it('gives missing cells their own line', () => {
    const text = intervalHierarchy({ min: 1, max: 3, widths: [2], missing: 'unknown' });
    expect(labels(text, '')).toEqual(['', 'unknown', '*']);
  });

  it.each([{ widths: [5, 7] }, { widths: [0] }, { widths: [2.5] }])('refuses %j', (wrong) => {
    expect(() => intervalHierarchy({ min: 0, max: 9, ...wrong })).toThrow(
      expect.objectContaining({ code: 'PLAN_INVALID' }),
    );
  });

  it('masks from the right or the left, shorter values included', () => {
    const right = maskHierarchy(['8001', '8002', '91'], { from: 'right', step: 2 });
    expect(labels(right, '8001')).toEqual(['8001', '80**', '****']);
    expect(labels(right, '91')).toEqual(['91', '91**', '****']);
    const left = maskHierarchy(['北京市', '上海市'], { from: 'left' });
    expect(labels(left, '北京市')).toEqual(['北京市', '*京市', '**市', '***']);
  });

  it('masks values that hold the mask itself', () => {
    const text = maskHierarchy(['a*', 'a', 'ab', '*'], { from: 'right' });
    expect(labels(text, 'ab')).toEqual(['ab', 'a*', '**']);
    expect(labels(text, '*')).toEqual(['*', '**', '**']);
  });

  it('makes a tree of labels, shallow branches filled up', () => {
    const text = treeHierarchy({ North: { A: ['a1', 'a2'], B: ['b1'] }, South: ['s1'] });
    expect(labels(text, 'a2')).toEqual(['a2', 'A', 'North', '*']);
    expect(labels(text, 's1')).toEqual(['s1', 's1', 'South', '*']);
  });
});
