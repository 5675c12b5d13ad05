import type * as en from '../en/problems.ts';

/** 文件中发现的问题：每项一句话。 */
export const problems = {
  SPACES_AROUND: (p) => `列“${p.column}”有 ${p.rows} 行的值前后带空格。`,
  MIXED_TYPES: (p) => `列“${p.column}”是数字或日期，但有 ${p.rows} 行不是。`,
  CONSTANT_COLUMN: (p) => `列“${p.column}”每一行的值都相同。`,
  EMPTY_COLUMN: (p) => `列“${p.column}”每一行都是空的。`,
  NEARLY_EMPTY_COLUMN: (p) => `列“${p.column}”几乎全空（${p.rows} 行为空）。`,
  DUPLICATE_ROWS: (p) => `有 ${p.rows} 行与前面的某一行完全相同。`,
  SIMILAR_CATEGORIES: (p) =>
    `列“${p.column}”的同一类别有多种写法（大小写、空格、全角），涉及 ${p.rows} 行。`,
  HEADER_NAME_MISSING: (p) => `表头中有一列没有名称，暂称为“${p.column}”。`,
  EMPTY_COLUMN_DROPPED: () => '表头末尾多一个分隔符，其后的空列已略去。',
  BLANK_LINES_SKIPPED: (p) => `跳过了 ${p.rows} 个空行。`,
  NUMBERS_AS_TEXT: (p) => `列“${p.column}”的数字带有逗号、单位或其他符号，涉及 ${p.rows} 行。`,
  NUMBER_FORM_UNCLEAR: (p) => `列“${p.column}”数字中的逗号或点有两种读法，涉及 ${p.rows} 行。`,
  DATES_AS_TEXT: (p) => `列“${p.column}”是年份在后或只有两位的日期，涉及 ${p.rows} 行。`,
  SHORT_YEARS_UNCLEAR: (p) =>
    `列“${p.column}”的日期只写了两位年份，可有几种读法，涉及 ${p.rows} 行。`,
  DATE_ZONE_UNCLEAR: (p) =>
    `列“${p.column}”是带时区的时间，涉及 ${p.rows} 行。请选择以同一时刻为准，还是以当地钟面时间为准。`,
  DATE_ORDER_UNCLEAR: (p) => `列“${p.column}”的日期分不清日和月的先后，涉及 ${p.rows} 行。`,
  IMPOSSIBLE_DATES: (p) => `列“${p.column}”有日历上不存在的日期，涉及 ${p.rows} 行。`,
  DAY_NUMBERS: (p) => `列“${p.column}”的名称像日期，其中是 Excel 的日期序号，涉及 ${p.rows} 行。`,
  MISSING_MARKS: (p) => `列“${p.column}”有可能表示“不详”的内容，涉及 ${p.rows} 行。`,
  SAME_MEANING: (p) => `列“${p.column}”用不同的词表示同一个意思，涉及 ${p.rows} 行。`,
  MISSPELLED: (p) => `列“${p.column}”有少数内容像是写错了，涉及 ${p.rows} 行。`,
  OUTLIERS: (p) => `列“${p.column}”有远远偏离其他值的值，涉及 ${p.rows} 行。`,
  MISSING_CELLS: (p) => `列“${p.column}”有 ${p.rows} 行没有值。`,
  LABEL_GIVEN_AWAY: (p) =>
    `仅凭列“${p.column}”就几乎能说出标签，涉及 ${p.rows} 行：它可能是事后才记下的。`,
  COMMENT_LINES_SKIPPED: (p) => `跳过了 ${p.rows} 个注释行。`,
  TITLE_ROWS_SKIPPED: (p) => `表头上方有 ${p.rows} 行被视为标题，已略去。`,
  FORMULA_ERRORS: (p) => `列“${p.column}”有 ${p.rows} 行是公式错误（如 #N/A），按缺失处理。`,
  FORMULA_UNCALCULATED: (p) =>
    `列“${p.column}”有 ${p.rows} 行的公式没有结果，按缺失处理。用 Excel 打开并保存工作簿即可算出。`,
  MERGED_CELLS_FILLED: (p) => `合并单元格的值已填入它所覆盖的每一行（${p.rows} 行）。`,
  FILES_APPENDED: (p) => `记录来自 ${p.rows} 个文件，依次相接。`,
  FILES_LEFT_OUT: (p) => `文件夹中有 ${p.rows} 个文件按名称不是记录，已略去。`,
  JOIN_UNMATCHED: (p) => `按“${p.column}”列，第一个文件有 ${p.rows} 行在另一个文件中没有对应的行。`,
  JOIN_UNUSED: (p) =>
    `按“${p.column}”列，另一个文件有 ${p.rows} 行在第一个文件中没有对应的行，已略去。`,
} satisfies (typeof en)['problems'];

/** 可以怎样处理。 */
export const proposals = {
  trim: '去掉空格',
  parse_number: '按数字读取，不是数字的作为缺失',
  drop_column: '略去该列',
  drop_duplicates: '相同的行只保留第一行',
  merge_categories: '合并为最常见的写法',
  name_column: '为该列命名',
  none: '无需处理',
  parse_date: '按日期读取',
  mark_missing: '视为缺失',
  clip: '限制在一个范围内',
  fill: '填补空单元格',
  choose: '选择读法',
} satisfies (typeof en)['proposals'];
