/** Closed lists of how a file may be read; apart from the schemas, so that screens can use them. */
export const encodings = ['utf-8', 'gb18030', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
/** Forms of a file of records that can be read; told by its content first, its name second. */
export const fileFormats = ['delimited', 'excel', 'parquet', 'json', 'fhir', 'conll'] as const;
export type FileFormat = (typeof fileFormats)[number];
/** What one row of FHIR resources stands for. */
export const fhirRows = ['patient', 'encounter'] as const;
export type FhirRow = (typeof fhirRows)[number];

/** What stands around cells that hold delimiters or line ends; none: a mark is text as any other. */
export const quoteMarks = ['"', "'", 'none'] as const;

export const commentMarks = ['#', '%', ';', '!', '*', '/'] as const;

/** What fits into one request; a longer text is a file. */
export const PASTED_CHARACTERS = 900_000;
