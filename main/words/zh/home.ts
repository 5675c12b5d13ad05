import type { home as english } from '../en/home.ts';

/** 研究列表与单项研究的页面：步骤、回收、示例及其导览。 */
export const home: typeof english = {
  sample: '用示例记录试一试',
  sampleText: '示例是一家虚构诊所的 6,000 条记录。其中的人都不存在，可以放心尝试一切。',
  remove: '移除这项研究',
  removeText: '移除后，研究不再出现在列表里。其中的内容都不会销毁，随时可以恢复。',
  removed: (study) => `已移除“${study}”`,
  bin: (shown) => `已移除的研究：${shown} 项`,
  binWhen: '移除时间',
  restore: '恢复',
  restoreLabel: (study) => `恢复“${study}”`,
  restored: (study) => `“${study}”已回到列表`,
  action: '可做的操作',
  steps: '步骤',
  stepsText: '可以随时离开：已完成的内容会保留，耗时的工作会继续。',
  reasons: {
    'needs-records': '先导入记录',
    'needs-roles': '先找出个人信息',
    'needs-model': '先训练一个模型',
    'job-paused': '已暂停：可以从停下的地方继续',
    'job-failed': '上一次没有成功：打开这一步查看原因',
    'job-interrupted': '工作中断了：打开这一步继续',
    'newer-records': '有更新的记录：为它们重做这一步',
    'newer-model': '有更新的模型：也要评审它',
  },
  leave: {
    message: '还有工作正在进行',
    detail:
      '它可以在后台继续，保险库会锁定。如果停止，训练会保留到上一个检查点为止的成果，以后可以继续；其他工作要重新开始。',
    background: '在后台继续',
    stop: '停止并关闭',
    stay: '留在这里',
  },
  tour: {
    title: (place, total) => `简短导览：第 ${place} 条，共 ${total} 条`,
    notes: [
      '这些记录已经在加密的保险库里。打开“导入记录”，看看每一列的内容，以及有哪些异常。',
      '打开“找出个人信息”。姓名、电话和身份证号会被建议为直接标识，并说明理由。由你决定。',
      '打开“保护记录”。Concord 让人们成组地彼此相似，并显示攻击者在保护前后各能得知什么。',
      '打开“训练模型”。示例中公开已知的内容已经填好。一个滑块在更强的隐私与更准的模型之间选择。',
      '打开“评审模型”。示例故意对两个城区有偏差：看看评审能否发现。',
    ],
    next: '下一条',
    previous: '上一条',
    leave: '离开导览',
  },
};
