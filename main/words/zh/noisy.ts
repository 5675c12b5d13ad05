import type { noisy as english } from '../en/noisy.ts';

export const noisy: typeof english = {
  legend: '使用哪种数字',
  withheld: '精确数字，不显示小计数',
  private: (epsilon) => `带噪声，epsilon 为 ${epsilon}`,
  make: '制作带噪声的版本',
  title: '带噪声的版本',
  text: '即使不显示小计数，精确数字仍会透露一点背后的人的信息。在这个版本中，有关各组的每个数字都来自加了随机噪声的计数，费用由这些记录的账本一次付清。适合会被很多人读到的报告。区间会变宽。',
  reading: '正在查看已知的分组',
  values: (column) => `“${column}”的值`,
  valuesHint: '每行一个。写出人人都知道这一列可能有的值：不会到记录中去查。其他的值合为一组。',
  price: '噪声的多少',
  left: (epsilon) => `这些记录的账本还剩 epsilon ${epsilon}。`,
  prices: ['噪声多', '噪声中等', '噪声少'],
  priceHint: (epsilon, certainty) =>
    `花费 epsilon ${epsilon}：原本认为某人在不在记录中各占一半可能的人，最多只能有 ${certainty} 的把握。`,
  unitRow: '保证针对每一条记录。',
  unitPerson: '保证针对每个人的全部记录，与训练时相同。',
  noValues: '至少写一个值',
  noPrice: '选择噪声的多少',
  start: '付费并制作',
};
