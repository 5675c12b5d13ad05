import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../main/contract/explanation.ts';
import type { JobView } from '../../../main/contract/job.ts';
import type { Paper } from '../../../main/contract/report.ts';
import { checklistCounts } from '../../../main/words/checklist-text.ts';
import { words } from '../../../main/words/index.ts';
import { CallError } from '../../../renderer/client.ts';
import App from '../../../renderer/App.svelte';
import type { Place } from '../../../renderer/place.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import {
  noAnswers,
  requestOf,
  type Answers,
  type ProtectPage,
} from '../../../renderer/steps/anonymise/answers.ts';
import {
  columnLines,
  leftOutLines,
  priceText,
} from '../../../renderer/steps/anonymise/explained-words.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';
import { EXPLAINED } from './explained.ts';

afterEach(cleanup);

const english = words('en');
const { explained: w, protect, checklists, screens, errors } = english;
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };
const RISK = {
  prosecutor: { highest: 0.2, average: 0.1 },
  journalist: { highest: 0.2, average: 0.1 },
  marketer: 0.1,
};
const CLASSES = { count: 10, smallest: 5, largest: 50, average: 20 };
const OUTCOME = {
  levels: { age: 1 },
  rows: 1000,
  suppressed: 30,
  quality: { measure: 'loss', value: 0.3 },
  classes: CLASSES,
  risk: RISK,
  before: { classes: CLASSES, risk: RISK },
  nodesChecked: 3,
  latticeNodes: 4,
  checked: true,
};
const PAPER: Paper = {
  language: 'en',
  title: 'Certificate of visits.csv',
  subtitle: '',
  contents: '',
  sections: [{ id: 'done', title: 'Done', blocks: [{ kind: 'sentences', sentences: ['So.'] }] }],
};

type Given = Parameters<typeof clientDouble>[0];

async function open(page: ProtectPage, answers: Given = {}): Promise<ClientDouble> {
  const double = clientDouble({
    'vault.status': () => ({ exists: true, unlocked: true, person: null }),
    'study.list': () => ({ studies: [] }),
    'study.artefacts': () => ({
      artefacts: [{ id: 'p', kind: 'protected-records', name: 'visits.csv' }],
    }),
    'anonymise.result': () => OUTCOME,
    'anonymise.compare': () => ({ columns: [], rows: [], kept: 970, suppressed: 30 }),
    'anonymise.before': () => ({ artefact: null }),
    'anonymise.explanation': () => ({ explanation: EXPLAINED }),
    'job.list': () => ({ jobs: [] }),
    ...answers,
  });
  const session = new Session(double.client, double.listen);
  render(App, { session });
  await screen.findByRole('heading', { level: 1, name: screens.studies.title });
  const place: Place = { at: 'protect', study: STUDY, page };
  session.go(place);
  return double;
}
const result = { show: 'result', artefact: 'p' } as const;
const press = async (name: string): Promise<unknown> =>
  fireEvent.click(await screen.findByRole('button', { name }));
const asks = ({ asked }: ClientDouble, name: string): unknown[] =>
  asked.filter(([one]) => one === name).map(([, input]) => input);

function job(state: JobView['state']): JobView {
  return {
    id: 'j',
    kind: 'explain',
    study: 's',
    state,
    progress: null,
    error: null,
    artefacts: [],
    created: STUDY.created,
    started: null,
    seconds_left: null,
    ended: null,
  };
}

describe('the reasons', () => {
  it('say which conditions failed, and what hiding a column would keep, most first', () => {
    const { why } = EXPLAINED;
    if (why === null) throw new Error('no reasons');
    expect(leftOutLines(why, english, 'en')).toEqual([
      w.failed.k('20', '5'),
      w.failed.l('12', '2', 'illness'),
      w.stay('education', '24', '30'),
      w.stay('district', '11', '30'),
    ]);
    const leftOut = { ...why.leftOut, models: [], columns: [{ name: 'age', stay: 0 }] };
    expect(leftOutLines({ ...why, leftOut }, english, 'en')).toEqual([w.stayNone]);
  });

  it('say what one step more would need, or that it would keep less', () => {
    expect(columnLines(EXPLAINED, english, 'en')).toEqual([
      w.over('district', '120', '50'),
      w.dearer('education', '45', '30'),
      w.exact('age'),
    ]);
  });

  it('stand on the page of the result with the table of other choices', async () => {
    const double = await open(result);
    await screen.findByText(w.stay('education', '24', '30'));
    screen.getByText(w.over('district', '120', '50'));
    screen.getByText(w.chosen(w.cell('30', '41%')));
    screen.getByText(w.cell('41', '25%'));
    screen.getByText(w.impossible);
    expect(asks(double, 'anonymise.explain')).toEqual([]);
  });

  it('are begun the first time without being asked, and read when they are there', async () => {
    let explanation: Explanation | null = null;
    const double = await open(result, {
      'anonymise.explanation': () => ({ explanation }),
      'anonymise.explain': () => ({ job: 'j' }),
    });
    await screen.findByText(w.working);
    explanation = EXPLAINED;
    double.say({ kind: 'job', job: job('done') });
    await screen.findByText(w.over('district', '120', '50'));
    expect(screen.queryByText(w.working)).toBeNull();
    expect(asks(double, 'anonymise.explain')).toHaveLength(1);
  });

  it('wait to be asked once they were stopped', async () => {
    const double = await open(result, {
      'anonymise.explanation': () => ({ explanation: null }),
      'job.list': () => ({ jobs: [job('cancelled')] }),
      'anonymise.explain': () => ({ job: 'j' }),
      'job.cancel': () => job('cancelled'),
    });
    await press(w.start);
    await press(w.stop);
    await waitFor(() => expect(asks(double, 'job.cancel')).toEqual([{ job: 'j' }]));
    double.say({ kind: 'job', job: job('cancelled') });
    await screen.findByRole('button', { name: w.start });
  });

  it('go on where some choices are not worked out yet', async () => {
    const [first, ...rest] = EXPLAINED.price;
    if (first === undefined) throw new Error('no choices');
    const price = [{ ...first, state: 'open' as const }, ...rest];
    const double = await open(result, {
      'anonymise.explanation': () => ({ explanation: { ...EXPLAINED, price } }),
      'anonymise.explain': () => ({ job: 'j' }),
    });
    await screen.findByText(w.open);
    expect(asks(double, 'anonymise.explain')).toEqual([]);
    await press(w.goOn);
    await screen.findByText(w.working);
    expect(priceText(price[0], EXPLAINED, english, 'en')).toBe(w.open);
  });
});

