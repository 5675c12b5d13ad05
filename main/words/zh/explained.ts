import type { ExplainedWords } from '../en/explained.ts';

/** 受保护的记录为什么是这样；数字以排好的文本传入。 */
export const explained: ExplainedWords = {
  title: '为什么是这样的结果',
  working: '正在找出原因，可以离开本页。',
  stop: '停止',
  start: '找出原因',
  goOn: '算完其余部分',
  unexplained: '无法逐组说明：有的条件针对全部记录，或者一部分记录的模糊化方式与其余记录不同。',
  left: (count) => `为什么舍去了 ${count} 条记录`,
  failed: {
    k: (count, k) => `${count} 条：彼此相同的记录不足 ${k} 条。`,
    l: (count, l, column) => `${count} 条：彼此相同的记录中，${column} 的不同取值不足 ${l} 种。`,
    spread: (count, column) => `${count} 条：彼此相同的记录中，${column} 的取值不够分散。`,
    t: (count, column) => `${count} 条：彼此相同的记录中，${column} 的取值与全部记录相差太大。`,
    other: (count, condition) => `${count} 条：未满足“${condition}”。`,
  },
  stay: (column, stay, rows) => `如果完全隐藏 ${column}，这 ${rows} 条中可以保留 ${stay} 条。`,
  stayNone: '完全隐藏其中任何一列，都不能多保留一条。',
  columns: '各列为什么模糊到这一级',
  over: (column, needed, allowed) =>
    `${column} 再精确一级，就要舍去 ${needed} 条记录，而最多允许舍去 ${allowed} 条。`,
  dearer: (column, needed, now) =>
    `${column} 可以再精确一级，但要舍去的记录会从 ${now} 条变为 ${needed} 条。Concord 比较后认为，这样总体上保留的更少。`,
  exact: (columns) => `保持原样的列：${columns}。`,
  price: '换一种选择的代价',
  priceText:
    '每一格都是该选择下能达到的最好结果：舍去多少条记录，以及会缩小本人范围的各列损失多少细节。被舍去的记录，其细节全部损失。',
  k: '彼此相同的记录至少',
  limit: (share) => `最多舍去 ${share}`,
  cell: (count, lost) => `舍去 ${count} 条，损失 ${lost} 的细节`,
  chosen: (cell) => `${cell}（当前选择）`,
  open: '尚未算出',
  impossible: '无法做到',
  certificate: {
    open: '制作保护证明',
    title: '保护证明',
    text: '它向他人说明对记录做了什么、如何测量、属于哪个文件。其中不含任何记录的内容。',
    reading: '正在编写保护证明',
    save: '另存为网页',
    savePdf: '另存为 PDF',
    printing: '正在排版，需要几秒钟。',
    file: (records, ending) => `${records} - 保护证明.${ending}`,
    saved: (file) => `已保存 ${file}。收到的人可以用 Concord 检查它有没有被改动过。`,
    savedPdf: (file) =>
      `已保存 ${file}。其中印有的指纹已记入日志。PDF 不能用 Concord 检查：如需由他人检查，请同时保存网页。`,
  },
  back: '返回结果',
  before: '改用上一份',
  restored: '现在使用的是上一份受保护的副本。另一份仍然保留，没有删除任何内容。',
  adjust: {
    title: '自行设定数值',
    text: '两项数值都由用途决定。只有规定或合同要求其他数值时才需要修改。',
    k: '彼此相同的记录至少有几条',
    limit: '最多可以舍去多少记录',
    byPurpose: '按用途的要求',
    close: (share) => `与全部记录的分布相差不超过 ${share}`,
    check: '要求',
    demands: (k, limit) => `彼此相同的记录至少 ${k} 条，最多舍去 ${limit}`,
  },
};
