import type { ErrorParams } from '../../contract/errors.ts';
import { show as join } from '../show.ts';
import type { fileErrors as english } from '../en/file-errors.ts';

const show = (value: ErrorParams[string] | undefined): string => join(value, '、');

/** 句子所说的文件（若已知）。 */
function inFile(p: ErrorParams): string {
  return p['file'] === undefined ? '' : `${show(p['file'])}：`;
}

const FORMATS: Readonly<Record<string, string>> = {
  xls: '这是 Excel 2007 以前的文件（xls）。用 Excel 或 WPS 打开，另存为 xlsx 或 CSV。',
  xlsb: '这是二进制 Excel 工作簿（xlsb）。用 Excel 打开，另存为 xlsx 或 CSV。',
  ods: '这是 OpenDocument 电子表格。用 LibreOffice 打开，另存为 xlsx 或 CSV。',
  word: '这是文档，不是表格。把其中的表格复制到电子表格中，再另存为 CSV。',
  archive: '这是压缩包。先解压，再选择里面的文件或文件夹。',
  pdf: '不论名称如何，这是一个 PDF。请索取它所依据的表格。',
  picture: '不论名称如何，这是一张图片。选择保存记录的文件。',
  html: '这是网页。用电子表格软件打开，另存为 xlsx 或 CSV。',
  xml: '这是 XML。把记录另存为 CSV、xlsx、Parquet、JSON 或 FHIR JSON。',
  database: '这是数据库文件。把其中的表导出为 CSV。',
  statistics: '这是统计软件的文件。在该软件中另存为 CSV。',
  'parquet-encrypted': '这是加密的 Parquet 文件。不加密重新写出。',
  'parquet-codec':
    '这个 Parquet 文件的压缩方式在这里不可用。用 snappy、gzip、zstd 或不压缩重新写出。',
};

const JSON_REASONS: Readonly<Record<string, string>> = {
  syntax: '不是有效的 JSON。修正它，或重新索取文件。',
  end: '在文件结尾处被截断。索取完整的文件。',
  depth: '嵌套过深。把它写得扁平一些。',
  'not-an-object': '不是带名称的对象。每条记录需写成一个对象。',
};

const LIMITED: Readonly<Record<string, string>> = {
  rows: '行',
  columns: '列',
  cell: '字节（一个单元格）',
  record: '字节（一行）',
  unpacked: '字节（解压后）',
  ratio: '倍（解压后与原大小之比）',
  files: '个文件',
  texts: '字节（文本）',
  cells: '个单元格（文件的一部分）',
};

function place(p: ErrorParams): string {
  if (p['row'] === undefined) return '';
  return p['column'] === undefined
    ? `（第 ${show(p['row'])} 行）`
    : `（第 ${show(p['row'])} 行第 ${show(p['column'])} 列）`;
}

