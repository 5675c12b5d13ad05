import type { SearchWords } from '../en/search.ts';

/** 付费的设置搜索，界面与报告共用。传入的数字已按语言格式化。 */
export const search: SearchWords = {
  title: '训练设置',
  asIs: '沿用现有设置（推荐）',
  asIsHint: '隐私额度全部用在一个模型上。常用设置适合大多数记录。',
  several: '多试几组，并为挑选付出代价',
  severalHint:
    '大约训练四个模型，保留在验证记录上表现最好的一个。挑选本身也会泄露信息，所以在同样的额度内，每个模型要多加噪声。用时大约是四倍。',
  noPretraining:
    '先从记录中学习用词的模型只能按现有设置训练：如果多试几组，每一次都是一次完整的训练，都要重新支付学习用词的代价。请选择“按现有设置”，或不学习用词。',
  noValidation: '多试几组需要验证记录：请先在“数据”一步中留出一部分。',
  tried: (trials, settings) =>
    `平均训练 ${trials} 个模型，设置从 ${settings} 组中随机抽取。究竟训练多少个由随机数决定，并且不公开。`,
  cost: (whole, alone) => `单独训练其中一个的代价是 ε = ${alone}，连同挑选一共是 ε = ${whole}。`,
  noPause: '搜索不能暂停。中途停止的话，已付的代价不会退回。',
  heading: '设置是怎样选出来的',
  chose: (trials, settings) =>
    `设置由付费的搜索选出：从 ${settings} 组设置中随机抽取，平均训练 ${trials} 个模型，保留在验证记录上最好的一个。隐私上限依赖于训练个数不公开，因此这里不说明实际训练了多少个。`,
  validation: '验证记录上的数字来自几个模型中最好的一个，会比真实水平好看。测试记录没有参与挑选。',
  chosen: '选中',
  usual: '常用设置',
  knobs: {
    learningRate: (value) => `学习率 ${value}`,
    clip: (value) => `裁剪范数 ${value}`,
    batch: (value) => `批量 ${value}`,
    epochs: (value) => `${value} 轮`,
    hidden: (value) => `隐藏层 ${value}`,
    cycles: (value) => `${value} 个循环`,
    growth: (value) => `预算增长 ${value}`,
  },
  report: {
    name: '设置的选择方式',
    value: (law, trials, settings) =>
      `付费的搜索：平均训练 ${trials} 次（${law}），设置从 ${settings} 组中抽取，保留在验证记录上最好的一次；训练次数不公开`,
    alone: '单独一次训练的 ε（已含在上面的总数中）',
    laws: { geometric: '几何分布', logarithmic: '对数分布', poisson: '泊松分布' },
    best: (law, trials) => `从不公开的若干次中选最好的，平均 ${trials} 次（${law}）`,
    each: (name) => `其中每一次：${name}`,
    either: (name, number) => `或第 ${number} 种：${name}`,
  },
};
