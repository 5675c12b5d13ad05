import type { ErrorParams } from '../../contract/errors.ts';
import { show } from '../show.ts';

/** The file that a sentence is about, where it is known. */
function inFile(p: ErrorParams): string {
  return p['file'] === undefined ? '' : `${show(p['file'])}: `;
}

const FORMATS: Readonly<Record<string, string>> = {
  xls: 'an Excel file of before 2007 (xls). Open it in Excel or LibreOffice and save it as xlsx or CSV.',
  xlsb: 'a binary Excel workbook (xlsb). Open it in Excel and save it as xlsx or CSV.',
  ods: 'an OpenDocument spreadsheet. Open it in LibreOffice and save it as xlsx or CSV.',
  word: 'a document and not a table. Copy its table into a spreadsheet and save that as CSV.',
  archive: 'an archive. Unpack it and choose the file or the folder inside.',
  pdf: 'a PDF, whatever its name says. Ask for the table it was made from.',
  picture: 'a picture, whatever its name says. Choose the file that holds the records.',
  html: 'a web page. Open it in a spreadsheet and save it as xlsx or CSV.',
  xml: 'XML. Save the records as CSV, xlsx, Parquet, JSON or FHIR JSON.',
  database: 'a database. Export its table as CSV.',
  statistics: 'a file of a statistics program. Save it there as CSV.',
  'parquet-encrypted': 'an encrypted Parquet file. Write it again without encryption.',
  'parquet-codec':
    'a Parquet file packed in a way that is not known here. Write it again with snappy, gzip, zstd or no compression.',
};

const JSON_REASONS: Readonly<Record<string, string>> = {
  syntax: 'is not valid JSON. Mend it or ask for the file again.',
  end: 'is cut off by the end of the file. Ask for the whole file.',
  depth: 'is nested too deeply. Write it flatter.',
  'not-an-object': 'is not an object with named values. Write every record as one.',
};

const LIMITED: Readonly<Record<string, string>> = {
  rows: 'rows',
  columns: 'columns',
  cell: 'bytes in one cell',
  record: 'bytes in one row',
  unpacked: 'bytes when unpacked',
  ratio: 'times its own size when unpacked',
  files: 'files',
  texts: 'bytes of texts',
  cells: 'cells in one part of the file',
};

function place(p: ErrorParams): string {
  if (p['row'] === undefined) return '';
  return p['column'] === undefined
    ? ` (row ${show(p['row'])})`
    : ` (row ${show(p['row'])}, column ${show(p['column'])})`;
}

