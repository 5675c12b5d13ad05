import type { NameRule } from './rule.ts';

const sensitive = (rule: Omit<NameRule, 'role'>): NameRule => ({ ...rule, role: 'sensitive' });

/**
 * Names of columns on what law protects by itself, or what people keep to themselves: GDPR
 * article 10 (offences) and 9 (belief), PIPL article 28 (accounts of money among others).
 */
export const SENSITIVE_NAMES: readonly NameRule[] = [
  sensitive({
    id: 'offences',
    en: /\b(crim(e|es|inal)|convict\w*|offen[cs]es?|offender|arrest\w*|charge (degree|desc\w*|type)|felon\w*|fel|juv|misd\w*|priors?|recid\w*|jail|prison|custody|sentenced?|probation|parole|violent|violence|bail|verdict)\b/u,
    zh: /犯罪|前科|违法|判决|刑期|刑罚|案由|处分/u,
  }),
  sensitive({
    id: 'money',
    en: /\b(incomes?|salary|salaries|wages?|earnings|capital (gain|loss)|credits?|debts?|debtors?|loans?|mortgage|savings?|checking|balance|bal|assets?|property|wealth|net worth|instal+ments?|bankrupt\w*|benefits|welfare|poverty|expenses?|cost|costs|bill|pay|charges|fare|premium|(daily|hourly|monthly|weekly) rate|(free|reduced) lunch)\b/u,
    zh: /收入|工资|薪|存款|贷款|债|资产|财产|余额|低保|贫困|费用|金额|缴费|信用|资助|助学/u,
  }),
  sensitive({
    id: 'belief',
    type: 'NRP',
    en: /\b(religio\w*|faith|creed|politic\w*|party (affiliation|member\w*)|union member\w*|trade union|sexual\w*|lgbt\w*)\b/u,
    zh: /宗教|信仰|政治面貌|党派|党员|工会|性取向/u,
  }),
  sensitive({
    id: 'assessment',
    en: /\b(scores?|decile|ratings?|risk (level|category|class|group)|gpa|grades?|marks)$|\b(score|decile) \w+$/u,
    zh: /成绩|得分|评分|分数|总分|评级|评语|考核|排名|^(语文|数学|英语|物理|化学|生物|历史|地理)$/u,
  }),
];

/** How often or how many: not the thing itself. Tried after the above, before health. */
export const COUNT_NAMES: NameRule = {
  id: 'count',
  role: 'other',
  en: /^(num|number|no|n|count|total) (of )?\w|\b(count|counts)$/u,
  zh: /次数|数量|天数|个数/u,
};

/** 'has_phone', '是否留有电话': a statement about the thing, not the thing. */
export const STATEMENT_NAMES: NameRule = {
  id: 'statement',
  role: 'other',
  en: /^(has|have|had|is|are|was|any|with|without|owns?|knows?) |\b(flag|available|given|yes no|missing|known|verified|type|count)$/u,
  zh: /^(是否|有无|有没有)|(类型|类别|与否)$/u,
};
