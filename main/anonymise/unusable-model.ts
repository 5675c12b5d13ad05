import type { PrivacyModel } from '../contract/anonymise.ts';
import { ConcordError } from '../contract/errors.ts';

/** PRIVACY_MODEL_INVALID {model, reason, ...}; the reasons stand in words/en/errors.ts. */
export function unusable(
  model: PrivacyModel,
  reason: string,
  more: Readonly<Record<string, string | number>> = {},
): ConcordError {
  return new ConcordError('PRIVACY_MODEL_INVALID', { model: model.type, reason, ...more });
}
