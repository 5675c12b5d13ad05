import type { NameRule } from './rule.ts';

/** What a model is usually asked to predict; suggested only where the column has few values. */
export const OUTCOME_NAMES: readonly NameRule[] = [
  {
    id: 'outcome',
    role: 'label',
    en: /^(outcome|target|label|class|response|y|num|readmitted|survived|churn|default|diagnosis result)$|\b(outcome|readmi(t|tted|ssion)|two year recid)$/u,
    zh: /^(结局|标签|目标|转归)$|再入院|再住院/u,
  },
  {
    id: 'event',
    role: 'label',
    en: /\b(income|recid\w*|missed|no ?show|churn(ed)?|default(ed)?|survived|died|deceased|mortality|fraud|approved|passed|attrition|relapsed?|drop ?out|dropped out|hired|expire flag|decision)\b/u,
    zh: /违约|录取|升学|通过|复诊|失访|爽约|死亡|复发|治愈|流失|退学|合格|审批结果/u,
  },
];
