import type { PrivacyModel } from '../../contract/anonymise.ts';
import type { EntityType } from '../../contract/identify.ts';

/** A column of records on their way out, as a checklist looks at it. */
export interface ReleasedColumn {
  readonly name: string;
  readonly role: 'quasi-identifier' | 'sensitive' | 'insensitive' | 'redacted';
  /** What its values, as released, or its name say it holds. */
  readonly entities: readonly EntityType[];
  /** Fewer different values than in the records it was made from. */
  readonly coarser: boolean;
  /** Free text, which can hold anything. */
  readonly freeText: boolean;
  /** A date that tells more than the year. */
  readonly daysTold: boolean;
  /** Somebody's age above 89, not joined with all others above it. */
  readonly oldAgeTold: boolean;
}

/** What was released, and under which conditions. */
export interface Released {
  readonly columns: readonly ReleasedColumn[];
  readonly models: readonly PrivacyModel[];
  /** Fewest records that look the same; null where none is left. */
  readonly smallestClass: number | null;
  /** Findings in free text were replaced by stand-ins of the study's key. */
  readonly standIns: boolean;
}

/** Names of the released columns that hold any of these. */
export function holding(
  { columns }: Released,
  types: readonly EntityType[],
): readonly ReleasedColumn[] {
  return columns.filter(
    ({ role, entities }) => role !== 'redacted' && entities.some((type) => types.includes(type)),
  );
}

export const namesOf = (columns: readonly ReleasedColumn[]): string[] =>
  columns.map(({ name }) => name);
