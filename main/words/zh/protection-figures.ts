import type { ProtectionFigures } from '../en/protection-figures.ts';

/** 报告与保护证明中关于保护结果的数字。传入的数字已按语言格式化。 */
export const protectionFigures: ProtectionFigures = {
  caution: '模糊化不等于匿名：这些数字只在对方仅知道经过模糊化的各列时成立。',
  atRiskProsecutor: (threshold) =>
    `已知某人在记录中时，被找出的可能性超过 ${threshold} 的记录所占比例（检察官模型）`,
  journalistHighest: '不知某人是否在记录中，最坏情形（记者模型）',
  journalistAverage: '不知某人是否在记录中，平均（记者模型）',
  atRiskJournalist: (threshold) =>
    `不知某人是否在记录中时，被找出的可能性超过 ${threshold} 的记录所占比例（记者模型）`,
  unique: '与其他记录都不相同的记录',
  uniquePeople: '总体中独一无二的人（估计值）',
  classes: '彼此相同的记录组数',
  averageClass: '每组平均记录数',
  bases: {
    sample: '没有给出总体的情况，因此把记者模型的风险取得与检察官模型一样高。',
    size: (people) => `记者模型的风险按总体人数 ${people} 人估计。`,
    table: (people) => `记者模型的风险是在 ${people} 人的总体表中数出来的。`,
  },
  estimators: {
    none: '没有独一无二的记录',
    pitman: 'Pitman 模型',
    zayatz: 'Zayatz 模型',
    snb: 'SNB 模型',
  },
  estimated: (models) =>
    `总体中独一无二的人数，按适合抽样比例的模型估计（Dankar 等，2012）：${models}。`,
  rounds: '各轮泛化',
  roundsText:
    '前一轮舍去的记录，在下一轮作为单独的一批记录再次泛化。每条记录处于保留它的那一轮的级别。',
  round: '轮次',
  roundRecords: '保留的记录数',
  roundScore: '该轮的度量',
  roundLevels: '级别',
  columnLevel: (column, level) => `${column}：${level}`,
  roundLimit: {
    fraction: (share) => `每一轮至少要保留全部记录的 ${share}。`,
    rounds: (count) => `第一轮之后最多还可以有 ${count} 轮。`,
  },
  parts: {
    strict: (count) => `记录被划分为 ${count} 个部分，各有自己的区间；取值相同的记录不分开。`,
    relaxed: (count) =>
      `记录被划分为 ${count} 个部分，各有自己的区间；取值相同的记录可能分在不同部分。`,
  },
  quality: {
    title: '保护的代价',
    change: '各列取值的变化',
    column: '列',
    shift: '分布的变化（0% 为没有变化，100% 为完全改变）',
    moved: '取值的移动，占取值范围的比例',
    none: '无',
    association: '列与列之间的关联（Cramér V：0 为无关，1 为完全相关），变化最大的在前',
    pair: (first, second) => `“${first}”与“${second}”`,
    meanChange: (change) => `所有列对的关联强度平均变化了 ${change}。`,
    accuracy: (label, rows, before, after, usual) =>
      `用 ${rows} 条记录训练并测试一个预测“${label}”的简单模型：处理前答对 ${before}，处理后答对 ${after}。一律给出较常见的答案可以答对 ${usual}。`,
    noAccuracy: '没有只含两种取值的列可供建立简单模型。',
    sampled: (rows) => `取值的变化和列间关联是在均匀抽取的 ${rows} 条记录上测得的。`,
  },
  attack: {
    title: '对所发布记录的攻击',
    linkage: (people, success, guess, certain) =>
      `取 ${people} 人（包括被舍去的人），假定攻击者知道他们经过模糊化的各列，为每人找出最接近的已发布记录：其中 ${success} 恰为本人的记录（盲目猜测为 ${guess}），而且 ${certain} 是唯一最接近的一条。`,
    singling: '哪些列会使单条记录突出',
    columns: '列',
    uniqueBefore: '处理前独一无二',
    uniqueAfter: '处理后独一无二',
    atMost: (share) => `至多 ${share}`,
  },
};