/** What can be wrong with a file of records, where, and what to do. */
export const fileErrors = {
  FILE_NOT_FOUND: (p: ErrorParams) =>
    `There is no file ${show(p['file'])}. Check its name and folder.`,
  FILE_UNREADABLE: (p: ErrorParams) =>
    `The file ${show(p['file'])} cannot be read. Check that it is a file or a folder of files, that you may read it and that no other program holds it.`,
  FILE_EMPTY: (p: ErrorParams) =>
    `${inFile(p)}The file is empty. Choose a file with a header line and records.`,
  FILE_TOO_LARGE: (p: ErrorParams) =>
    `${inFile(p)}The file goes over the limit of ${show(p['limit'])} ${LIMITED[String(p['what'])] ?? 'bytes'}${place(p)}. Split it or remove what is not needed.`,
  FILE_NO_RECORDS: (p: ErrorParams) =>
    `${inFile(p)}The file has a header line but no records. Choose a file with records.`,
  FILE_INTERRUPTED: (p: ErrorParams) =>
    `${inFile(p)}The file stopped answering while it was read, and nothing was saved. Plug the drive in again, or copy the file to this computer, and start once more.`,
  FILE_FORMAT_UNSUPPORTED: (p: ErrorParams) =>
    `${inFile(p)}This is ${FORMATS[String(p['format'])] ?? 'no form of table that Concord reads. Save the records as CSV or xlsx.'}`,
  FILE_ENCRYPTED: (p: ErrorParams) =>
    `${inFile(p)}The workbook is protected with a password. Open it in Excel, save a copy without the password and choose that one; delete it when the records are in the vault.`,
  FILE_DAMAGED: (p: ErrorParams) =>
    `${inFile(p)}The file is damaged or not whole (${show(p['part'])}). Ask for it again, or open it in the program that made it and save it anew.`,
  FOLDER_EMPTY: (p: ErrorParams) =>
    `The folder ${show(p['file'])} holds no file that can be read as records. Choose another folder or a file.`,
  DISK_FULL: (p: ErrorParams) =>
    `The disk of the vault has ${show(p['free'])} MB free; these records may need ${show(p['needed'])} MB. Free some space and start again.`,
  CELL_UNREADABLE: (p: ErrorParams) =>
    `${inFile(p)}Row ${show(p['row'])} has a character in column "${show(p['column'])}" that is no text (a NUL or half a character). Remove it and save the file again.`,
  JSON_INVALID: (p: ErrorParams) =>
    `${inFile(p)}Record ${show(p['row'])} ${JSON_REASONS[String(p['reason'])] ?? 'cannot be read. Mend it.'}`,
  SHEET_UNKNOWN: (p: ErrorParams) =>
    `${inFile(p)}The workbook has no sheet "${show(p['sheet'])}". Its sheets are: ${show(p['known'])}.`,
  SHEET_EMPTY: (p: ErrorParams) =>
    `${inFile(p)}The sheet "${show(p['sheet'])}" holds nothing. Choose another sheet or another file.`,
  FHIR_NO_PATIENT: (p: ErrorParams) =>
    `${inFile(p)}The FHIR resources name no ${show(p['wanted'])}, so there is no row to make. Choose the other kind of row or another file.`,
  APPEND_MISMATCH: (p: ErrorParams) =>
    `${inFile(p)}Its columns differ from those of ${show(p['first'])}. Missing: ${show(p['missing'])}. Not in the first: ${show(p['extra'])}. Make the columns the same or bring the files in one by one.`,
  JOIN_KEY_REPEATED: (p: ErrorParams) =>
    `${inFile(p)}The column "${show(p['column'])}" must name every row once to join on it; ${show(p['rows'])} rows repeat a value (first in row ${show(p['row'])}). Choose another column, or swap the two files.`,
  JOIN_NO_MATCH: (p: ErrorParams) =>
    `No row of one file matches a row of the other by "${show(p['column'])}". Check that both columns hold the same kind of number or name.`,
  CSV_RAGGED: (p: ErrorParams) =>
    `${inFile(p)}Row ${show(p['row'])} (the header not counted) has ${show(p['found'])} fields where the header has ${show(p['expected'])}. Mend that row, or check that one sign, such as the comma, separates all columns.`,
  CONLL_LINE: (p: ErrorParams) =>
    `${inFile(p)}Line ${show(p['row'])} has a token and no tag. A file in CoNLL form has a token and, after a space, its tag in every line, and an empty line between sentences. Mend that line.`,
  CSV_QUOTE_UNCLOSED: (p: ErrorParams) =>
    `${inFile(p)}A quotation mark opened in row ${show(p['row'])} is never closed. Mend that row, or read the file without quotation marks around cells.`,
  CSV_QUOTE_STRAY: (p: ErrorParams) =>
    `${inFile(p)}Row ${show(p['row'])} has text after the closing quotation mark of field ${show(p['column'])}. Double every quotation mark inside a quoted field, or read the file without quotation marks around cells.`,
  ENCODING_UNKNOWN: (p: ErrorParams) =>
    `${inFile(p)}The file is not a table of text that can be read (at byte ${show(p['offset'])} it is none of UTF-8, GB18030 and Windows-1252). In Excel, save the sheet as “CSV UTF-8” and choose that file.`,
  HEADER_DUPLICATE: (p: ErrorParams) =>
    `${inFile(p)}The column name "${show(p['column'])}" stands twice in the header. Give each column its own name.`,
} as const;
