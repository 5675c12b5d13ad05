import type { z } from 'zod';
import { vault } from './access.ts';
import { app } from './app.ts';
import { arrangementCalls } from './arrangement.ts';
import type { Call } from './call.ts';
import { encoders } from './encoders.ts';
import { experimentCalls } from './experiment-calls.ts';
import { explain } from './explain-calls.ts';
import { draft, studyHome } from './home.ts';
import { job } from './jobs.ts';
import { leakCalls } from './leak-calls.ts';
import { label } from './label-calls.ts';
import { identify, protect } from './protect-calls.ts';
import { recordsCalls } from './records.ts';
import { repairCalls } from './repair-calls.ts';
import { reasons } from './reason-calls.ts';
import { mitigation } from './mitigation.ts';
import { people } from './people-calls.ts';
import { report, reviewColumns, reviewRelease } from './review-calls.ts';
import { textQuestions } from './model-text.ts';
import { anonymise, review, train } from './step-calls.ts';
import { signOff } from './sign-off.ts';
import { study } from './study.ts';
import { studyTemplate } from './template.ts';
import { identifyText } from './text-calls.ts';
import { trainQuestions } from './train-calls.ts';

/**
 * Everything that may be asked across the bridge. The types of the screens' client, the
 * validation on both sides and the test double all come from this one value.
 */
export const contract = {
  app,
  vault,
  people,
  study: { ...study, ...studyHome, ...studyTemplate },
  draft,
  import: { ...recordsCalls, ...repairCalls, ...arrangementCalls },
  label,
  identify: { ...identify, ...identifyText },
  anonymise: { ...anonymise, ...protect, ...explain },
  train: { ...train, ...trainQuestions, ...experimentCalls, ...textQuestions },
  mitigation,
  review: { ...review, ...reviewColumns, ...reviewRelease, ...leakCalls },
  reasons,
  report,
  signOff,
  encoders,
  job,
} as const;

export type Contract = typeof contract;
export type Group = keyof Contract;

type ClientCall<C> =
  C extends Call<infer Input, infer Output>
    ? (input: z.input<Input>) => Promise<z.output<Output>>
    : never;

/** The client that the screens use: client.vault.unlock({ passphrase }). */
export type Client = {
  readonly [G in Group]: { readonly [N in keyof Contract[G]]: ClientCall<Contract[G][N]> };
};

type CallName<G extends Group = Group> = G extends Group
  ? `${G}.${keyof Contract[G] & string}`
  : never;
/** 'vault.unlock', 'import.start', ... */
export type Name = CallName;

/** All declarations by their name, for routers and tests that walk the whole contract. */
export const CALLS: ReadonlyMap<string, Call> = new Map(
  Object.entries(contract).flatMap(([group, calls]) =>
    Object.entries(calls).map(([name, declaration]): [string, Call] => [
      `${group}.${name}`,
      declaration,
    ]),
  ),
);
