import type { RepairWords } from '../en/repairs.ts';
import { ownRepair } from './own-repair.ts';

/** 修复记录的界面文字。传入的数字已按语言格式化。 */
export const repairs: RepairWords = {
  own: ownRepair,
  choose: '勾选需要修复的地方。在您看过会有什么变化之前，什么都不会改动。',
  leave: '保持原样',
  see: '看看会有什么变化',
  nothingChosen: '至少勾选一项修复',
  finding: (finding, rows) => `${finding}：${rows} 条记录`,
  ofColumn: (column, what) => `${column}：${what}`,
  noOffer: '以下各项无需处理：',
  labelNote: (label) => `标签是“${label}”。单凭自身就能说出标签的列会列在这里。`,
  noLabelNote: '选定要预测什么之后，会泄露答案的列才会列在这里。',
  looksLike: (form) => `看起来是${form}`,
  readFrom: (form) => `读自${form}`,
  numbers: (decimal, thousands, unit) => {
    const separated = {
      none: '',
      comma: '、以逗号分隔千位',
      point: '、以点分隔千位',
      space: '、以空格分隔千位',
      apostrophe: '、以撇号分隔千位',
    }[thousands];
    const point = decimal === 'comma' ? '以逗号为小数点' : '以点为小数点';
    return `${point}${separated}${unit === null ? '' : `、单位为 ${unit} `}的数字`;
  },
  dates: {
    'year-first': '年份在前的日期',
    'day-first': '日在前的日期（05/03 是 3 月 5 日）',
    'month-first': '月在前的日期（05/03 是 5 月 3 日）',
    'day-first-from-1930':
      '日在前、两位年份属于 1930 至 2029 年的日期（05/03/24 是 2024 年 3 月 5 日）',
    'month-first-from-1930':
      '月在前、两位年份属于 1930 至 2029 年的日期（05/03/24 是 2024 年 5 月 3 日）',
    'year-first-from-1930':
      '年在前、两位年份属于 1930 至 2029 年的日期（05/03/24 是 2005 年 3 月 24 日）',
    'day-first-from-1969':
      '日在前、两位年份属于 1969 至 2068 年的日期（05/03/35 是 2035 年 3 月 5 日）',
    'month-first-from-1969':
      '月在前、两位年份属于 1969 至 2068 年的日期（05/03/35 是 2035 年 5 月 3 日）',
    'day-first-from-1900':
      '日在前、两位年份属于 1900 至 1999 年的日期（05/03/24 是 1924 年 3 月 5 日）',
    'month-first-from-1900':
      '月在前、两位年份属于 1900 至 1999 年的日期（05/03/24 是 1924 年 5 月 3 日）',
    'zone-to-utc': '同一时刻的协调世界时（09:30+08:00 即 01:30）',
    'zone-left-out': '当地钟面时间，去掉时区（09:30+08:00 即 09:30）',
    'excel-1900': 'Excel 的日期序号（从 1900 年起算）',
    'excel-1904': '旧版 Mac 上 Excel 的日期序号（从 1904 年起算）',
  },
  say: {
    trim: '去掉值前后的空格',
    marks: (marks) => `视为缺失：${marks}`,
    merge: (groups) => `合并：${groups}`,
    group: (from, into) => `${from} 改为 ${into}`,
    more: (count) => `等另外 ${count} 项`,
    read: (form) => `按${form}读取`,
    readElseMissing: (form) => `按${form}读取，读不出的视为缺失`,
    clipBelow: (lower) => `把低于 ${lower} 的值提高到 ${lower}`,
    clipAbove: (upper) => `把高于 ${upper} 的值降低到 ${upper}`,
    clipBoth: (lower, upper) => `把值限制在 ${lower} 到 ${upper} 之间`,
    toCategory: '把数字当作代码，而不是数量',
    dropColumn: '略去这一列',
    dropRows: '略去这一列为空的记录',
    dropDuplicates: '每条记录只保留一次',
    fill: (constant) => `用 ${constant} 填补空单元格`,
    median: '用中位数填补空单元格',
    mode: '用最常见的值填补空单元格',
    joiner: '、',
    groupJoiner: '；',
  },
  learned: '在训练模型时才学得，而且只从模型所学的记录中学。隐私模型要为此动用隐私预算。',
  kinds: {
    trim: '去掉了空格',
    'mark-missing': '标为缺失',
    merge: '已合并',
    'parse-number': '按数字读取',
    'parse-date': '按日期读取',
    clip: '限制在范围内',
    'to-category': '当作代码',
    'drop-column': '略去了列',
    'drop-rows': '略去了记录',
    'drop-duplicates': '略去了重复记录',
    fill: '已填补',
  },
  tryTitle: (one) => (one ? '这项修复会带来什么变化' : '这些修复会带来什么变化'),
  tryText: (name) => `${name} 会原样留在保险库里，修复后的记录另外保存，每一项修复都可以撤销。`,
  trying: '正在试做这些修复',
  sizes: (rowsBefore, rowsAfter, columnsBefore, columnsAfter) =>
    `记录：修复前 ${rowsBefore} 条，修复后 ${rowsAfter} 条。列：修复前 ${columnsBefore} 列，修复后 ${columnsAfter} 列。`,
  effect: (rows) => `${rows} 条记录有变化。`,
  effectMissing: (rows, missing) => `${rows} 条记录有变化，其中 ${missing} 条的值变为缺失。`,
  effectNone: '没有任何变化。',
  effectColumn: '修复后的记录里不再有这一列。',
  effectCodes: (rows) => `${rows} 个值的写法不变，但不再是数量。`,
  effectRows: (rows) => `略去 ${rows} 条记录。`,
  effectLater: (rows) => `到时会填补 ${rows} 个空单元格。`,
  examples: (what) => `最先的变化：${what}`,
  row: '记录',
  before: '修复前',
  after: '修复后',
  missing: '缺失',
  apply: (one) => (one ? '进行这项修复' : '进行这些修复'),
  madeTitle: '已做的修复',
  madeText: (name) => `由 ${name} 按以下顺序修复而来。保护和训练使用修复后的记录。`,
  madeNone: '已没有任何修复，记录与添加时相同。',
  done: '修复已完成',
  repair: '修复',
  what: '做了什么',
  undo: '撤销最后一项修复',
  look: '查看修复后的记录',
  made: (count) => `目前已做的修复：${count} 项`,
};
