import { z } from 'zod';
import { call } from './call.ts';
import { COMPARED, FIGURES } from './review.ts';

/** The fields that a study may be of; what each proposes stands in resources/presets. */
export const TEMPLATES = ['health', 'finance', 'transport', 'public-safety', 'education'] as const;
export const templateName = z.enum(TEMPLATES);
export type TemplateName = z.output<typeof templateName>;

/** Which error weighs more: a case that is missed, a case seen where there is none, or neither. */
export const HARMS = ['missed', 'false-alarm', 'both'] as const;
export const harm = z.enum(HARMS);
export type Harm = z.output<typeof harm>;

/** What a field proposes. Nothing of it holds before a person has taken it over. */
export const templateProposal = z.strictObject({
  name: templateName,
  epsilon: z.number().positive(),
  harm,
  /** Which figures to look at first, in that order. */
  figures: z.array(z.enum(FIGURES)).min(1),
  /** From which gap between groups on a figure asks for an explanation. */
  margin: z.strictObject({
    figure: z.enum(COMPARED),
    of: z.enum(['difference', 'ratio']),
    value: z.number().gt(0).lt(1),
  }),
});
export type TemplateProposal = z.output<typeof templateProposal>;

/** The field of a study with what it proposes, and which error a person said does more harm. */
export const studyField = z.strictObject({
  proposal: templateProposal.nullable(),
  harm: harm.nullable(),
});
export type StudyField = z.output<typeof studyField>;

const study = z.string().max(64);

export const studyTemplate = {
  /** What the field of a study proposes; null where none was chosen. */
  field: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({ study }),
    output: studyField,
  }),
  /** What each field would propose, for whoever chooses one. */
  fields: call({
    at: 'engine',
    who: ['steward', 'analyst', 'reviewer', 'operator', 'auditor'],
    input: z.strictObject({}),
    output: z.strictObject({ fields: z.array(templateProposal) }),
  }),
  setField: call({
    at: 'engine',
    who: ['steward', 'analyst'],
    input: z.strictObject({ study, template: templateName.nullable(), harm: harm.nullable() }),
    output: z.strictObject({}),
  }),
} as const;
