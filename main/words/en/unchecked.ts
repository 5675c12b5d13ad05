/** What a report says that was not looked at. */
export const unchecked = {
  intro: 'These checks were not made for this report:',
  mitigation: 'ways to reduce the gaps (not tried)',
  leak: 'an attack on the model to see what it leaks',
  reasons: 'reasons behind single predictions and behind the model',
  multiple: 'a correction for the number of comparisons',
  clusters: 'whether several records belong to one person',
  drift: 'whether the records of today still resemble these',
  labels: 'whether the truth in the records is itself fair and right',
  crossed: 'crossed groups, such as age and sex together',
  groups: 'differences between groups of people',
  intervals: 'intervals: how sure the figures are',
  score: 'calibration of the scores',
  heldOut: 'figures on records the model had not learned from',
};
