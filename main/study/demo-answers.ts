import { trainPlan } from '../contract/train.ts';
import type { ArrangementAnswers } from '../contract/arrangement-draft.ts';
import type { TrainAnswers, TrainFact } from '../contract/train-draft.ts';
import type { Language } from '../contract/language.ts';
import { demoOf } from './demo.ts';

/** The answers with which the questions about the sample's records begin. */
export function demoArrangement(language: Language): Partial<ArrangementAnswers> {
  const { label, labels = [], positive = '' } = trainPlan.parse(demoOf(language).training);
  return {
    label,
    yes: positive,
    no: labels.find((value) => value !== positive) ?? '',
    people: 'once',
  };
}

/**
 * The answers with which the training of the sample study begins: what the documentation of the
 * sample says of its columns. What is sensitive is left for the person to tick.
 */
export function demoAnswers(language: Language): Partial<TrainAnswers> {
  const { training, sensitive } = demoOf(language);
  const { features, bounds, categories } = trainPlan.parse(training);
  const facts: Record<string, TrainFact> = {};
  for (const [column, [low, high]] of Object.entries(bounds)) {
    facts[column] = { form: 'number', low: String(low), high: String(high), list: '' };
  }
  for (const [column, values] of Object.entries(categories)) {
    facts[column] = { form: 'list', low: '', high: '', list: values.join('\n') };
  }
  return {
    features: Array.isArray(features) ? features.filter((name) => !sensitive.includes(name)) : null,
    facts,
  };
}
