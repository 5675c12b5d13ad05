import type { Arranged } from '../main/contract/arranged.ts';
import type { Client } from '../main/contract/index.ts';
import type { Repair } from '../main/contract/repair.ts';
import type { TrainPage } from '../main/contract/train-draft.ts';
import type { Problem } from './problem.ts';
import type { ProtectPage } from './steps/anonymise/answers.ts';

type Answer<F extends (input: never) => Promise<unknown>> = Awaited<ReturnType<F>>;
export type StudyView = Answer<Client['study']['create']>;
export type ChosenFile = NonNullable<Answer<Client['app']['chooseFile']>>;
export type Preview = Answer<Client['import']['preview']>;
export type ListedStudy = Answer<Client['study']['list']>['studies'][number];
export type RemovedStudy = Answer<Client['study']['removed']>['studies'][number];
export type ArtefactView = Answer<Client['study']['artefacts']>['artefacts'][number];

type PreviewInput = Parameters<Client['import']['preview']>[0];
export type Reading = NonNullable<PreviewInput['reading']>;

/** Where records come from beside the chosen file, and how they are read. */
export interface ReadingWay {
  /** Pasted, instead of a file. */
  readonly text?: string;
  readonly reading?: Reading;
  readonly join?: NonNullable<PreviewInput['join']> & { readonly name: string };
}

/** Every page of the window, with what it needs to be shown. */
export type Place =
  | { readonly at: 'starting' }
  /** In development only, at #parts. */
  | { readonly at: 'parts' }
  | { readonly at: 'create-name'; readonly problems: readonly Problem[]; readonly person?: string }
  | { readonly at: 'create-passphrase'; readonly person: string }
  | { readonly at: 'unlock'; readonly problems: readonly Problem[] }
  | {
      readonly at: 'studies';
      /** Just put into the bin. */
      readonly removed?: StudyView;
      /** Just deleted for good. */
      readonly erased?: readonly StudyView[];
    }
  /** Whether what lies in the bin is deleted for good. */
  | { readonly at: 'erase'; readonly studies: readonly RemovedStudy[] }
  | { readonly at: 'create-study' }
  | { readonly at: 'idle-time' }
  /** Who may open the vault, and by which ways. */
  | { readonly at: 'people' }
  | { readonly at: 'own-passphrase' }
  | { readonly at: 'recovery-sheet' }
  | { readonly at: 'recover' }
  /** Ready-made readers of text on this computer. */
  | { readonly at: 'encoders' }
  | { readonly at: 'study'; readonly study: StudyView }
  /** Of which field a study is. */
  | { readonly at: 'field'; readonly study: StudyView }
  | { readonly at: 'records'; readonly study: StudyView }
  | { readonly at: 'choose-file'; readonly study: StudyView }
  | {
      readonly at: 'preview';
      readonly study: StudyView;
      readonly file: ChosenFile;
      readonly preview: Preview;
      readonly way?: ReadingWay;
    }
  | { readonly at: 'paste'; readonly study: StudyView }
  | {
      readonly at: 'join';
      readonly study: StudyView;
      readonly file: ChosenFile;
      readonly preview: Preview;
      readonly way: ReadingWay;
      /** The second file. */
      readonly other: ChosenFile;
    }
  | {
      readonly at: 'profile';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      /** Just added. */
      readonly fresh: boolean;
    }
  | {
      readonly at: 'try-repairs';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      readonly repairs: readonly Repair[];
      /** The repair was set up on this page, to which the way back leads. */
      readonly own?: OwnRepairPage;
    }
  | {
      readonly at: 'own-repair';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      readonly page: OwnRepairPage;
    }
  | {
      readonly at: 'repaired';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      /** Just repaired. */
      readonly fresh: boolean;
    }
  | {
      readonly at: 'label';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      readonly page: LabelPage;
    }
  | {
      readonly at: 'arrange';
      readonly study: StudyView;
      readonly name: string;
      readonly artefact: string;
      readonly page: Arranged;
      /** The page that leads here, and to which this one leads back. */
      readonly from: 'profile' | 'records';
    }
  | { readonly at: 'identify'; readonly study: StudyView }
  | { readonly at: 'texts'; readonly study: StudyView; readonly page: TextsPage }
  | { readonly at: 'protect'; readonly study: StudyView; readonly page: ProtectPage }
  | { readonly at: 'train'; readonly study: StudyView; readonly page?: TrainPage }
  | {
      readonly at: 'job';
      readonly study: StudyView;
      readonly job: string;
      readonly work: LongWork;
    }
  | { readonly at: 'train-result'; readonly study: StudyView; readonly artefact: string }
  /** What moves the answer of a model of text. */
  | { readonly at: 'attend'; readonly study: StudyView; readonly artefact: string }
  /** A model that gives each word a tag, tried on a text. */
  | { readonly at: 'find'; readonly study: StudyView; readonly artefact: string }
  | { readonly at: 'experiments'; readonly study: StudyView }
  | {
      readonly at: 'compare-models';
      readonly study: StudyView;
      readonly models: readonly string[];
    }
  | { readonly at: 'model-note'; readonly study: StudyView; readonly artefact: string }
  | {
      readonly at: 'review';
      readonly study: StudyView;
      /** The model under review. */
      readonly model: string;
      readonly page: ReviewPage;
    };

