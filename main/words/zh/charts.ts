import type { ChartWords } from '../en/charts.ts';

/** 图表里的所有文字。传入的数字已按语言格式化。 */
export const charts: ChartWords = {
  table: '以表格显示数字',
  range: (from, to) => `${from} 至 ${to}`,
  below: (from, to) => `${from} 至 ${to}（不含）`,
  noRecord: '没有记录',
  withheld: '不显示',
  none: '无',
  histogram: {
    bins: (n, from, to, most, count) =>
      `有值的记录：${n} 条，范围 ${from} 至 ${to}。最高的一条是 ${most}，有 ${count} 条记录。`,
    values: (n, most, count) => `有值的记录：${n} 条。最常见的是“${most}”，有 ${count} 条。`,
    empty: '没有一条记录在此有值。',
    value: '值',
    count: '记录数',
    others: (values) => `其他所有值（${values} 种）`,
  },
  dots: {
    spread: (high, highText, low, lowText) =>
      `最高：${high}，${highText}。最低：${low}，${lowText}。`,
    single: (name, text) => `${name}：${text}。`,
    hidden: (count) => `没有数字的行：${count}。`,
  },
  calibration: {
    summary: (count, score, observed) =>
      `分数与结果相差最大之处：平均分数为 ${score}，而实际为阳性的占 ${observed}${count === null ? '' : `（${count} 条记录）`}。`,
    empty: '没有一个区间有足够的记录可以显示。',
    reading: '在虚线上，分数与实际相符；点在虚线之下表示分数偏高，在虚线之上表示分数偏低。',
    hidden: (count) => `未显示的区间：${count}。`,
    score: '平均分数',
    observed: '实际阳性',
    bin: '分数',
    n: '记录数',
    interval: (level) => `${level} 置信区间`,
  },
  roc: {
    summary: (tpr, fpr) => `所评审的判定找出了实际阳性者的 ${tpr}，也选中了实际阴性者的 ${fpr}。`,
    auc: (auc) => `曲线下面积：${auc}（0.5 等于随机，1 为最好）。`,
    reading: '虚线表示随机猜测。圆环标出所评审的判定。',
    threshold: '阈值',
    fpr: '假阳性率',
    tpr: '真阳性率',
    nobody: '无人被选中',
    decisions: '所评审的判定',
    chosen: (threshold) => `${threshold}（所评审）`,
    chance: '随机',
    some: (shown, all) => `图中共 ${all} 个点，表中列出 ${shown} 个。`,
  },
  precision: {
    title: '各阈值下找出的比例与选对的比例',
    summary: (precision, recall) =>
      `所评审的判定选中的人中，${precision} 实际为阳性；实际阳性者中找出了 ${recall}。`,
    few: '所评审的判定选中的记录太少，图中未标出。',
    average: (average, base) => `平均精确率：${average}（随机选取为 ${base}，1 为最好）。`,
    reading: '虚线表示随机选取。圆环标出所评审的判定。选中记录太少的点不显示。',
    recall: '阳性者中被找出（召回率）',
    precision: '被选中者中阳性（精确率）',
    lot: '随机选取',
  },
  training: {
    steps: (done, of, time) => `已完成步数：${done}，共 ${of}，用时 ${time}。`,
    epsilon: (charged, of) => `已支付步数的 ε：${charged}；整个训练的 ε：${of}。`,
    noPrivacy: '训练没有采用差分隐私，不消耗 ε。',
    empty: '还没有完成任何一步。',
    time: '时间',
    stepsDone: '已完成步数',
    epsilonCharged: '已支付步数的 ε',
    duration: (hours, minutes, seconds) =>
      hours > 0
        ? `${hours} 小时 ${minutes} 分`
        : minutes > 0
          ? `${minutes} 分 ${seconds} 秒`
          : `${seconds} 秒`,
  },
};
