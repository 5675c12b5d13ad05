import type { expected as enExpected, experiments as enExperiments } from '../en/experiments.ts';

/** 一项研究的全部训练，以及隐私保护预计的代价。传入的数字已按语言格式化。 */
export const experiments: typeof enExperiments = {
  title: '这项研究的全部训练',
  text: '每次训练都列出做了什么设定、得到什么结果、来自哪些记录。勾选两到四个模型，就可以并排比较。',
  reading: '正在读取各次训练',
  open: '比较模型、写备注',
  none: '这项研究还没有训练过模型。',
  table: '模型',
  tick: '比较',
  tickOne: (when) => `比较 ${when} 训练的模型`,
  trained: '训练时间',
  kind: '类型',
  epsilon: '隐私限度（epsilon）',
  noLimit: '无',
  accuracy: '每 100 例说对',
  person: '训练者',
  noteHead: '备注',
  sort: (column) => `按${column}排序`,
  sorted: (column, rising) =>
    `已按${column}排序，${rising ? '从小到大或从旧到新' : '从大到小或从新到旧'}`,
  compare: '比较勾选的模型',
  tooFew: '至少勾选两个模型才能比较',
  tooMany: '最多勾选四个模型进行比较',
  write: '写备注',
  writeLabel: (when) => `写备注：${when} 训练的模型`,
  rewrite: '修改备注',
  rewriteLabel: (when) => `修改备注：${when} 训练的模型`,
  noteBy: (person, when) => `${person}，${when}`,

  unfinishedTitle: '没有得到模型的训练',
  unfinishedText: '它们从账本中取走的预算不会退回。',
  began: '开始时间',
  state: '结果',
  paid: '从账本中取走',
  paidNone: '没有取走',
  states: {
    failed: '失败',
    cancelled: '已取消',
    interrupted: '中断',
    paused: '暂停',
  },

  compareTitle: '并排比较模型',
  compareText:
    '指标来自各模型自己的测试记录；已知范围时，括号里是有 95% 把握的范围。两个模型的范围大部分重叠时，差别可能只是偶然。',
  compareOtherTest: '这些模型预测的内容不同，或者测试用的记录不同：它们的指标不能互相比较。',
  compareTable: '有何不同、结果如何',
  aspect: '关于模型',
  predicts: '预测',
  answer: (column, yes) => `${column}：“${yes}”`,
  unit: '限度针对',
  units: { row: '每条记录', person: '每个人' },
  delta: '限度失效的频率（delta）',
  tested: '测试用的记录数',
  range: (value, low, high) => `${value}（${low} 到 ${high}）`,
  columns: '使用的列',
  columnsAll: '全部',
  columnsSame: (count) => `都是同样的 ${count} 列`,
  columnsAlso: (names) => `除共同的列外还有：${names}`,
  columnsNoMore: '只有共同的列',
  split: '记录怎样划分',
  settings: {
    epochs: '遍历记录的次数（epochs）',
    batch: '每步的记录数或人数（batch）',
    clip: '裁剪范数（clipping norm）',
    learningRate: '学习率（learning rate）',
  },
  usual: '照常',
  steps: '训练步数',
  lineage: '来自哪些记录',
  step: (what, name, person, when) => `${what}：${name}，${person}，${when}`,
  repairs: (shown) => `${shown} 项修复`,
  holds: (models) => `满足 ${models}`,
  noNote: '没有',
  toList: '返回全部训练',

  noteTitle: '给这个模型写备注',
  noteText: (when) =>
    `针对 ${when} 训练的模型。凡是能看这项研究的人都能读到。写训练的情况，不要写具体的个人。`,
  noteField: '备注',
  noteHint: '最多 2,000 个字符。留空则删除备注。',
  noteSave: '保存备注',
  noteTooLong: (over) => `把备注缩短 ${over} 个字符：最多 2,000 个`,
};

export const expected: typeof enExpected = {
  title: '模型会有多好？',
  runs: '这项研究中预测同样内容的旧模型',
  run: (epsilon, kind, right, low, high) =>
    `epsilon ${epsilon}，${kind}：测试中每 100 例说对 ${right} 例（有 95% 的把握在 ${low} 到 ${high} 之间）。`,
  runPlain: (kind, right, low, high) =>
    `无隐私保护，${kind}：测试中每 100 例说对 ${right} 例（有 95% 的把握在 ${low} 到 ${high} 之间）。`,
  rule: '经验法则，不是用这些记录测得的',
  loss: (least, most) =>
    `在这样的隐私限度和这么多记录下，公开记录上的模型比没有隐私保护时每 100 例少说对 ${least} 到 ${most} 例。`,
  lossNone: (most) =>
    `在这样的隐私限度和这么多记录下，公开记录上的模型比没有隐私保护时每 100 例最多少说对 ${most} 例，也可能一样多。`,
  source:
    '依据两套公开记录（人口普查和住院），每套训练八次。您的记录可能大不相同：只有训练之后的测试才说得准。',
  unknown: '对这种模型和这么少的记录，没有经验法则：只有训练之后的测试才说得准。',
};
