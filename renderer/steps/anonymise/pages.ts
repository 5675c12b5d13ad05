import type { Draft } from '../../drafts.svelte.ts';
import type { Problem } from '../../problem.ts';
import type { Session } from '../../session.svelte.ts';
import type { Answers, Columns } from './answers.ts';

/** What every page of questions before the protection is given. */
export interface PageProps {
  session: Session;
  draft: Draft<Answers>;
  columns: Columns;
  /** The free text was looked through. */
  searched: boolean;
  problems: readonly Problem[];
  back: () => void;
  onward: () => void;
}
