import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import { chart as contract, type Chart } from '../../../main/contract/charts.ts';
import { LANGUAGES, type Language } from '../../../main/contract/language.ts';
import ChartView from '../../../main/paper/Chart.svelte';
import { shortened } from '../../../main/paper/chart-format.ts';
import {
  BINS,
  CALIBRATION,
  CHARTS,
  DAYS,
  DOTS,
  PLAIN_TRAINING,
  REALS,
  ROC,
  TRAINING,
  VALUES,
} from './chart-samples.ts';

function draw(chart: Chart, language: Language = 'en', folded = true) {
  const { body } = render(ChartView, { props: { chart: contract.parse(chart), language, folded } });
  const window = new Window({ settings: { disableJavaScriptEvaluation: true } });
  window.document.body.innerHTML = body;
  return window.document.body;
}

type Drawn = ReturnType<typeof draw>;

const cells = (drawn: Drawn): string[][] =>
  [...drawn.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''),
  );
const sentences = (drawn: Drawn): string[] =>
  [...drawn.querySelectorAll('.chart-summary')].map(({ textContent }) => textContent ?? '');

describe.each(LANGUAGES)('every chart in %s', (language) => {
  it.each(CHARTS.map((chart) => [chart.kind, chart] as const))(
    '%s has a title, sentences, a named drawing and a table, and no style of its own',
    (_kind, chart) => {
      const drawn = draw(chart, language);
      const title = 'title' in chart ? chart.title : chart.caption;
      expect(drawn.querySelector('figcaption')?.textContent).toBe(title);
      const said = sentences(drawn);
      expect(said.length).toBeGreaterThan(0);
      for (const sentence of said) expect(sentence).toMatch(language === 'en' ? /\.$/ : /。$/);
      const svg = drawn.querySelector('svg');
      expect(svg?.getAttribute('role')).toBe('img');
      expect(svg?.getAttribute('aria-label')).toBe(title);
      expect(drawn.querySelector('details > summary')?.textContent).toBeTruthy();
      expect(drawn.querySelectorAll('details table caption')).toHaveLength(1);
      expect(cells(drawn).length).toBeGreaterThan(1);
      expect(drawn.querySelectorAll('[style], style, script, b')).toHaveLength(0);
      expect(drawn.innerHTML).not.toMatch(/NaN|undefined|null|Infinity/);
    },
  );

  it.each(CHARTS.map((chart) => [chart.kind, chart] as const))(
    '%s in a document shows its table',
    (_kind, chart) => {
      const drawn = draw(chart, language, false);
      expect(drawn.querySelector('details')).toBeNull();
      expect(drawn.querySelectorAll('table')).toHaveLength(1);
    },
  );
});

it('speaks Chinese in Chinese', () => {
  for (const chart of [BINS, CALIBRATION, ROC, TRAINING])
    for (const sentence of sentences(draw(chart, 'zh-CN')))
      expect(sentence).toMatch(/\p{Script=Han}{2}/u);
});

describe('the histogram', () => {
  it('draws one bar for each bin, as high as its count', () => {
    const drawn = draw(BINS);
    const { bins } = BINS.data;
    const bars = [...drawn.querySelectorAll('rect')];
    expect(bars).toHaveLength(bins.length);
    const most = Math.max(...bins.map(({ count }) => count));
    const heights = bars.map((bar) => Number(bar.getAttribute('height')));
    const highest = Math.max(...heights);
    for (const [at, { count }] of bins.entries())
      expect(heights[at]).toBeCloseTo((highest * count) / most, 0);
    const format = new Intl.NumberFormat('en');
    expect(cells(drawn)).toEqual(
      bins.map(({ from, to, count }) => [`${from} to ${to}`, format.format(count)]),
    );
    expect(sentences(drawn)[0]).toContain('from 17 to 92. The highest bar, 37 to 40, stands for');
  });

  it('names days as they are, and says which edge belongs to a bin', () => {
    expect(cells(draw(DAYS))[0]).toEqual(['2024-01-01 to 2024-01-10', '3']);
    expect(cells(draw(REALS))).toEqual([
      ['-1.5 to below 0', '2'],
      ['0 to 1.5', '1'],
    ]);
  });

  it('shows long names short in the drawing and whole in the table', () => {
    const drawn = draw(VALUES);
    const [, long] = VALUES.data.values;
    expect(cells(drawn)[1]?.[0]).toBe(long?.value);
    const drawnNames = [...drawn.querySelectorAll('svg text')].map(
      ({ textContent }) => textContent,
    );
    expect(drawnNames).not.toContain(long?.value);
    expect(drawnNames).toContain(shortened(long?.value ?? '', 25));
    expect(cells(drawn).at(-1)).toEqual(['All other values (3)', '42']);
    expect(drawn.querySelectorAll('.chart-bar-others')).toHaveLength(1);
  });

  it('says so when there is nothing to draw', () => {
    const data = { kind: 'bins', whole: true, bins: [] } as const;
    const drawn = draw({ kind: 'histogram', title: 'empty', data: { ...data, bins: [] } });
    expect(drawn.querySelector('svg')).toBeNull();
    expect(sentences(drawn)).toEqual(['No record has a value here.']);
  });
});

