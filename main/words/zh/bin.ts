import type { bin as english } from '../en/bin.ts';

/** 永久删除已移除的研究。 */
export const bin: typeof english = {
  erase: '永久删除',
  eraseLabel: (study) => `永久删除“${study}”`,
  eraseAll: (shown) => `永久删除全部 ${shown} 项`,
  title: (study) => `要永久删除“${study}”吗？`,
  titleAll: (shown) => `要永久删除这 ${shown} 项研究吗？`,
  lost: '会失去什么',
  holds: (shown) => `${shown.records} 份记录表、${shown.models} 个模型、${shown.reviews} 次评审`,
  lostText:
    '随记录一起删除的还有各列的角色、人工标注的标签、层级、已填写的内容和每一步的设置。研究的密钥会被丢弃，其内容在保险库中所占的位置会被覆写。',
  stays: '会保留什么',
  staysBudget: '这些记录已用去的隐私预算。即使重新添加同样的记录，用去的仍算用去。',
  staysJournal: '日志：这项研究里做过什么、研究的名称，以及它已被删除。',
  staysFiles:
    '保险库之外的文件：记录的来源文件，以及您保存过的一切。此前的备份里仍有这项研究。系统已弃置不用的磁盘区域，本程序触及不到。',
  warning: '此操作无法撤销。',
  button: '永久删除',
  keep: '不删除',
  keepAll: '都不删除',
  working: '正在覆写研究的内容，可能需要一些时间。',
  erased: (study) => `“${study}”已永久删除`,
  erasedAll: (shown) => `已永久删除 ${shown} 项研究`,
};
