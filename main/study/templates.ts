import list from '../../resources/presets/templates.json' with { type: 'json' };
import { z } from 'zod';
import {
  harm,
  templateName,
  templateProposal,
  type Harm,
  type StudyField,
  type TemplateName,
  type TemplateProposal,
} from '../contract/template.ts';
import { columnRole, type ColumnFinding, type ColumnRole } from '../contract/identify.ts';
import { wordsOf } from '../identify/names/words.ts';
import type { Vault } from '../vault/index.ts';

const template = templateProposal.extend({
  roles: z.array(z.strictObject({ role: columnRole, words: z.string() })),
  groups: z.string(),
});
type Template = z.output<typeof template>;

/** Each field with what it proposes, in the order in which they are offered. */
const FIELDS: ReadonlyMap<TemplateName, Template> = new Map(
  z
    .array(template)
    .parse(list.templates)
    .map((each) => [each.name, each]),
);

/** How sure a word of the field alone makes: what the general rules find is worth more. */
const BY_FIELD = 0.5;

export function fieldProposals(): TemplateProposal[] {
  return [...FIELDS.values()].map(proposalOf);
}

/** The field of a study with what it proposes. @throws STUDY_UNKNOWN {study} */
export function fieldOf(vault: Vault, study: string): StudyField {
  const kept = vault.studies.field(study);
  const found = templateOf(vault, study);
  return {
    proposal: found === undefined ? null : proposalOf(found),
    harm: harm.nullable().catch(null).parse(kept.harm),
  };
}

/** @throws STUDY_UNKNOWN {study} */
export function setField(
  vault: Vault,
  {
    study,
    ...said
  }: { readonly study: string; readonly template: TemplateName | null; readonly harm: Harm | null },
): Record<string, never> {
  vault.studies.setField(study, said);
  return {};
}

/** The name of the field of a study; null where none was chosen. */
export function templateNameOf(vault: Vault, study: string): TemplateName | null {
  return templateOf(vault, study)?.name ?? null;
}

/**
 * The roles that a column's name suggests in the field of the study, where the general rules found
 * nothing that speaks for any role; each is told by its evidence.
 */
export function withFieldRoles(
  vault: Vault,
  study: string,
  columns: readonly ColumnFinding[],
): ColumnFinding[] {
  const found = templateOf(vault, study);
  return columns.map((column) => {
    if (column.evidence.length > 0) return column;
    const role = found === undefined ? undefined : roleIn(found, column.name);
    return role === undefined
      ? column
      : { ...column, role, confidence: BY_FIELD, evidence: ['field'] };
  });
}

/** Whether the field of the study proposes a column as one whose groups are set side by side. */
export function proposesGroup(vault: Vault, study: string): (name: string) => boolean {
  const found = templateOf(vault, study);
  return (name) => found !== undefined && hasWord(found.groups, name);
}

function templateOf(vault: Vault, study: string): Template | undefined {
  const name = templateName.safeParse(vault.studies.field(study).template);
  return name.success ? FIELDS.get(name.data) : undefined;
}

function roleIn({ roles }: Template, name: string): ColumnRole | undefined {
  return roles.find(({ words }) => hasWord(words, name))?.role;
}

/** Latin words match as whole words, Chinese ones anywhere in the name. */
function hasWord(words: string, name: string): boolean {
  const plain = wordsOf(name);
  return words
    .split('|')
    .some((word) =>
      /\p{Script=Han}/u.test(word) ? plain.includes(word) : ` ${plain} `.includes(` ${word} `),
    );
}

function proposalOf({ name, epsilon, harm: weighs, figures, margin }: Template): TemplateProposal {
  return { name, epsilon, harm: weighs, figures, margin };
}
