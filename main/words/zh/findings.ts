import type { Compared } from '../../contract/review.ts';
import type { FindingWords } from '../en/findings.ts';

const often: Readonly<Record<Compared, string>> = {
  selection_rate: '被选中的比例',
  tpr: '实际为阳性者被找出的比例',
  fpr: '实际为阴性者被错选的比例',
  ppv: '被选中者实际为阳性的比例',
};

/** 报告对人群差异的说明；数字以排好的文本传入。 */
export const findings: FindingWords = {
  title: '哪些差异值得重视',
  margins: (points, ratio) =>
    `评审之前已经定下：一个组与参照组相差超过 ${points} 个百分点，或选中率不到参照组的 ${ratio} 倍（反之亦然），即视为值得重视。`,
  marginsReason: (reason) => `采用这一界限的理由：${reason}`,
  counts: (all, beyond, within, undecided, none) =>
    `共 ${all} 项比较：${beyond} 项超出界限，${within} 项在界限之内，${undecided} 项尚无定论，${none} 项无法估计。尚无定论和无法估计的，都不算通过。`,
  noComparisons: '没有可比较的内容：不存在两个组。',
  verdicts: { beyond: '超出界限', within: '在界限之内', undecided: '尚无定论' },
  noneEstimable: '无法估计',
  difference: (attribute, group, reference, rate, points, more, interval) =>
    `“${attribute}”：“${group}”组${often[rate]}比“${reference}”组${more ? '高' : '低'} ${points} 个百分点（${interval}）。`,
  ratio: (attribute, group, reference, ratio, interval) =>
    `“${attribute}”：“${group}”组的选中率是“${reference}”组的 ${ratio} 倍（${interval}）。`,
  more: (sentence, records, group) =>
    `${sentence}再有约 ${records} 条“${group}”组的记录，就能得出结论。`,
  notAlone: (sentence, group) => `${sentence}仅增加“${group}”组的记录得不出结论。`,
  notEstimable: (attribute, group, rate, reason) =>
    `“${attribute}”，“${group}”，${rate}：${reason}。`,
  others: (count) => `另有 ${count} 项，见全部比较的表。`,
  caption: '与参照组的全部比较',
  compared: '比较内容',
  reference: '参照组',
  value: '该组减参照组，或该组除以参照组',
  verdict: '结论',
  holm: 'p 值（Holm）',
  bh: 'p 值（Benjamini–Hochberg）',
  evidence: '是否存在差异',
  shown: '已证实',
  look: '值得留意',
  neither: '未证实',
  small: (p) => `小于 ${p}`,
  methods: (level, statements, tests) =>
    `此处的区间以 ${level} 的置信水平同时成立（Bonferroni，共 ${statements} 项陈述），因此比别处的更宽。p 值按同一族的 ${tests} 个检验校正：Holm 校正后小于 5% 为“已证实”，仅 Benjamini–Hochberg 校正后小于 5% 为“值得留意”。本报告不会给模型贴上“公平”或“不公平”的标签。`,
  gap: '最大差距',
  gapWith: (value, interval, chance) => `${value}（${interval}）；随机分组时 ${chance}`,
  gapLot: (middle, far) => `${middle}，最多 ${far}`,
  gapNote:
    '括号内是差距的区间。“随机分组时”指保持各组人数不变、抽签分组所出现的差距：先列出居中的值，再列出极端的值。不超过这一范围的差距，单凭偶然就会出现。',
  drawn: (draws, seed) =>
    `没有公式的区间由各组计数的 ${draws} 次抽样得出；抽样从种子 ${seed} 开始，可以重现。`,
  drawnPersons: (draws, persons, seed) =>
    `有几条记录属于同一个人：所有区间都由 ${draws} 次抽样得出，每次连同全部记录抽取 ${persons} 人（种子 ${seed}），p 值也以这些抽样为依据。`,
  uncertain: (mark, sure) => `${mark}：该数字依据的记录少于 ${sure} 条，不够确切。`,
  uncertainHead: (sure) => `已显示但不够确切：少于 ${sure} 条记录`,
  factPerson: '同一个人的记录所共有的列',
  factMargins: '评审前定下的界限',
  marginsFact: (points, ratio) => `${points} 个百分点；比值 ${ratio}`,
  appendix: {
    title: '附录：综合指数',
    text: '这些指数把许多数字各浓缩成一个，看不出哪些人处境更差。列在这里，供需要报送的人使用。',
    overall: '全部记录所得利益的不均等程度',
    entropy: '广义熵（α = 2）',
    theil: '泰尔指数',
    byAttribute: '按列',
    betweenEntropy: '其中组间部分：广义熵',
    betweenTheil: '其中组间部分：泰尔指数',
    differential: '差分公平性（最大对数比，经平滑）',
    averageOdds: '平均几率，最大减最小（不带符号）',
    calibration: '总体校准，最大减最小（不带符号）',
    odds: (attribute, reference) => `按“${attribute}”分组的平均几率，各组减去“${reference}”`,
    signed: '平均几率之差，带符号（百分点）',
    absolute: '平均几率之差的绝对值（百分点）',
    benefit: (favourable) =>
      `利益的基数为 1，判定有利则加 1，实际情况有利则减 1；有利的判定是“${favourable}”。`,
    sides: { positive: '阳性', negative: '阴性' },
    leftOut: (attribute, groups) => `“${attribute}”：计算时不含${groups}，因其记录太少。`,
  },
  numbers: {
    title: '预测的数值偏离多少',
    records: (n, label) =>
      `以下数字来自 ${n} 条记录。真实数值见“${label}”列，误差的单位与该列相同。`,
    mean: (mae) => `预测值平均偏离 ${mae}。`,
    bias: (amount, low) => `总体而言，预测值平均偏${low ? '低' : '高'} ${amount}。`,
    groups: (attribute, least, group, most, worst) =>
      `按“${attribute}”分组，各组平均偏离在 ${least}（${group}）与 ${most}（${worst}）之间。`,
    figures: {
      mae: '平均绝对误差',
      rmse: '均方根误差',
      mean_residual: '平均残差（真实值减预测值）',
    },
    all: '所评审的全部记录',
    byGroup: (attribute) => `按“${attribute}”分组的误差`,
    gaps: '各组之间最大值减最小值（不带符号）',
    methods:
      '区间取均值的正态区间（均方根误差取其平方的区间再开方）；差距的区间由各组均值的正态抽样得出。平均残差大于 0 表示预测值偏低。',
    noVerdicts: '没有为数值定下界限，因此不下结论：相差多少才值得重视，应由人来决定。',
  },
};
