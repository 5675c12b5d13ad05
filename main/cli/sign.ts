import { join } from 'node:path';
import { ConcordError } from '../contract/errors.ts';
import { REPORT_DOCUMENTS } from '../contract/review-calls.ts';
import { decideRequest, type Decision } from '../contract/sign-off.ts';
import { approvalOf, type ModelReference } from '../study/approval.ts';
import type { Work } from '../study/context.ts';
import { requireFree } from '../study/files.ts';
import { leakTestWork } from '../study/leak-work.ts';
import { saveDocument } from '../study/report-answers.ts';
import { reviewWork } from '../study/review.ts';
import { decide } from '../study/sign-off.ts';
import type { Vault } from '../vault/index.ts';
import { listed, required, type Arguments } from './arguments.ts';
import type { Command, CommandAnswer, Surroundings } from './command.ts';
import { callerPath } from './paths.ts';
import { errorOfJob, runJob } from './run-job.ts';
import { studyGiven, withVault } from './with-vault.ts';

interface Asked {
  readonly vault: Vault;
  readonly passphrase: string;
  readonly given: Arguments;
  readonly around: Surroundings;
  readonly model: ModelReference;
}

const ACTIONS: Readonly<Record<string, (asked: Asked) => CommandAnswer | Promise<CommandAnswer>>> =
  {
    status: ({ vault, model }) => stated(vault, model),
    review: (asked) => worked(asked, reviewWork(asked.vault, requestOf(asked))),
    test: (asked) => worked(asked, leakTestWork(asked.vault, requestOf(asked))),
    approve: (asked) => decided(asked, 'signed'),
    return: (asked) => decided(asked, 'returned'),
    async report({ vault, given, around, model }) {
      const folder = callerPath(required('sign report', given, 'out'));
      const files = REPORT_DOCUMENTS.map((what) => ({
        what,
        path: requireFree(join(folder, `${what}.html`), given.flags.has('force')),
      }));
      const { language } = around;
      for (const { what, path } of files)
        await saveDocument(vault, { ...model, what, language }, path);
      const [report, modelCard] = files.map(({ path }) => path);
      return { json: { report, modelCard, ...stateOf(vault, model) } };
    },
  };

/**
 * `sign status|review|test|approve|return|report --vault FILE --study NAME [--model ARTEFACT]
 * [--person WHO]`: where a model of the vault stands and what a reviewer decides on it. `review` and
 * `test`, the leak test, take `--groups A,B`; `approve --until YYYY-MM-DD [--condition TEXT ...]`;
 * `return --reason TEXT ...`; `report --out DIR`. Without `--model` it is the newest of the study.
 */
export const signCommand: Command = {
  form: {
    files: ['ACTION'],
    options: {
      ...{ vault: 'text', person: 'text', study: 'text', model: 'text', groups: 'text' },
      ...{ until: 'text', condition: 'texts', reason: 'texts', out: 'text' },
    },
  },
  run(given, around) {
    const [name = ''] = given.files;
    const command = `sign ${name}`;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      throw new ConcordError('COMMAND_UNKNOWN', { command, known: Object.keys(ACTIONS) });
    }
    return withVault(command, given, around, async (vault, passphrase) => {
      const study = studyGiven(command, vault, given);
      const artefact = given.text.get('model') ?? vault.artefacts.list(study, 'model').at(-1)?.id;
      if (artefact === undefined) throw new ConcordError('ARTEFACT_UNKNOWN');
      return action({ vault, passphrase, given, around, model: { study, artefact } });
    });
  },
};

const requestOf = ({ model, given }: Asked) => ({
  ...model,
  groups: listed(given.text.get('groups')),
});

async function worked({ vault, around, model }: Asked, work: Work): Promise<CommandAnswer> {
  const job = await runJob(vault, work, around);
  if (job.state !== 'done') throw errorOfJob(job);
  return stated(vault, model);
}

async function decided(
  { vault, passphrase, given, model }: Asked,
  decision: Decision,
): Promise<CommandAnswer> {
  const { review, leakTest } = approvalOf(vault, model);
  const request = decideRequest.safeParse({
    ...{ ...model, review: review ?? '', leakTest, decision, passphrase },
    conditions: given.lists.get('condition') ?? [],
    reasons: given.lists.get('reason') ?? [],
    expires: given.text.get('until') ?? null,
  });
  if (!request.success) {
    const [field = ''] = request.error.issues[0]?.path.map(String) ?? [];
    const option = OPTIONS[field] ?? '--until';
    throw new ConcordError('OPTION_INVALID', { option, expected: EXPECTED[option] ?? '' });
  }
  await decide(vault, request.data);
  return stated(vault, model);
}

const OPTIONS: Readonly<Record<string, string>> = {
  conditions: '--condition',
  reasons: '--reason',
};
const EXPECTED: Readonly<Record<string, string>> = {
  '--condition': 'up to 50, of 1 to 1000 characters',
  '--reason': 'up to 50, of 1 to 1000 characters',
  '--until': 'YYYY-MM-DD',
};

const stateOf = (vault: Vault, model: ModelReference): object => ({
  model: model.artefact,
  ...approvalOf(vault, model),
  head: vault.journal.head(),
});

const stated = (vault: Vault, model: ModelReference): CommandAnswer => ({
  json: stateOf(vault, model),
});
