import type { unchecked as english } from '../en/unchecked.ts';

/** 报告中说明没有检查的事项。 */
export const unchecked: typeof english = {
  intro: '本报告没有做以下检查：',
  mitigation: '缩小差距的办法（没有尝试）',
  leak: '攻击模型，看它会泄露什么',
  reasons: '单个预测和整个模型背后的原因',
  multiple: '针对比较次数的校正',
  clusters: '是否有几条记录属于同一个人',
  drift: '今天的记录是否仍与这些记录相似',
  labels: '记录中的真实值本身是否公正、准确',
  crossed: '交叉分组，例如同时按年龄和性别',
  groups: '人群之间的差异',
  intervals: '区间，即这些数字有多可靠',
  score: '分数的校准',
  heldOut: '模型没有学习过的记录上的表现',
};
