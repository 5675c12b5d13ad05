import type { parts as english } from '../en/parts.ts';

/** 窗口部件自身的文字，与页面无关。 */
export const parts: typeof english = {
  optional: (label) => `${label}（选填）`,
  states: {
    'not-started': '尚未开始',
    'in-progress': '进行中',
    done: '已完成',
    attention: '需要处理',
    'cannot-start': '暂时不能开始',
  },
  change: '更改',
  changeLabel: (what) => `更改：${what}`,
  pages: (table) => `翻页：${table}`,
  rowsShown: (first, last, total) => `第 ${first} 至 ${last} 条，共 ${total} 条`,
  previous: '上一页',
  next: '下一页',
  announce: (percent) => `已完成 ${percent}`,
  leftSoon: '剩余不到一分钟',
  leftMinutes: (low, high) =>
    low === high ? `大约还需 ${low} 分钟` : `大约还需 ${low} 至 ${high} 分钟`,
  leftHours: (low, high) =>
    low === high ? `大约还需 ${low} 小时` : `大约还需 ${low} 至 ${high} 小时`,
  saved: (time) => `${time} 已保存`,
  gallery: '所有部件一览',
  undo: '撤销',
  close: '关闭',
};
