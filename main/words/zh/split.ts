import type { split as enSplit } from '../en/split.ts';

/** 记录的划分方式：用于训练结果和报告。数字已按语言格式化。 */
export const split: typeof enSplit = {
  title: '记录是怎样划分的',
  how: '划分方式',
  unit: '基本单位',
  rows: '各部分的记录数',
  drawn: {
    row: (test) => `随机：${test} 的记录用于测试`,
    person: (test) => `随机：${test} 的人用于测试，包括其全部记录`,
  },
  stratified: {
    row: (test) => `对每个答案随机抽取同样的比例：${test} 用于测试`,
    person: (test) => `对每种答案组合的人随机抽取同样的比例：${test} 用于测试`,
  },
  dated: {
    row: (column, from) => `按日期：“${column}”早于 ${from} 的记录用于训练，其余用于测试`,
    person: (column, from) =>
      `按日期：第一条记录的“${column}”早于 ${from} 的人用于训练，其余用于测试`,
  },
  named: (column) => `按“${column}”列所写`,
  validation: (share) => `另有 ${share} 用于验证`,
  validationFrom: (from) => `从 ${from} 到此前的部分用于验证`,
  key: { study: '用研究的密钥抽取', seed: '用方案中给出的数字抽取' },
  eachRow: '每条记录',
  eachPerson: (column, most) => `每个人，用“${column}”列区分，训练时每人最多计入 ${most} 条记录`,
  inTrain: (count) => `训练：${count}`,
  inTrainPrivate: '训练：不公布，因为确切的数目会透露受隐私限度保护的人的信息',
  inValidation: (count) => `验证：${count}`,
  inTest: (count) => `测试：${count}`,
  inNeither: (count) => `不属于任何部分：${count}`,
  join: (parts) => parts.join('；'),
  validationColumn: '验证',
  testColumn: '测试',
  calibrated:
    '训练之后用验证记录校准了概率。因此验证记录上的数字会比真实水平好看；它们和测试记录一样不在任何隐私保证之内。测试记录没有参与。',
  toCalibrate: '验证部分不参与训练，训练之后用它校准概率；它和测试部分一样不在任何隐私保证之内。',
  calibratedNot:
    '本来要用验证记录校准概率，但没有改动：验证记录里只有两种答案中的一种，或者分数的方向是反的。',
  validationText:
    '验证部分同样不参与训练，并且和测试部分一样不在任何隐私保证之内。不用它做任何选择；它的数字与测试的数字并列给出。',
};
