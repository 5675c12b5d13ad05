import type { Harm, TemplateName } from '../../contract/template.ts';

interface FieldWords {
  readonly name: string;
  readonly hint: string;
  /** What an error of each kind means there, as whole sentences. */
  readonly missed: string;
  readonly falseAlarm: string;
  /** Why the figures named first come first. */
  readonly first: string;
  readonly epsilon: string;
  readonly cautions: readonly string[];
}

/** The fields a study can be of, and what each proposes. Numbers arrive as already formatted text. */
export const templates = {
  title: 'Which field is this study about?',
  text: 'A field proposes which columns to look at, which error does more harm and how much privacy to ask for. Every proposal is shown as one and can be changed; without a field everything works as well.',
  reading: 'Reading the fields',
  join: (parts: readonly string[]) => parts.join(' '),
  none: 'None of these',
  noneHint: 'Nothing is proposed.',
  harmTitle: 'Which error does more harm?',
  harmText:
    'A model errs in two ways. What you say here stands in the report and beside the figures; it changes no figure and no model.',
  harmProposed: (field: string) => `Proposed for the field “${field}”.`,
  harms: {
    missed: 'A case that is missed',
    'false-alarm': 'A false alarm',
    both: 'Both the same',
  } as Readonly<Record<Harm, string>>,
  bothHint: 'Both kinds of error are to be read side by side.',
  field: (field: string) => `Field: ${field}`,
  noField: 'No field chosen',
  change: 'Change the field',
  choose: 'Choose a field',
  cautionsTitle: 'What to be careful about in this field',
  moreHarm: (harm: string) => `Said to do more harm: ${harm}`,
  firstFigures: (figures: string) => `Proposed: look first at ${figures}.`,
  difference: (figure: string, value: string) =>
    `Proposed: where two groups are more than ${value} of 100 apart in ${figure}, ask for the reason.`,
  ratio: (figure: string, value: string) =>
    `Proposed: where one group has less than ${value} of 100 of the other’s ${figure}, ask for the reason.`,
  epsilonProposed: (field: string, epsilon: string) =>
    `Proposed for the field “${field}”: epsilon ${epsilon}.`,
  epsilonUse: (epsilon: string) => `Use epsilon ${epsilon}, as proposed`,
  /** Of the report. */
  factField: 'Field',
  factHarm: 'Harm of errors',
  factCautions: 'Cautions of the field',
  harmUnsaid: 'it was not said which error does more harm',
  figures: {
    tpr: 'the share of true cases found (recall)',
    fpr: 'the share of false alarms among those without the case',
    ppv: 'how often a “yes” is right (precision)',
    selection_rate: 'the share of people who get a “yes”',
    calibration_in_the_large: 'whether the probabilities are right on average',
  } as Readonly<Record<string, string>>,
  fields: {
    health: {
      name: 'Health',
      hint: 'Patients, visits, tests, treatment, follow-up.',
      missed: 'A missed case: someone who needs care or a call is not found in time.',
      falseAlarm:
        'A false alarm: someone is called, tested or treated without need, and others wait longer.',
      first:
        'In care a case that is missed usually harms more than a needless call. So the share found comes first, then how often a “yes” is right, then whether the probabilities can be taken at their word.',
      epsilon: 'A value at which models of some thousand patients are often still useful.',
      cautions: [
        'Do not let the model order people for urgent care (triage) on its own: it knows only what was written down, and who was seldom seen has little written down.',
        'Costs and visits tell who got care, not who needed it. A model of costs can call poorer people healthier than they are.',
        'Leave out what is only known after the decision, such as the length of the stay or the final diagnosis.',
        'Where a person has several visits, let the person count as one, not the visit.',
      ],
    },
    finance: {
      name: 'Finance',
      hint: 'Loans, accounts, insurance, benefits, fraud.',
      missed: 'A missed case: a loan that fails, or a fraud, is not noticed beforehand.',
      falseAlarm:
        'A false alarm: someone who would have paid, or did nothing wrong, is refused or suspected.',
      first:
        'Who is refused without cause bears the harm alone and often never learns of it. So false alarms come first, then who gets a “yes” at all, then how often it is right.',
      epsilon: 'A value at which models of some thousand accounts are often still useful.',
      cautions: [
        'Only people who once got a loan show whether they pay. Those who were refused are missing from the records.',
        'Postcode, first name, employer and device can stand in for origin or sex.',
        'Who is refused has a right to the main reasons in many countries. Prefer a kind of model that can name them.',
        'The four-fifths line (a group with less than 80 of 100 of the other’s share of “yes”) is a rule of thumb for looking closer, not a proof of fairness.',
      ],
    },
    transport: {
      name: 'Transport',
      hint: 'Trips, drivers, vehicles, lines, road safety.',
      missed: 'A missed case: an unsafe vehicle, stretch or shift is not noticed.',
      falseAlarm:
        'A false alarm: a driver or vehicle is stopped, or a line is changed, without need.',
      first:
        'A danger that is missed can cost lives, a needless check costs time. So the share found comes first, then false alarms, then how often a “yes” is right.',
      epsilon:
        'A stronger value than usual: a few points of place and time single almost everyone out.',
      cautions: [
        'Let the traveller or driver count as one, not the trip: one person makes hundreds of trips.',
        'Make places and times coarse before records are shared. Start and end of a day’s trips are home and work.',
        'Records from cards and apps leave out who pays in cash or has no telephone.',
        'Fines tell where was checked, not only where rules were broken.',
      ],
    },
    'public-safety': {
      name: 'Public safety',
      hint: 'Calls, incidents, inspections, courts, rescue.',
      missed: 'A missed case: a danger to someone is not noticed in time.',
      falseAlarm: 'A false alarm: someone innocent is stopped, searched, watched or held.',
      first:
        'A false alarm falls on someone innocent, and on the same groups again and again. So false alarms come first, then how often a “yes” is right, then who gets a “yes” at all.',
      epsilon: 'A stronger value than usual: being in these records is a harm in itself.',
      cautions: [
        'Do not predict who will commit a crime, nor where to patrol, from arrests: they tell where was looked. A model sends more patrols there, and their arrests then confirm it.',
        'In several places the law forbids judging a person’s risk of crime by profile alone. Ask before you train.',
        'No arrest, search, detention or sentence may rest on the model. A person decides, gives reasons and can be asked.',
        'People who are arrested are not people who are guilty. Say in the question which of the two the label means.',
      ],
    },
    education: {
      name: 'Education',
      hint: 'Pupils, students, courses, support, admission.',
      missed: 'A missed case: someone who needs support is not seen.',
      falseAlarm:
        'A false alarm: someone is marked as weak without cause, and may be expected to fail from then on.',
      first:
        'Where support is offered, a pupil who is missed loses more. So the share found comes first, then who gets a “yes” at all, then how often it is right. Where places are given or refused, choose “A false alarm”.',
      epsilon: 'A value at which models of some thousand pupils are often still useful.',
      cautions: [
        'Most of these people are children. Use the answer to offer help, never to take a chance away.',
        'A forecast that teachers know of can make itself come true. Show it only to those who help.',
        'Marks come from teachers and schools that judge differently: compare schools as groups too.',
        'Income, language and absence of parents tell of the home, not of the pupil.',
      ],
    },
  } as Readonly<Record<TemplateName, FieldWords>>,
};
