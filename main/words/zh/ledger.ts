import type { LedgerWords } from '../en/ledger.ts';

/** 隐私预算已用多少的几种算法，界面与报告共用。 */
export const ledger: LedgerWords = {
  title: '已用的预算：三种算法',
  way: '算法',
  spent: '已用',
  meaning: '含义',
  budget: '总预算',
  budgetText: '对这些记录的所有工作合起来最多可以泄露的程度。',
  plain: '逐项相加',
  plainText: '把每项工作的代价直接相加：总是成立，但工作一多就高于实际泄露的程度。',
  filter: '合并计算',
  filterText:
    '所有工作合在一起计算，即使每一项都是看过之前的结果才选定的也成立。它从一个固定值开始，之后增长较慢；只有它与逐项相加都超出预算时，新的工作才会被拒绝。',
  planned: '假如一切事先计划好',
  plannedText:
    '同样的工作若在看到任何结果之前就全部计划好，会是这个代价。仅供比较，不据此作任何决定。',
  none: '没有数字',
  amount: (epsilon, delta) => `ε = ${epsilon}，δ = ${delta}`,
};