/** 记录文件可能有什么问题、在哪里、怎么办。 */
export const fileErrors: typeof english = {
  FILE_NOT_FOUND: (p) => `找不到文件 ${show(p['file'])}，检查名称和所在文件夹。`,
  FILE_UNREADABLE: (p) =>
    `无法读取 ${show(p['file'])}。检查它是否是文件或存放文件的文件夹、是否有读取权限、是否被其他程序占用。`,
  FILE_EMPTY: (p) => `${inFile(p)}文件是空的。选择一个有表头和记录的文件。`,
  FILE_TOO_LARGE: (p) =>
    `${inFile(p)}文件超出限制：最多 ${show(p['limit'])} ${LIMITED[String(p['what'])] ?? '字节'}${place(p)}。把文件拆开，或去掉不需要的内容。`,
  FILE_NO_RECORDS: (p) => `${inFile(p)}文件只有表头，没有记录。选择一个有记录的文件。`,
  FILE_INTERRUPTED: (p) =>
    `${inFile(p)}读取途中文件不再响应，没有保存任何内容。重新插好存储设备，或先把文件复制到本机，然后再来一次。`,
  FILE_FORMAT_UNSUPPORTED: (p) =>
    `${inFile(p)}${FORMATS[String(p['format'])] ?? '内容不是可以读取的表格。把记录另存为 CSV 或 xlsx。'}`,
  FILE_ENCRYPTED: (p) =>
    `${inFile(p)}工作簿有密码保护。用 Excel 打开，另存一份不带密码的副本再选择它；记录进入保险库后删除该副本。`,
  FILE_DAMAGED: (p) =>
    `${inFile(p)}文件已损坏或不完整（${show(p['part'])}）。重新索取，或用生成它的软件打开后重新保存。`,
  FOLDER_EMPTY: (p) =>
    `文件夹 ${show(p['file'])} 中没有可以作为记录读取的文件。选择其他文件夹或文件。`,
  DISK_FULL: (p) =>
    `保险库所在磁盘剩余 ${show(p['free'])} MB，这些记录可能需要 ${show(p['needed'])} MB。腾出空间后再来一次。`,
  CELL_UNREADABLE: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 行“${show(p['column'])}”列有一个不是文字的字符（NUL 或半个字符）。去掉它后重新保存文件。`,
  JSON_INVALID: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 条记录${JSON_REASONS[String(p['reason'])] ?? '无法读取，修正它。'}`,
  SHEET_UNKNOWN: (p) =>
    `${inFile(p)}工作簿中没有名为“${show(p['sheet'])}”的工作表。可用的有：${show(p['known'])}。`,
  SHEET_EMPTY: (p) => `${inFile(p)}工作表“${show(p['sheet'])}”是空的。选择其他工作表或其他文件。`,
  FHIR_NO_PATIENT: (p) =>
    `${inFile(p)}这些 FHIR 资源中没有 ${show(p['wanted'])}，无法生成行。换一种行的含义，或选择其他文件。`,
  APPEND_MISMATCH: (p) =>
    `${inFile(p)}它的列与 ${show(p['first'])} 不同。缺少：${show(p['missing'])}；多出：${show(p['extra'])}。把各列统一，或逐个导入文件。`,
  JOIN_KEY_REPEATED: (p) =>
    `${inFile(p)}要按“${show(p['column'])}”列连接，它的值不能重复；有 ${show(p['rows'])} 行重复（首个在第 ${show(p['row'])} 行）。换一列，或交换两个文件。`,
  JOIN_NO_MATCH: (p) =>
    `按“${show(p['column'])}”列，两个文件没有任何行能对应。检查两列是否是同一种编号或名称。`,
  CSV_RAGGED: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 行（不含表头）有 ${show(p['found'])} 个字段，而表头有 ${show(p['expected'])} 个。修正这一行，或检查各列是否都用同一种符号（例如逗号）分隔。`,
  CONLL_LINE: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 行只有词元，没有标记。CoNLL 格式的文件每行是一个词元，空格后是它的标记，句子之间空一行。请修正这一行。`,
  CSV_QUOTE_UNCLOSED: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 行的引号没有闭合。修正这一行，或改为不把引号当作单元格边界来读取。`,
  CSV_QUOTE_STRAY: (p) =>
    `${inFile(p)}第 ${show(p['row'])} 行第 ${show(p['column'])} 个字段的右引号之后还有文字。引号内的每个引号需写成两个，或改为不把引号当作单元格边界来读取。`,
  ENCODING_UNKNOWN: (p) =>
    `${inFile(p)}文件不是可以读取的文本表格（第 ${show(p['offset'])} 字节处不是 UTF-8、GB18030 或 Windows-1252）。在 Excel 中把工作表另存为“CSV UTF-8”，再选择那个文件。`,
  HEADER_DUPLICATE: (p) =>
    `${inFile(p)}表头中列名“${show(p['column'])}”出现了两次，每列需有自己的名称。`,
};
