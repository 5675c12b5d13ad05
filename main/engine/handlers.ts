import type { JobView } from '../contract/job.ts';
import type { Contract } from '../contract/index.ts';
import { ConcordError } from '../contract/errors.ts';
import type { Context } from '../study/context.ts';
import { studyAnswers } from '../study/answers.ts';
import { paidFor } from '../study/payment.ts';
import { resumedTraining } from '../study/train.ts';
import type { AnswersOf } from './answers.ts';
import type { Handler } from './router.ts';
import type { Session } from './session.ts';

type EngineGroup = Exclude<keyof Contract, 'app'>;

/** The table of the router: every call of the contract that the engine answers. */
export function handlersOf(session: Session): ReadonlyMap<string, Handler> {
  const job: AnswersOf<'job', Context> = {
    list: () => ({ jobs: [...session.opened.jobs.list()] }),
    get: (input): JobView => session.opened.jobs.get(input.job),
    trace: (input) => {
      const { vault, jobs } = session.opened;
      return { points: [...jobs.trace(input.job)], paid: paidFor(vault, input.job) };
    },
    pause: (input): JobView => session.opened.jobs.pause(input.job),
    resume: (input): JobView => {
      const { vault, jobs } = session.opened;
      return jobs.resume(input.job, resumedTraining(vault, input.job));
    },
    keepBest: (input): JobView => session.opened.jobs.keepBest(input.job),
    cancel: (input): JobView => session.opened.jobs.cancel(input.job),
  };
  const groups: { readonly [G in EngineGroup]: AnswersOf<G, Context> } = {
    vault: session.answers,
    job,
    ...studyAnswers,
  };
  return new Map(
    Object.entries(groups).flatMap(([group, answers]) =>
      Object.entries(answers).map(([name, answer]): [string, Handler] => [
        `${group}.${name}`,
        (input, files) => (answer as LooseAnswer)(input, contextOf(session, files)),
      ]),
    ),
  );
}

/** The router has parsed the input by the schema from which the answer's type was inferred. */
type LooseAnswer = (input: unknown, given: Context) => unknown;

function contextOf(session: Session, files: Readonly<Record<string, string>>): Context {
  return {
    get vault() {
      return session.opened.vault;
    },
    get person() {
      return session.opened.vault.person;
    },
    file(ticket) {
      const path = Object.hasOwn(files, ticket) ? files[ticket] : undefined;
      if (path === undefined) throw new ConcordError('TICKET_INVALID');
      return path;
    },
    start: (work) => session.opened.jobs.start(work),
  };
}
