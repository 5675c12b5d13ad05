import type { Words } from '../../../main/words/index.ts';
import type { ArtefactView, LongWork, Place, StudyView } from '../../place.ts';

/** Work that has a page of its own. */
type PagedKind = LongWork['kind'];
type WorkOf<K extends PagedKind> = Extract<LongWork, { kind: K }>;

/** Where the work of one kind leads. */
interface Way<K extends PagedKind> {
  /** Keeps checkpoints: it can pause, and go on after an interruption. */
  readonly pauses: boolean;
  /** Where it ends when all went well; null where what it was to make is not there. */
  readonly done: (study: StudyView, made: readonly ArtefactView[], work: WorkOf<K>) => Place | null;
  /** Where its questions are answered again. */
  readonly again: (study: StudyView, work: WorkOf<K>) => Place;
}

const WAYS: { readonly [K in PagedKind]: Way<K> } = {
  import: {
    pauses: false,
    done: (study, made, { name, sample }) => {
      const records = made.find(({ kind }) => kind === 'source-records');
      if (sample) return { at: 'study', study };
      if (name === null || records === undefined) return { at: 'records', study };
      return { at: 'profile', study, name, artefact: records.id, fresh: true };
    },
    again: (study, { sample }) => (sample ? { at: 'studies' } : { at: 'choose-file', study }),
  },
  repair: {
    pauses: false,
    done: (study, made, { label }) => {
      const records = made.find(({ kind }) => kind === 'repaired-records');
      if (records === undefined) return null;
      const { name } = records;
      if (label === true) {
        return { at: 'profile', study, name, artefact: records.id, fresh: false };
      }
      return { at: 'repaired', study, name, artefact: records.id, fresh: true };
    },
    again: (study, { before }) =>
      before === null
        ? { at: 'records', study }
        : { at: 'profile', study, ...before, fresh: false },
  },
  label: {
    pauses: false,
    done: (study, made) => {
      const records = made.find(({ kind }) => kind === 'labelled-records');
      if (records === undefined) return null;
      const { name } = records;
      const page = { show: 'made', fresh: true } as const;
      return { at: 'label', study, name, artefact: records.id, page };
    },
    again: (study, { before }) =>
      before === null
        ? { at: 'records', study }
        : { at: 'label', study, ...before, page: { show: 'start' } },
  },
  identify: {
    pauses: false,
    done: (study) => ({ at: 'texts', study, page: { show: 'columns' } }),
    again: (study) => ({ at: 'texts', study, page: { show: 'columns' } }),
  },
  anonymise: {
    pauses: false,
    done: (study, made, work) => {
      const records = made.find(({ kind }) => kind === 'protected-records');
      if (records === undefined) return null;
      const from = work.from === undefined ? {} : { from: work.from };
      return { at: 'protect', study, page: { show: 'result', artefact: records.id, ...from } };
    },
    again: (study, { from }) => ({
      at: 'protect',
      study,
      page:
        from === undefined
          ? { show: 'questions', check: true }
          : { show: 'result', artefact: from },
    }),
  },
  train: {
    pauses: true,
    done: (study, made) => {
      const model = made.find(({ kind }) => kind === 'model');
      return model === undefined ? null : { at: 'train-result', study, artefact: model.id };
    },
    again: (study) => ({ at: 'train', study, page: 'check' }),
  },
  review: {
    pauses: false,
    done: (study, _made, { model }) => ({ at: 'review', study, model, page: { show: 'result' } }),
    again: (study, { model }) => ({ at: 'review', study, model, page: { show: 'groups' } }),
  },
  reasons: {
    pauses: false,
    done: (study, _made, { model }) => ({ at: 'review', study, model, page: { show: 'reasons' } }),
    again: (study, { model }) => ({ at: 'review', study, model, page: { show: 'reasons' } }),
  },
  mitigation: {
    pauses: false,
    done: (study, _, { model }) => ({ at: 'review', study, model, page: { show: 'mitigated' } }),
    again: (study, { model }) => ({ at: 'review', study, model, page: { show: 'mitigate' } }),
  },
  'leak-test': {
    pauses: false,
    done: (study, _made, { model }) => ({ at: 'review', study, model, page: { show: 'leak' } }),
    again: (study, { model }) => ({ at: 'review', study, model, page: { show: 'leak' } }),
  },
  'review-private': {
    pauses: false,
    done: (study, _made, { model }) => ({ at: 'review', study, model, page: { show: 'report' } }),
    again: (study, { model }) => ({ at: 'review', study, model, page: { show: 'noise' } }),
  },
};

/** The way of this work's kind; its functions are only ever given work of that kind. */
export function wayOf(work: LongWork): Way<PagedKind> {
  return WAYS[work.kind] as Way<PagedKind>;
}

export function titleOf(work: LongWork, w: Words['job']): string {
  if (work.kind === 'import' && work.name !== null) return w.addingFile(work.name);
  return w.titles[work.kind];
}

export function againLabel(work: LongWork, w: Words['job']): string {
  if (work.kind === 'anonymise' && work.from !== undefined) return w.againProof;
  return work.kind === 'import' && work.sample ? w.againSample : w.again[work.kind];
}