/** A repair set up by the person: of what, which one, and how. */
export type OwnRepairPage = 'what' | 'kind' | 'settings';

/** Work of any kind, with what leads on from its page. */
export type LongWork =
  | {
      readonly kind: 'import';
      /** Of the file; null where the page was left and opened again. */
      readonly name: string | null;
      /** The sample's records: the study and its tour come after them. */
      readonly sample: boolean;
    }
  | {
      readonly kind: 'repair';
      /** The records before; null where the page was left and opened again. */
      readonly before: { readonly name: string; readonly artefact: string } | null;
      /** A label is taken back: the records are as before it. */
      readonly label?: boolean;
    }
  | {
      readonly kind: 'label';
      /** The records before; null where the page was left and opened again. */
      readonly before: { readonly name: string; readonly artefact: string } | null;
    }
  /** The search through free text. */
  | { readonly kind: 'identify' }
  | {
      readonly kind: 'anonymise';
      /** The protected records whose search goes on. */
      readonly from?: string;
    }
  | { readonly kind: 'train' }
  /** With the model under review. */
  | { readonly kind: 'review'; readonly model: string }
  /** With the model whose reasons are looked for. */
  | { readonly kind: 'reasons'; readonly model: string }
  /** With the model that ways are tried with. */
  | { readonly kind: 'mitigation'; readonly model: string }
  /** With the model under attack. */
  | { readonly kind: 'leak-test'; readonly model: string }
  | { readonly kind: 'review-private'; readonly model: string };

/** Labels: how to begin, record by record, rules, what they would do, and what was made. */
export type LabelPage =
  | { readonly show: 'start' }
  | { readonly show: 'hand' }
  | { readonly show: 'rules' }
  | { readonly show: 'check'; readonly byRule: boolean }
  | {
      readonly show: 'made';
      /** Just made. */
      readonly fresh: boolean;
    };

/** The pages of the step Review, in their order. */
export type ReviewPage =
  | { readonly show: 'groups' }
  | { readonly show: 'result' }
  | { readonly show: 'reasons' }
  /** Those of one record. */
  | { readonly show: 'reason' }
  | { readonly show: 'threshold' }
  /** Ways against gaps between groups: which to try, and what came of it. */
  | { readonly show: 'mitigate' }
  | { readonly show: 'mitigated' }
  | { readonly show: 'leak' }
  | { readonly show: 'purpose' }
  /** A version of the report with noise is paid for and made. */
  | { readonly show: 'noise' }
  | { readonly show: 'report' }
  | { readonly show: 'sign' };

/** Free text: the columns with what was found, or one column to be read. */
export type TextsPage =
  | { readonly show: 'columns' }
  | { readonly show: 'read'; readonly findings: string; readonly column: string };
