import type { Criterion, MitigationMethod } from '../../contract/mitigation.ts';
import type { mitigation as english } from '../en/mitigation.ts';

const methods: Readonly<Record<MitigationMethod, string>> = {
  reweighing: '训练前加权',
  constrained: '训练中限制差距',
  thresholds: '各组各用一个阈值',
  calibration: '各组分别校准',
};

const criteria: Readonly<Record<Criterion, string>> = {
  'demographic-parity': '选中率（人口统计均等）',
  'equalised-odds': '两类错误（均等化几率）',
  'equal-opportunity': '找到的比例（机会均等）',
};

const refusals: Readonly<Record<string, string>> = {
  MITIGATION_NEEDS_VALIDATION: '训练这个模型时没有留出验证部分，无法据以确定。',
  MITIGATION_TOO_FEW: '有该结果和没有该结果的记录都足够多的组不足两个。',
  BUDGET_EXCEEDED: '这些记录的隐私预算不够。',
  PLAN_INVALID: '这种模型不能这样做。',
  TARGET_UNAVAILABLE: '只有两种结果的模型才能这样做。',
  STATISTICS_TOO_NOISY: '各组太小，在这个预算下买不到它们的人数。',
  PUBLIC_FACTS_MISSING: '该模型的方案不购买任何统计量，因此不知道各组的人数。',
};

/** Gaps between groups, and what is tried against them. Numbers arrive as already formatted text. */
export const mitigation: typeof english = {
  methods,
  criteria,
  none: '原来的模型',
  refusals,
  refusedElse: '尝试因出错而结束。',

  section: '尝试过的缩小差距的办法',
  tried: (groups, count, tested) =>
    `为缩小“${groups}”各组之间的差距，尝试了 ${count} 种办法。所有模型都用没有参与拟合的 ${tested} 条记录来比较。无论以哪一类标准为目标，每个模型都列出两类标准：缩小一种差距，往往会扩大另一种。`,
  aim: (criterion, bound) => `目标：${criterion}，组间差距不超过 ${bound} 个百分点。`,
  line: (method, accuracy, change) =>
    `${method}：全部记录中判断正确的占 ${accuracy}（与原来的模型相比 ${change} 个百分点）。`,
  first: (accuracy) => `原来的模型：全部记录中判断正确的占 ${accuracy}。`,
  lineGap: (criterion, after, before) => `${criterion}：差距由 ${before} 变为 ${after}。`,
  between: '',
  boundLine: (bound) => `限度：${bound}`,
  firstGap: (criterion, value) => `${criterion}：差距 ${value}。`,
  kept: (method) => `${method}：在这些记录上差距同样没有超过限度。`,
  unkept: (method, gap) =>
    `${method}：在这些记录上差距为 ${gap}，超过了限度。限度是在模型拟合的记录上保持的，对其他记录不能保证。`,
  lottery: (chosen, best) =>
    `各组各用一个阈值：不靠抽签决定，在拟合的记录上还剩 ${chosen} 的差距；部分靠抽签决定的规则会剩 ${best}。`,
  tooFew: (method, groups) => `${method}：以下各组记录太少，沿用共同的做法：${groups}。`,
  refusedLine: (method, why) => `${method}：没有做成。${why}`,
  paid: (method, epsilon) => `${method}：从隐私预算中用去 ε ${epsilon}。`,
  reported: (method) => `本报告所述的模型是“${method}”。`,
  notDropping: (groups) =>
    `不让模型使用“${groups}”并不能缩小差距：其他列会代替它，而没有它，差距既看不见也无法缩小。`,
  needsGroup: '各组分别使用阈值或校准时，每次决定都必须知道当事人属于哪一组。请确认法律是否允许。',
  spread:
    '有隐私保护时，每次训练都是一次随机结果，小组在各次训练之间变化最大：重新训练的模型可能不同。从多次训练中挑选最好的一次，必须另外付出预算。',
  byGroup: '因组而异',
  byGroupValue: (column) =>
    `按“${column}”的值各有自己的阈值或校准，用不在隐私保证之内的验证记录确定`,
  chart: (criterion) => `${criterion}：组间差距`,
  table: '之前与之后',
  groupTable: (groups) => `“${groups}”各组`,
  model: '模型',
  group: '组',
  accuracy: '准确率',
  gap: '差距',
  selected: '选中',
  found: '找到（TPR）',
  falsely: '误选（FPR）',
  bias: '平均得分减去实际比例',

  open: '尝试缩小组间差距的办法',
  openResult: '尝试过的缩小差距的办法',
  title: '尝试缩小组间差距的办法',
  text: '每种办法各得到一个模型，现有的模型保持不变。然后用没有参与拟合的记录来比较所有模型。',
  reading: '正在查看有哪些办法可用',
  noColumns: '这些记录中没有可以用来分组的列，因此无法尝试。',
  groupsLegend: '哪些组之间？',
  groupsMissing: '请选择用来分组的列',
  methodsLegend: '哪些办法？',
  methodsMissing: '请至少选择一种办法',
  hints: {
    reweighing: '很少有该结果的组，其记录权重更大。模型以后不需要知道组别。',
    constrained: '训练多个模型，直到差距不超过限度。模型以后不需要知道组别。',
    thresholds: '模型不变，各组使用使比率相同的阈值。每次决定都必须知道组别。',
    calibration: '模型不变，在各组内使概率与实际相符。每次决定都必须知道组别。',
  },
  unavailable: (why) => `这里无法使用：${why}`,
  criterionLegend: '哪些比率应当相同？',
  criterionHint: '它们不可能全部同时相同。结果会列出每一种。',
  criterionMissing: '请选择什么应当相同',
  bound: '组间最大差距（百分点）',
  boundHint: '用于训练中限制差距，通常为 5。',
  boundWrong: '请填写 0 到 100 之间的百分点数，例如 5',
  costTitle: '代价',
  costPrivate: (count, epsilon, left) =>
    `所选办法中有 ${count} 种要重新训练，每种从这些记录的隐私预算中用去 ε ${epsilon}；还剩 ${left}。所需的信息（例如各组的人数）也在其中购买。`,
  costNone: '不从隐私预算中用去任何部分。',
  start: '开始尝试',

  resultTitle: '之前与之后',
  readingResult: '正在整理比较结果',
  useTitle: '使用哪个模型',
  useText: '所有模型都已保留。选择其中一个继续：它会像其他模型一样，按所有分组接受评审。',
  use: (method) => `使用模型“${method}”`,
  stay: '沿用原来的模型',
};