describe('the checklists', () => {
  it('show every answer with its reason, and none for a whole list', async () => {
    const list = {
      name: 'wp216' as const,
      items: [
        { item: 'singling-out', verdict: 'met' as const, reason: 'groups' as const, columns: [] },
        {
          item: 'inference',
          verdict: 'not-met' as const,
          reason: 'not-diverse' as const,
          columns: ['illness'],
        },
        { item: 'means', verdict: 'human' as const, reason: 'outside' as const, columns: [] },
      ],
    };
    await open(result, { 'anonymise.checklists': () => ({ checklists: [list], smallest: 5 }) });
    await press(checklists.open);
    await screen.findByText(checklists.reasons.groups('', '5'));
    screen.getByText(checklists.reasons['not-diverse']('illness'));
    screen.getByText(checklists.verdicts.human);
    screen.getByText(checklistCounts(list, checklists, { count: String }));
    await press(w.back);
    await screen.findByRole('heading', { level: 1, name: protect.result.title });
  });
});

describe('the certificate', () => {
  it('is shown and saved at the chosen place', async () => {
    const double = await open(result, {
      'anonymise.certificate': () => PAPER,
      'app.chooseSave': () => ({ ticket: 't', name: 'c.html' }),
      'anonymise.saveCertificate': () => ({ name: 'c.html', hash: 'f'.repeat(64) }),
    });
    await press(w.certificate.open);
    await screen.findByText('So.');
    await press(w.certificate.save);
    await screen.findByText(w.certificate.saved('c.html'));
    expect(asks(double, 'app.chooseSave')).toEqual([
      { purpose: 'report-html', suggestedName: w.certificate.file('visits', 'html') },
    ]);
    expect(asks(double, 'anonymise.saveCertificate')).toEqual([
      { study: 's', artefact: 'p', language: 'en', ticket: 't' },
    ]);
  });

  it('is printed at the chosen place, and says what went wrong', async () => {
    let failed = true;
    const double = await open(result, {
      'anonymise.certificate': () => PAPER,
      'app.chooseSave': () => ({ ticket: 't', name: 'c.pdf' }),
      'app.saveCertificatePdf': () => {
        if (failed) throw new CallError('PRINT_FAILED', {});
        return { name: 'c.pdf', hash: 'f'.repeat(64) };
      },
    });
    await press(w.certificate.open);
    await screen.findByText('So.');
    await press(w.certificate.savePdf);
    expect((await screen.findByRole('alert')).textContent).toContain(errors.PRINT_FAILED({}));
    failed = false;
    await press(w.certificate.savePdf);
    await screen.findByText(w.certificate.savedPdf('c.pdf'));
    expect(asks(double, 'app.chooseSave')).toContainEqual({
      purpose: 'report-pdf',
      suggestedName: w.certificate.file('visits', 'pdf'),
    });
    expect(asks(double, 'app.saveCertificatePdf').at(-1)).toEqual({
      ...{ study: 's', artefact: 'p', language: 'en', ticket: 't' },
    });
  });
});

describe('the protection before', () => {
  it('is offered where there is one, and shown when it is in use again', async () => {
    await open(result, {
      'anonymise.before': (input) => ({
        artefact: (input as { artefact: string }).artefact === 'p' ? 'q' : null,
      }),
      'anonymise.restore': () => ({ artefact: 'r' }),
    });
    await press(w.before);
    await screen.findByText(w.restored);
    await waitFor(() => expect(screen.queryByRole('button', { name: w.before })).toBeNull());
  });
});

describe('numbers of one’s own', () => {
  const columns = { removed: [], coarser: ['age'], sensitive: ['illness'], unchanged: [] };
  const planOf = (answers: Partial<Answers>) =>
    requestOf({ ...noAnswers(), purpose: 'partner', ...answers }, columns, [], {
      searched: false,
      language: 'en',
    })?.plan;

  it('take the place of the purpose’s', () => {
    expect(planOf({})).toMatchObject({
      models: [{ type: 'k-anonymity', k: 10 }],
      suppressionLimit: 0.02,
    });
    expect(planOf({ k: '3', limit: '0' })).toMatchObject({
      models: [{ type: 'k-anonymity', k: 3 }],
      suppressionLimit: 0,
    });
    expect(planOf({ k: '', limit: '' })?.suppressionLimit).toBe(0.02);
  });

  it('ask for closeness of a sensitive column', () => {
    expect(planOf({ demands: { illness: 't0.2' } })?.models).toEqual([
      { type: 'k-anonymity', k: 10 },
      { type: 't-closeness-equal', attribute: 'illness', t: 0.2 },
    ]);
  });
});
