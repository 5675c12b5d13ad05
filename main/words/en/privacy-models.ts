import type { PrivacyModel } from '../../contract/anonymise.ts';

/** The conditions by their names in the literature. */
export const privacyModels: Readonly<Record<PrivacyModel['type'], string>> = {
  'k-anonymity': 'k-anonymity',
  'distinct-l-diversity': 'distinct l-diversity',
  'entropy-l-diversity': 'entropy l-diversity',
  'entropy-l-diversity-grassberger': 'entropy l-diversity (Grassberger)',
  'recursive-c-l-diversity': 'recursive (c,l)-diversity',
  't-closeness-equal': 't-closeness (equal distance)',
  't-closeness-ordered': 't-closeness (ordered distance)',
  't-closeness-hierarchical': 't-closeness (hierarchical distance)',
  'beta-likeness': 'β-likeness',
  'enhanced-beta-likeness': 'enhanced β-likeness',
  'delta-presence': 'δ-presence',
  'k-map': 'k-map',
  'average-risk': 'average risk',
  'records-at-risk': 'records at risk',
  'sample-uniqueness': 'unique records',
  'population-uniqueness': 'people unique in the population',
};
