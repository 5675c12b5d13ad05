import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { ConcordError } from '../../../main/contract/errors.ts';
import { LANGUAGES, type Language } from '../../../main/contract/language.ts';
import { paper, type Paper } from '../../../main/contract/report.ts';
import { GAPS } from '../../../main/contract/review.ts';
import { buildReport } from '../../../main/report/build.ts';
import { highestCertainty } from '../../../main/report/sections/privacy.ts';
import { verifyReport } from '../../../main/report/seal.ts';
import { words } from '../../../main/words/index.ts';
import { bareInput, fullInput } from './sample.ts';

function parsed(html: string) {
  const window = new Window({ settings: { disableJavaScriptEvaluation: true } });
  return new window.DOMParser().parseFromString(html, 'text/html');
}

const pages = (language: Language) => {
  const full = buildReport({ ...fullInput(), language });
  const bare = buildReport({ ...bareInput(), language });
  return [full.reportHtml, full.modelCardHtml, bare.reportHtml, bare.modelCardHtml];
};

describe.each(LANGUAGES)('a page in %s', (language) => {
  it('is complete, in its language, and loads and runs nothing', () => {
    for (const html of pages(language)) {
      const page = parsed(html);
      expect(html.startsWith('<!doctype html>')).toBe(true);
      expect(page.documentElement.lang).toBe(language === 'en' ? 'en' : 'zh-Hans');
      expect(page.title.length).toBeGreaterThan(3);
      expect(page.querySelectorAll('h1')).toHaveLength(1);
      const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]');
      expect(policy?.getAttribute('content')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      const forbidden = 'script, link, img, iframe, object, embed, base, form, [style], video, use';
      expect(page.querySelectorAll(forbidden)).toHaveLength(0);
      expect(html).not.toMatch(/https?:|url\(|@import|<!--/);
      for (const element of page.querySelectorAll('*'))
        for (const { name, value } of element.attributes) {
          expect(name.startsWith('on')).toBe(false);
          if (name === 'href') expect(page.getElementById(String(value).slice(1))).not.toBeNull();
        }
      for (const table of page.querySelectorAll('table')) {
        expect(table.querySelector('caption')?.textContent).toBeTruthy();
        expect(table.querySelector('th[scope=row]')).not.toBeNull();
      }
    }
  });

  it('is drawn from a document within the contract, with no empty or unfinished text', () => {
    for (const input of [fullInput(), bareInput()]) {
      const built = buildReport({ ...input, language });
      for (const document of [built.report, built.modelCard]) {
        expect(paper.parse(document)).toEqual(document);
        for (const text of textsOf(document))
          expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  it('shows the figures of the review and none in place of a withheld one', () => {
    const input = { ...fullInput(), language };
    const { report } = buildReport(input);
    const share = new Intl.NumberFormat(language, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const three = new Intl.NumberFormat(language, { minimumFractionDigits: 3 });
    const row = rowsOf(report).filter(([name]) => name === 'north')[2] ?? [];
    const { north, far } = input.review.groups['g'] ?? {};
    expect(row).toContain(share.format(north?.tpr ?? NaN));
    expect(row).toContain(share.format(north?.fpr ?? NaN));
    expect(row).toContain(three.format(Math.round(1000 * (north?.auc ?? NaN)) / 1000));
    expect(far?.tpr).toBeNull();
    const withheld = language === 'en' ? 'withheld' : '不显示';
    const farRow = rowsOf(report).find((cells) => cells[0] === 'far' && cells.length > 8);
    expect(farRow?.filter((cell) => cell === withheld)).toHaveLength(10);
    for (const cell of farRow ?? []) expect(cell).not.toMatch(/^0(\.0)?%?$/);
    const gapRows = GAPS.map((gap) => share.format(input.review.gaps['g']?.[gap] ?? NaN));
    expect(JSON.stringify(report)).toContain(gapRows[0]);
  });

  it('lists the withheld group with the reason and says what was not done', () => {
    const { report, modelCard } = buildReport({ ...bareInput(), language });
    const hidden = report.sections.find(({ id }) => id === 'withheld');
    expect(JSON.stringify(hidden)).toContain('far');
    const notDone = language === 'en' ? /not done/g : /未进行/g;
    expect(JSON.stringify(report).match(notDone)?.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(modelCard).match(notDone)?.length).toBeGreaterThanOrEqual(2);
    const signed = language === 'en' ? 'Not signed off' : '未签署';
    expect(JSON.stringify(report)).toContain(signed);
    expect(JSON.stringify(modelCard)).toContain(signed);
  });
});

it('writes Chinese pages in Chinese: no sentence is left without a Chinese character', () => {
  const { report, modelCard } = buildReport({ ...fullInput(), language: 'zh-CN' });
  for (const document of [report, modelCard])
    for (const { title, blocks } of document.sections) {
      expect(title).toMatch(/\p{Script=Han}/u);
      for (const block of blocks)
        if (block.kind === 'sentences')
          for (const sentence of block.sentences)
            expect(sentence).toMatch(/\p{Script=Han}.*[。：]$/u);
    }
});

it('escapes hostile names of groups, columns, files and studies', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=a> --> ]]> & '{content-sha-256}`;
  const input = bareInput([evil, '__proto__', '</style></table>', '']);
  const { reportHtml, modelCardHtml } = buildReport({
    ...input,
    journalHead: evil,
    study: { name: evil, limits: [evil] },
    data: { name: evil, testedOn: 'held-out' },
    model: { kind: 'constructor', features: [evil] },
    review: { ...input.review, asked: { ...input.review.asked, label: evil } },
  });
  for (const html of [reportHtml, modelCardHtml]) {
    const page = parsed(html);
    expect(page.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(html).not.toMatch(/<script|<img|<\/style><\/table>/);
    expect(page.querySelectorAll('style')).toHaveLength(1);
    expect(page.title).toContain('<script>');
    expect(verifyReport(html).ok).toBe(true);
  }
  expect(parsed(reportHtml).body.textContent).toContain('</style></table>');
});

describe('the guarantee in words', () => {
  it('is e^epsilon / (1 + e^epsilon), rounded up, with delta as one in so many', () => {
    expect(highestCertainty(0)).toBe(0.5);
    expect(highestCertainty(Math.log(3))).toBeCloseTo(0.75, 15);
    const { reportHtml } = buildReport(fullInput());
    expect(reportHtml).toContain('becomes at most 73.2%, except in 1 in 100,000 cases');
    expect(reportHtml).toContain('10⁻⁵');
    expect(reportHtml).toContain('at most 5 records each');
  });

  it('tells what was bought before the training, in both languages', () => {
    const input = fullInput();
    if (!input.privacy) throw new Error('the sample is private');
    const statistics = {
      share: 0.3,
      epsilon: 0.28,
      wanted: [
        { column: 'age', kind: 'bounds' as const },
        { column: 'sex', kind: 'mode' as const },
      ],
    };
    const sold = { ...input, privacy: { ...input.privacy, statistics } };
    const { reportHtml } = buildReport(sold);
    expect(reportHtml).toContain('range of “age”');
    expect(reportHtml).toContain('most frequent value of “sex”');
    expect(reportHtml).toContain('0.28');
    expect(buildReport({ ...sold, language: 'zh-CN' }).reportHtml).toContain('“age”的范围');
    expect(buildReport(input).reportHtml).not.toContain('private statistics');
  });

  it('stands beside what the records have given away in all, counted three ways', () => {
    const ledger = {
      budget: { epsilon: 4, delta: 2e-5 },
      plain: { epsilon: 3.5, delta: 6e-6 },
      filter: { epsilon: 2.75, delta: 1e-5, order: 7 },
      planned: null,
    };
    for (const language of ['en', 'zh-CN'] as const) {
      const { reportHtml } = buildReport({ ...fullInput(), language, ledger });
      const { ledger: said } = words(language).report.privacy;
      for (const text of [said.plainText, said.filterText, said.plannedText, said.none]) {
        expect(reportHtml).toContain(text);
      }
      expect(reportHtml).toContain(said.amount('3.5', ''));
      expect(reportHtml).toContain(said.amount('2.75', ''));
    }
  });

  it('tells of a search for settings what it cost and every phase, in both languages', () => {
    const input = fullInput();
    if (!input.privacy) throw new Error('the sample is private');
    const trial = { mechanism: 'gaussian', noise_multiplier: 5.5, steps: 7 } as const;
    const search = { distribution: 'logarithmic', expected_trials: 4, settings: 6 } as const;
    const privacy = {
      ...input.privacy,
      phases: [
        {
          mechanism: 'selection' as const,
          distribution: 'logarithmic' as const,
          expected_trials: 4,
          of: [[trial], [{ ...trial, noise_multiplier: 6.25 }]],
          steps: 1 as const,
        },
      ],
      search: { ...search, trial_epsilon: 0.7171 },
    };
    for (const language of ['en', 'zh-CN'] as const) {
      const built = buildReport({ ...input, privacy, language });
      const w = words(language).report;
      const said = w.privacy.search;
      for (const html of [built.reportHtml, built.modelCardHtml]) {
        expect(html).toContain(said.value(said.laws.logarithmic, '4', '6'));
        expect(html).toContain('0.7171');
        expect(html).toContain(said.best(said.laws.logarithmic, '4'));
        expect(html).toContain(said.each(w.mechanisms['gaussian'] ?? ''));
        expect(html).toContain(said.either(w.mechanisms['gaussian'] ?? '', '2'));
        expect(html).toContain('6.25');
      }
    }
  });

  it('is not claimed for training without privacy', () => {
    const { reportHtml } = buildReport({ ...fullInput(), privacy: null });
    expect(reportHtml).toContain('Differential privacy: not done.');
    expect(reportHtml).not.toContain('raises that certainty');
  });
});

describe('verification', () => {
  it('accepts a page as written and gives the head of the journal', () => {
    const { reportHtml, modelCardHtml } = buildReport(fullInput());
    const head = 'cd'.repeat(32);
    for (const html of [reportHtml, modelCardHtml])
      expect(verifyReport(html)).toEqual({ ok: true, signer: null, head });
    const bare = buildReport(bareInput()).reportHtml;
    expect(verifyReport(bare)).toEqual({ ok: true, signer: null, head: null });
  });

  it('finds any single character changed, and a page that is not a report', () => {
    const { reportHtml } = buildReport(fullInput());
    for (let at = 0; at < reportHtml.length; at += 97) {
      const other = reportHtml[at] === '7' ? '3' : '7';
      const changed = reportHtml.slice(0, at) + other + reportHtml.slice(at + 1);
      expect(verifyReport(changed).ok, `at ${at}`).toBe(false);
    }
    expect(verifyReport('<p>something else</p>')).toEqual({ ok: false, signer: null, head: null });
  });
});

describe.each(LANGUAGES)('protection in %s', (language) => {
  it('says what the model learned from', () => {
    const input = fullInput();
    const { anonymisation } = input;
    if (!anonymisation) throw new Error('sample');
    const pages = [true, false].map((learnedFrom) => {
      const built = buildReport({
        ...input,
        language,
        anonymisation: { ...anonymisation, learnedFrom },
      });
      return [built.reportHtml, built.modelCardHtml] as const;
    });
    const [learned, copy] =
      language === 'en'
        ? ['The model learned from a protected copy', 'The model itself learned from the']
        : ['模型学习的是受保护的记录副本', '模型本身学习的是未经处理的原记录'];
    for (const html of pages[0] ?? []) {
      expect(html).toContain(learned);
      expect(html).not.toContain(copy);
    }
    for (const html of pages[1] ?? []) {
      expect(html).toContain(copy);
      expect(html).not.toContain(learned);
    }
  });

  it('lists known limits one by one', () => {
    const page = parsed(buildReport({ ...fullInput(), language }).reportHtml);
    const purpose = page.querySelector('#purpose')?.parentElement;
    const items = [...(purpose?.querySelectorAll('.paper-facts li') ?? [])];
    expect(items.map(({ textContent }) => textContent)).toEqual(['One clinic', 'One winter']);
  });
});

describe.each(LANGUAGES)('curves in %s', (language) => {
  it('stand beside the tables: all in the report, calibration in the card', () => {
    const built = buildReport({ ...fullInput(), language });
    const kinds = (document: Paper): string[] =>
      document.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart.kind] : [])),
      );
    expect(kinds(built.report)).toEqual(['calibration', 'roc', 'precision-recall']);
    expect(kinds(built.modelCard)).toEqual(['calibration']);
    expect(parsed(built.reportHtml).querySelectorAll('svg[role=img]').length).toBeGreaterThan(4);
  });

  it('are absent where the review kept none, and refused by name where withheld', () => {
    const { curves, ...review } = fullInput().review;
    const old = buildReport({ ...fullInput(), language, review });
    expect(JSON.stringify(old.report)).not.toContain('"chart"');
    const few = { ...review, curves: curves && { ...curves, roc: null } };
    const reasons = { ...review.reasons, 'curves.roc': 'withheld' as const };
    const withheld = buildReport({ ...fullInput(), language, review: { ...few, reasons } });
    expect(withheld.reportHtml).toContain(
      language === 'en' ? 'ROC curve: withheld.' : 'ROC 曲线：不显示。',
    );
  });
});

it('refuses input outside the contract', () => {
  expect(() => buildReport({ ...bareInput(), date: 'tomorrow' })).toThrow(ConcordError);
});

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

function rowsOf(document: Paper): string[][] {
  return document.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'table') return block.rows;
      return block.kind === 'dots' ? block.rows.map(({ name, text }) => [name, text]) : [];
    }),
  );
}
