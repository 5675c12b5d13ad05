import type { JobWords } from '../en/job.ts';

/** 各种耗时工作的界面文字。传入的数字已按语言格式化。 */
export const job: JobWords = {
  titles: {
    import: '正在添加记录',
    repair: '正在修复记录',
    anonymise: '正在保护记录',
    train: '正在训练模型',
    review: '正在评审模型',
  },
  addingFile: (file) => `正在添加 ${file}`,
  about: {
    import: '正在读取文件，并把其中的记录复制到加密的保险库里。',
    repair: '正在逐项进行修复，修复前的记录保持不变。',
    anonymise: 'Concord 正在寻找满足所有要求、又最少模糊化的记录。',
    train: '模型正在一小步一小步地从记录中学习。',
    review: '正在用模型没有学过的记录衡量它。',
  },
  leaveTrain:
    '可以离开本页或锁定保险库，工作会继续。关闭窗口时会询问您：让它在后台继续，还是停止。停止后，以后可以从最近的检查点接着做。',
  leave:
    '可以离开本页或锁定保险库，工作会继续。关闭窗口时会询问您：让它在后台继续，还是停止。停止后就要重新开始。',
  progress: '进度',
  queued: '等待其他工作结束',
  starting: '正在准备',
  done: {
    bytes: (done, total) => `已读取 ${done}，共 ${total}`,
    rows: (done, total) => `已处理 ${done} 条记录，共 ${total} 条`,
    steps: (done, total) => `已完成 ${done} 步，共 ${total} 步`,
    nodes: (done, total) => `已查看 ${done} 种组合，最多 ${total} 种`,
    parts: (done, total) => `已完成 ${done} 部分，共 ${total} 部分`,
  },
  spent: '从账本中扣除',
  charged: '已支付',
  chargedValue: (done, total) => `${done} 步，共 ${total} 步`,
  curve: '训练进展',
  curvePrivate:
    '账本从一开始就计入全部代价。虚线表示：到目前为止已支付的步数单独要花费其中的多少。',
  pause: '暂停',
  resume: '继续',
  cancel: '取消',
  giveUp: '放弃这项工作',
  pausing: '到下一个检查点停下',
  cancelling: '正在停止',
  paused: '工作已在检查点暂停，随时可以继续，改天或关闭窗口之后也可以。',
  finished: '工作已完成。',
  failed: '工作出了问题，已经结束，没有保留任何结果。',
  cancelled: {
    import: '已取消添加，没有保留任何内容。',
    repair: '修复已取消，记录保持原样。',
    anonymise: '工作已取消，您的选择仍然保留。',
    train: '训练已取消。没有保留模型，您的选择仍然保留。',
    review: '评审已取消，没有保留任何内容。',
  },
  interrupted: {
    import: '工作在完成前中断，没有保留任何内容：请重新开始。',
    repair: '修复在完成前中断，记录保持原样。',
    anonymise: '工作在完成前中断，您的选择仍然保留：可以从这些选择重新开始。',
    train:
      '训练被中断：Concord 被关闭，或它的工作进程停止了。最近检查点之前的成果都已保留，继续时不会再从账本中扣除。',
    review: '评审在完成前中断，没有保留任何内容：请重新开始。',
  },
  staysTaken: '已从账本扣除的不会退回，因为记录已经用过。',
  again: {
    import: '重新选择文件',
    repair: '重新选择修复',
    anonymise: '返回核对页',
    train: '修改答案后重试',
    review: '重新选择分组',
  },
  againSample: '返回研究列表',
  toStudy: '返回研究',
};
