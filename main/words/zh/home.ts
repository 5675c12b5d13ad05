import type { home as english } from '../en/home.ts';

/** 研究列表与单项研究的页面：步骤、回收、示例及其导览。 */
export const home: typeof english = {
  sample: '用示例记录试一试',
  sampleText: '示例是一家虚构诊所的 6,000 条记录。其中的人都不存在，可以放心试用各项功能。',
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
  stepsText: '从上到下依次进行。可以随时离开：已完成的内容会保留，耗时的工作会继续。',
  stepHints: {
    import: '把文件复制到保险库，查看各列的内容',
    identify: '指出哪些列能直接指明本人，哪些列会缩小本人的范围',
    anonymise: '制作一份人与人彼此相像的副本，用于共享或训练',
    train: '让计算机从记录中学习回答一个“是或否”的问题',
    review: '查看模型有多准、对哪些人群准，并保存报告',
  },
  allDone: '所有步骤均已完成。可在“评审模型”中再次保存报告。',
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
    end: '结束导览',
    title: (place, total) => `简短导览：第 ${place} 条，共 ${total} 条`,
    notes: [
      '这些记录已经在加密的保险库里。打开“导入记录”，查看每一列的内容。',
      '打开“找出个人信息”。程序会建议把姓名、电话和身份证号标为“直接指明本人”，并说明依据。由您决定，然后保存角色。',
      '打开“保护记录”。Concord 会制作一份人与人彼此相像的副本，并显示保护前后某人有多容易被找出来。原有记录保持不变。',
      '打开“训练模型”。选择添加时的原始记录：各列的公开信息已经填好。拖动滑块，在隐私保护与模型准确度之间取舍。',
      '打开“评审模型”。示例有意对两个城区存在偏差，看看评审能否发现。最后可以保存报告。',
    ],
    next: '下一条',
    previous: '上一条',
    leave: '离开导览',
  },
};
