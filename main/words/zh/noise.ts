import type { noise as english } from '../en/noise.ts';

export const noise: typeof english = {
  title: '带噪声的数字',
  otherGroup: '（所有其他值）',
  text: (epsilon, certainty) =>
    `本文件中有关人群的每个数字都来自同一次差分隐私发布，epsilon 为 ${epsilon}。${certainty}`,
  certainty: (percent) =>
    `即使有人原本认为某个人在不在受评审的记录中各占一半可能，读过之后也最多只能有 ${percent} 的把握。`,
  cells: (cells, deviation) =>
    `受评审的记录被计入 ${cells} 个格子（各组彼此交叉，并与真实值和分数交叉），每个计数都加上了标准差为 ${deviation} 的随机噪声。因此计数并不精确，相加也未必吻合。`,
  intervals:
    '区间除了包含抽到哪些人的偶然性，也包含这种噪声。分数只精确到二十分之一。会被噪声淹没的数字不予显示。',
  rows: (count) => `这项保证针对每个人的全部记录，其中最多计入 ${count} 条。`,
  leftOut:
    '精确统计得出的内容不在这个版本中：记录如何划分和标注、如何匿名化，以及缓解措施、泄露测试和原因分析的结果。',
  limits:
    '这项保证针对训练好的模型。本文件中有关人群的数字另有自己的差分隐私保证（见“带噪声的数字”）。',
  plain:
    '模型训练时没有使用差分隐私。这里的保证只针对受评审的记录；模型从训练记录中学到的内容不在保证之内。',
};
