import type { purpose as english } from '../en/purpose.ts';

/** 生成报告前询问的用途与局限。 */
export const purpose: typeof english = {
  title: '模型用来做什么，不能用来做什么？',
  text: '这里写的内容会原样出现在报告和模型卡里，不论文档用哪种语言。留空的项目在文档中标为“未说明”。不要写出记录中任何人的姓名。',
  labels: {
    question: '问题',
    purpose: '用途与预期使用方式',
    users: '谁可以使用',
    notFor: '不得用于',
    limits: '已知局限与注意事项',
    risks: '还可能出什么问题',
    watcher: '由谁观察、多久一次',
    watching: '另外还观察什么',
  },
  hints: {
    question: '这项研究想知道什么？',
    purpose: '模型在何时何地帮助作出什么决定，最终由谁决定。',
    users: '例如：接受过一小时培训的随访门诊护士。',
    notFor: '例如：拒绝治疗；18 岁以下的人。',
    limits: '每行写一条：记录里缺了哪些人、此后有什么变化、要留意什么。',
    risks: '每行写一条：做了该做的一切之后仍可能造成的伤害，以及由谁承受。',
    watcher: '例如：门诊的数据员，每月第一个星期一。',
    watching: '每行写一条，作为报告根据评审提出的内容的补充。',
  },
  watchTitle: '模型投入使用之后',
  watchText: '报告会根据评审提出观察什么、到什么数字就查明原因。必须写明由谁来做。',
  long: (field, most, found) => `“${field}”最多 ${most} 个字符；现在有 ${found} 个，改短一些`,
};