it('cuts names by the width of their characters', () => {
  expect(shortened('abcdef', 6)).toBe('abcdef');
  expect(shortened('abcdefg', 6)).toBe('abcde…');
  expect(shortened('中文字', 6)).toBe('中文字');
  expect(shortened('中文字很', 6)).toBe('中文…');
  expect(shortened('𠀀𠀀𠀀', 5)).toBe('𠀀𠀀…');
});

describe('dots and intervals', () => {
  it('draws a dot only where there is a figure, and says every figure in the table', () => {
    const drawn = draw({ ...DOTS, line: { at: 0.25, label: 'All: 25%.' } });
    expect(drawn.querySelectorAll('circle')).toHaveLength(3);
    expect(drawn.querySelectorAll('path.chart-line')).toHaveLength(2);
    expect(drawn.querySelectorAll('.chart-reference')).toHaveLength(1);
    expect(cells(drawn)).toEqual(DOTS.rows.map(({ name, text }) => [name, text]));
    expect(sentences(drawn)).toEqual([
      `Highest: ${DOTS.rows[2]?.name ?? ''}, 80% (70% to 85%). Lowest: without interval, 20%.`,
      'Rows without a figure: 1.',
      'All: 25%.',
    ]);
  });
});

describe('calibration', () => {
  it('draws the bins that are shown and tells why others are not', () => {
    const drawn = draw(CALIBRATION);
    expect(drawn.querySelectorAll('circle')).toHaveLength(8);
    const rows = cells(drawn);
    expect(rows).toHaveLength(10);
    expect(rows[0]).toEqual(['0% to below 10%', '100', '5.0%', '4.0%', '1.0% to 10.0%']);
    expect(rows[8]?.slice(1)).toEqual(['0', 'no record', 'no record', 'no record']);
    expect(rows[9]).toEqual(['90% to 100%', '4', 'withheld', 'withheld', 'withheld']);
    expect(sentences(drawn)).toContain('Bins not shown: 2.');
    expect(sentences(drawn)[0]).toContain('a mean score of 75.0% stands beside 67.0%');
  });
});

describe('the ROC curve', () => {
  it('lists every point in the window and some in a document, the decisions first', () => {
    expect(cells(draw(ROC))).toHaveLength(102);
    const printed = cells(draw(ROC, 'en', false));
    expect(printed.length).toBeLessThan(15);
    expect(printed[0]).toEqual(['0.5 (under review)', '25.0%', '70.7%']);
    expect(printed[1]).toEqual(['nobody selected', '0.0%', '0.0%']);
    expect(printed.at(-1)?.slice(1)).toEqual(['100.0%', '100.0%']);
  });

  it('runs from corner to corner with the decisions marked', () => {
    const drawn = draw(ROC);
    const path = drawn.querySelector('path.chart-line')?.getAttribute('d') ?? '';
    expect(path.startsWith('M50,354L')).toBe(true);
    expect(path.endsWith('L376,34')).toBe(true);
    expect(drawn.querySelector('.chart-ring')?.getAttribute('cx')).toBe('131.5');
  });
});

describe('training', () => {
  it('draws steps and epsilon in different lines and says both', () => {
    const drawn = draw(TRAINING);
    expect(drawn.querySelectorAll('path')).toHaveLength(2);
    expect(drawn.querySelectorAll('path.chart-line-second')).toHaveLength(1);
    expect(sentences(drawn)).toEqual([
      'Steps done: 1,100 of 2,000, after 6 min 25 s.',
      'Epsilon of the steps paid for: 0.3. Of the whole training: 1.',
    ]);
    expect(cells(drawn).at(-1)).toEqual(['6 min 25 s', '1,100', '0.3']);
  });

  it('says when nothing is spent', () => {
    const drawn = draw(PLAIN_TRAINING);
    expect(drawn.querySelectorAll('path')).toHaveLength(1);
    expect(cells(drawn)[0]).toHaveLength(2);
    expect(sentences(drawn)[1]).toContain('without differential privacy');
  });

  it('has no place for a loss', () => {
    const point = { seconds: 1, steps: 1, epsilon: null, loss: 0.1 };
    expect(contract.safeParse({ ...PLAIN_TRAINING, points: [point] }).success).toBe(false);
  });
});

it('has a rule in the style sheet for every class it uses', () => {
  const css = readFileSync(new URL('../../../main/paper/charts.css', import.meta.url), 'utf8');
  const used = new Set(
    CHARTS.flatMap((chart) =>
      [...draw(chart).querySelectorAll('[class]')].flatMap((element) => [...element.classList]),
    ),
  );
  for (const name of used) expect(css, name).toContain(`.${name}`);
  expect(css).toMatch(/@media print[\s\S]*@media \(forced-colors: active\)/);
});
