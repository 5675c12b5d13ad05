import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { leakTestResult, type LeakTestResult } from '../../main/contract/leak-test.ts';
import { ledgerReport, type LedgerReport } from '../../main/contract/vault.ts';
import { concord, scratchFolder } from '../command-line.ts';
import { describeWithShared, sharedPath } from '../shared.ts';

const PLANS = join(import.meta.dirname, '..', 'plans');
const scratch = scratchFolder();
afterAll(() => scratch.remove());

interface TrainAnswer {
  readonly privacy: { readonly epsilon: number; readonly delta: number; readonly phases: object[] };
  readonly ledger: { readonly spent: { readonly epsilon: number } } | null;
  readonly metrics: { readonly test: { readonly accuracy: number } };
}

async function answer<T>(args: readonly string[], env: Record<string, string> = {}): Promise<T> {
  const ran = await concord([...args, '--json'], { cwd: scratch.path('.'), env });
  expect(ran.status, ran.stderr).toBe(0);
  expect(ran.stdout.trim().split('\n')).toHaveLength(1);
  return ran.json<T>();
}

describeWithShared(
  'the command line on real records',
  ['tabular/adult/adult.csv', 'adult-arx'],
  () => {
    const adult = sharedPath('tabular/adult/adult.csv');

    it('trains, accounts, predicts, scores, reviews and reports', async () => {
      const trained = await answer<TrainAnswer>([
        'train',
        adult,
        ...['--plan', join(PLANS, 'adult-logistic.json')],
        ...['--model', 'm.json', '--predictions', 'p.csv'],
      ]);
      expect(trained.ledger).toBeNull();
      const { phases, delta, epsilon } = trained.privacy;
      const plan = scratch.write('epsilon.json', JSON.stringify({ phases, delta }));
      const accounted = await answer<{ epsilon: number }>(['epsilon', '--plan', plan]);
      expect(Math.abs(accounted.epsilon - epsilon)).toBeLessThan(1e-9);

      const scored = await answer<{ rows: number; abstained: number }>([
        'score',
        adult,
        ...['--model', 'm.json', '--out', 's.csv'],
      ]);
      expect(scored).toMatchObject({ rows: 48_842, abstained: 0 });

      const audited = await answer<LeakTestResult>([
        'audit',
        adult,
        ...['--model', 'm.json', '--plan', join(PLANS, 'adult-logistic.json')],
      ]);
      expect(leakTestResult.parse(audited)).toEqual(audited);
      expect(audited.canaries).toMatchObject({ epsilon, delta, count: 1000, guessed: 500 });
      // Above the promise in one of many billions of runs (test/unit/learning/canaries.test.ts).
      expect(audited.epsilon_lower_bound).toBeLessThan(epsilon);
      expect(audited.blocks).toBe(false);
      // At epsilon 1 an attack is a coin, give or take 0.003 (docs/audit.md).
      expect(Math.abs(audited.auc! - 0.5)).toBeLessThan(0.03);
      expect(audited.membership).toMatchObject({ members: 32_561, others: 16_281, references: 8 });

      const review = await concord(
        [
          'review',
          'p.csv',
          ...['--label', 'income', '--positive', '>50K', '--score', 'score'],
          ...['--groups', 'sex,race', '--cross', '--intervals', '0.95', '--json'],
        ],
        { cwd: scratch.path('.') },
      );
      expect(review.status, review.stderr).toBe(0);
      const { overall } = review.json<{ overall: { n: number; accuracy: number } }>();
      expect(overall.n).toBe(16_281);
      expect(overall.accuracy).toBeCloseTo(trained.metrics.test.accuracy, 12);
    }, 120_000);

    it('keeps a ledger with a vault, and refuses to overdraw it', async () => {
      const secret = scratch.write('passphrase', 'a passphrase for the ledger test\n');
      const env = { CONCORD_PASSPHRASE_FILE: secret };
      await answer(['vault', 'create', '--vault', 'v/a.vault'], env);
      const train = [
        'train',
        adult,
        ...['--plan', join(PLANS, 'adult-logistic.json'), '--vault', 'v/a.vault', '--study', 'S'],
      ];
      const first = await answer<TrainAnswer>(train, env);
      expect(first.ledger?.spent.epsilon).toBeCloseTo(first.privacy.epsilon, 9);
      const shown = await answer<LedgerReport>(
        ['vault', 'ledger', '--study', 'S', '--vault', 'v/a.vault'],
        env,
      );
      expect(ledgerReport.parse(shown)).toEqual(shown);
      // At the whole delta of the budget, which is larger than that of the job.
      expect(shown.planned?.epsilon).toBeLessThan(shown.plain.epsilon);
      expect(shown.filter?.delta).toBe(1e-5);
      await answer(
        ['vault', 'budget', '--set', '1.5,2e-5', '--study', 'S', '--vault', 'v/a.vault'],
        env,
      );
      const refused = await concord([...train, '--json'], { cwd: scratch.path('.'), env });
      expect(refused.status).toBe(3);
      expect(refused.stdout).toBe('');
      expect(refused.stderr).toMatch(/^BUDGET_EXCEEDED: .*left are epsilon 0\.5/m);
      expect(refused.stderr).toContain('At this delta no run like this fits any more');
      // A smaller delta, which adding up still holds, and too large an epsilon.
      const given = JSON.parse(readFileSync(join(PLANS, 'adult-logistic.json'), 'utf8')) as object;
      const privacy = { epsilon: 2, delta: 1e-7 };
      const smaller = scratch.write('smaller.json', JSON.stringify({ ...given, privacy }));
      await answer(
        ['vault', 'budget', '--set', '1.5,2.01e-5', '--study', 'S', '--vault', 'v/a.vault'],
        env,
      );
      const asked = train.map((word) => (word.endsWith('adult-logistic.json') ? smaller : word));
      const second = await concord([...asked, '--json'], { cwd: scratch.path('.'), env });
      expect(second.status).toBe(3);
      expect(second.stderr).toContain('a run like this may ask for epsilon 0.5 at most');
      const ledger = await answer<{ entries: object[]; spent: { epsilon: number } }>(
        ['vault', 'ledger', '--study', 'S', '--vault', 'v/a.vault'],
        env,
      );
      expect(ledger.entries).toHaveLength(1);
      const verified = await answer<{ ok: boolean }>(
        ['vault', 'verify', '--vault', 'v/a.vault'],
        env,
      );
      expect(verified.ok).toBe(true);
    }, 120_000);

    it('anonymises the reference records with a plan whose hierarchies stand elsewhere', async () => {
      const hierarchy = (name: string) => ({
        hierarchy: sharedPath('adult-arx', `adult_hierarchy_${name}.csv`),
      });
      const quasi = ['sex', 'age', 'race', 'marital-status', 'education'];
      const rest = ['native-country', 'workclass', 'occupation', 'salary-class'];
      const plan = scratch.write(
        'protect.json',
        JSON.stringify({
          quasiIdentifiers: Object.fromEntries(quasi.map((name) => [name, hierarchy(name)])),
          insensitive: rest,
          models: [{ type: 'k-anonymity', k: 5 }],
          suppressionLimit: 0.02,
          metric: 'loss',
        }),
      );
      const done = await answer<{
        checked: boolean;
        suppressed: number;
        classes: { smallest: number };
      }>([
        'anonymise',
        sharedPath('adult-arx/adult.csv'),
        '--plan',
        plan,
        '--out',
        'protected.csv',
      ]);
      expect(done.checked).toBe(true);
      expect(done.classes.smallest).toBeGreaterThanOrEqual(5);
      const lines = readFileSync(scratch.path('protected.csv'), 'utf8').trim().split('\r\n');
      expect(lines).toHaveLength(30_162 - done.suppressed + 1);
    }, 120_000);
  },
);
