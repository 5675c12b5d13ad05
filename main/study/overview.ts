import type { HomeStep, StepReason, StepView, StudyOverview } from '../contract/home.ts';
import type { JobKind } from '../contract/job.ts';
import type { StudyProgress } from '../contract/study.ts';
import type { ArtefactInfo, JobRecord, Vault } from '../vault/index.ts';
import { templateNameOf } from './templates.ts';
import { viewOfStudy } from './views.ts';

/** One step as the rules below see it. */
interface StepFacts {
  readonly step: HomeStep;
  /** What the step makes. */
  readonly makes: string;
  readonly jobs: readonly JobKind[];
  /** Without this there is nothing to begin with. */
  readonly needs: { readonly kind: string; readonly reason: StepReason } | null;
  /** What it has made counts for the newest of these only. */
  readonly of: { readonly kinds: readonly string[]; readonly reason: StepReason } | null;
}

/** Roles hold for records before and after repairs and labels; what is made of the values does not. */
const SOURCES = { kinds: ['source-records'], reason: 'newer-records' } as const;
const RECORDS = {
  kinds: ['source-records', 'repaired-records', 'labelled-records'],
  reason: 'newer-records',
} as const;

const STEPS_OF_A_STUDY: readonly StepFacts[] = [
  {
    step: 'import',
    makes: 'source-records',
    jobs: ['import', 'repair', 'label'],
    needs: null,
    of: null,
  },
  {
    step: 'identify',
    makes: 'findings',
    jobs: ['identify'],
    needs: { kind: 'source-records', reason: 'needs-records' },
    of: SOURCES,
  },
  {
    step: 'anonymise',
    makes: 'protected-records',
    jobs: ['anonymise'],
    needs: { kind: 'findings', reason: 'needs-roles' },
    of: RECORDS,
  },
  {
    step: 'train',
    makes: 'model',
    jobs: ['train'],
    needs: { kind: 'source-records', reason: 'needs-records' },
    of: RECORDS,
  },
  {
    step: 'review',
    makes: 'review',
    jobs: ['review', 'mitigation'],
    needs: { kind: 'model', reason: 'needs-model' },
    of: { kinds: ['model'], reason: 'newer-model' },
  },
];

/** The state of a study's steps, in order, from what the vault holds. @throws STUDY_UNKNOWN */
export function studyOverview(vault: Vault, id: string): StudyOverview {
  const study = vault.studies.get(id);
  const artefacts = vault.artefacts.list(id);
  const jobs = vault.jobs.ofStudy(id);
  const typed = vault.drafts.typed(id);
  return {
    study: viewOfStudy(study),
    sample: vault.drafts.load(id, 'tour') !== null,
    template: templateNameOf(vault, id),
    steps: STEPS_OF_A_STUDY.map((facts): StepView => {
      const made = artefacts.filter(({ kind }) => kind === facts.makes);
      const current = currentOf(vault, facts, made, artefacts);
      const job = jobs.find(({ kind }) => facts.jobs.includes(kind as JobKind));
      const shown = current ?? made.at(-1);
      const about = { artefact: shown?.id ?? null, job: null, work: null };
      const working = job === undefined ? null : stateOfJob(vault, job, current);
      if (job !== undefined && working !== null) {
        const work = job.kind as JobKind;
        return { step: facts.step, ...working, ...about, job: job.id, work };
      }
      const draft = typed.get(facts.step);
      return { step: facts.step, ...stateOf(facts, { made, current, artefacts, draft }), ...about };
    }),
  };
}

/** The same in one line of a list. @throws STUDY_UNKNOWN */
export function studyProgress(vault: Vault, id: string): StudyProgress {
  const { steps } = studyOverview(vault, id);
  return {
    done: steps.filter(({ state }) => state === 'done').length,
    steps: steps.length,
    attention: steps.some(({ state }) => state === 'attention'),
  };
}

type State = Pick<StepView, 'state' | 'reason'>;

interface Found {
  readonly made: readonly ArtefactInfo[];
  readonly current: ArtefactInfo | undefined;
  readonly artefacts: readonly ArtefactInfo[];
  /** When a person last saved answers of this step. */
  readonly draft: string | undefined;
}

/** Where no work is under way: by what was made, what is missing, and what was begun to answer. */
function stateOf({ needs, of }: StepFacts, { made, current, artefacts, draft }: Found): State {
  if (needs !== null && !artefacts.some(({ kind }) => kind === needs.kind)) {
    return { state: 'cannot-start', reason: needs.reason };
  }
  if (draft !== undefined && draft > (made.at(-1)?.created ?? '')) {
    return { state: 'in-progress', reason: null };
  }
  if (current !== undefined) return { state: 'done', reason: null };
  if (made.length > 0 && of !== null) return { state: 'attention', reason: of.reason };
  return { state: 'not-started', reason: null };
}

/** Null where the newest work of a step ended well, or its failure no longer matters. */
function stateOfJob(
  vault: Vault,
  { id, state }: JobRecord,
  current: ArtefactInfo | undefined,
): State | null {
  switch (state) {
    case 'queued':
    case 'running':
      return { state: 'in-progress', reason: null };
    case 'paused':
      return { state: 'in-progress', reason: 'job-paused' };
    case 'failed':
      return current === undefined ? { state: 'attention', reason: 'job-failed' } : null;
    case 'interrupted': {
      const canGoOn = vault.checkpoints.request(id) !== null;
      return current === undefined || canGoOn
        ? { state: 'attention', reason: 'job-interrupted' }
        : null;
    }
    case 'done':
    case 'cancelled':
      return null;
  }
}

/** The newest thing made from the newest of what it is to be made from. */
function currentOf(
  vault: Vault,
  { of }: StepFacts,
  made: readonly ArtefactInfo[],
  artefacts: readonly ArtefactInfo[],
): ArtefactInfo | undefined {
  if (of === null) return made.at(-1);
  const basis = artefacts.findLast(({ kind }) => of.kinds.includes(kind));
  return made.findLast(({ id }) =>
    vault.artefacts.lineage(id).ancestors.some((ancestor) => ancestor.id === basis?.id),
  );
}
