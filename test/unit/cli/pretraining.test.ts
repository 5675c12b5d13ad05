import { afterAll, describe, expect, it } from 'vitest';
import { concord, scratchFolder } from '../../command-line.ts';
import { hasTensorFlow } from '../learning/sequence-models.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const rows = Array.from({ length: 40 }, (_, row) => row);
const NOTES = scratch.write(
  'notes.csv',
  `note,ward\n${rows.map((row) => (row % 2 === 0 ? 'a cough again,chest' : 'pain in the leg,bones')).join('\n')}\n`,
);
const PUBLIC = scratch.write('public.csv', 'remark\nthe leg is in pain\nagain a cough\n');
const PLAN = scratch.write(
  'plan.json',
  JSON.stringify({
    ...{ label: 'ward', text: 'note', privacy: null, epochs: 1 },
    model: { kind: 'bag', embedding: 2, tokens: 'words', pretrain: { on: 'public', epochs: 1 } },
  }),
);

describe.skipIf(!hasTensorFlow)('train --public-text', () => {
  const train = (...more: string[]) => concord(['train', NOTES, '--plan', PLAN, '--json', ...more]);

  it('pre-trains on a column of another file', async () => {
    const ran = await train('--public-text', PUBLIC, '--public-text-column', 'remark');
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.json<object>()).toMatchObject({ pretraining: { on: 'public', steps: 1 } });
  });

  it('says what is missing: the file, the column, the name of the column', async () => {
    const [none, unnamed, unknown] = await Promise.all([
      train(),
      train('--public-text', PUBLIC),
      train('--public-text', PUBLIC, '--public-text-column', 'note'),
    ]);
    expect(none.stderr + none.stdout).toContain('--public-text FILE');
    expect(unnamed.stderr + unnamed.stdout).toContain('public-text-column');
    expect(unknown.stderr + unknown.stdout).toContain('remark');
    for (const { status } of [none, unnamed, unknown]) expect(status).not.toBe(0);
  });
});
