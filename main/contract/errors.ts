/**
 * Every error a person or a program can meet, in one closed table. `input`: the request or the
 * file is wrong (exit 2); `refused`: budget, role or sign-off says no (exit 3); `fault`: ours (1).
 * The sentences stand in words/en/errors.ts and words/zh/errors.ts.
 */
export const ERRORS = {
  // the request as such
  REQUEST_MALFORMED: 'input',
  COMMAND_UNKNOWN: 'input',
  OPTION_UNKNOWN: 'input',
  OPTION_MISSING: 'input',
  OPTION_INVALID: 'input',
  PLAN_UNREADABLE: 'input',
  PLAN_INVALID: 'input',
  OUTPUT_EXISTS: 'input',
  OUTPUT_UNWRITABLE: 'input',
  CANCELLED: 'input',
  // files and records
  FILE_NOT_FOUND: 'input',
  FILE_UNREADABLE: 'input',
  FILE_EMPTY: 'input',
  FILE_TOO_LARGE: 'input',
  FILE_NO_RECORDS: 'input',
  FILE_INTERRUPTED: 'input',
  FILE_FORMAT_UNSUPPORTED: 'input',
  FILE_ENCRYPTED: 'input',
  FILE_DAMAGED: 'input',
  FOLDER_EMPTY: 'input',
  DISK_FULL: 'input',
  CELL_UNREADABLE: 'input',
  JSON_INVALID: 'input',
  SHEET_UNKNOWN: 'input',
  SHEET_EMPTY: 'input',
  FHIR_NO_PATIENT: 'input',
  APPEND_MISMATCH: 'input',
  JOIN_KEY_REPEATED: 'input',
  JOIN_NO_MATCH: 'input',
  CSV_RAGGED: 'input',
  CONLL_LINE: 'input',
  CSV_QUOTE_UNCLOSED: 'input',
  CSV_QUOTE_STRAY: 'input',
  ENCODING_UNKNOWN: 'input',
  HEADER_DUPLICATE: 'input',
  COLUMN_UNKNOWN: 'input',
  COLUMN_NOT_NUMERIC: 'input',
  COLUMN_TYPE_MISMATCH: 'input',
  REPAIR_UNFIT: 'input',
  REPAIR_LEAVES_NOTHING: 'input',
  FILL_LEARNED_LATER: 'input',
  COLUMN_EXISTS: 'input',
  LABEL_RULE_UNFIT: 'input',
  LABELS_NONE: 'input',
  LABELLING_NOT_BEGUN: 'input',
  LABEL_VALUE_USED: 'input',
  // anonymisation
  ROLE_MISSING: 'input',
  ROLE_CONFLICT: 'input',
  HIERARCHY_UNREADABLE: 'input',
  HIERARCHY_LACKS_VALUE: 'input',
  HIERARCHY_INVALID: 'input',
  HIERARCHY_NOT_BUILT: 'input',
  LEVELS_INVALID: 'input',
  PRIVACY_MODEL_INVALID: 'input',
  PRIVACY_MODEL_UNMET: 'input',
  POPULATION_UNFIT: 'input',
  COLUMN_EMPTY: 'input',
  TEXT_NONE: 'input',
  TEXT_UNSEARCHED: 'input',
  FINDING_UNKNOWN: 'input',
  RECORD_UNKNOWN: 'input',
  // privacy and training
  EPSILON_INVALID: 'input',
  DELTA_INVALID: 'input',
  DELTA_TOO_LARGE: 'input',
  MECHANISM_INVALID: 'input',
  ACCOUNTANT_UNAVAILABLE: 'input',
  CALIBRATION_IMPOSSIBLE: 'input',
  LABEL_ONE_VALUE: 'input',
  LABEL_TOO_MANY: 'input',
  LABEL_IS_NUMBER: 'input',
  LABEL_UNLISTED: 'input',
  LABEL_VALUE_ABSENT: 'input',
  TAGS_MISMATCH: 'input',
  PUBLIC_FACTS_MISSING: 'input',
  STATISTICS_TOO_NOISY: 'input',
  MODEL_KIND_UNAVAILABLE: 'input',
  TARGET_UNAVAILABLE: 'input',
  REVIEW_TARGET: 'input',
  REASONS_UNAVAILABLE: 'input',
  MODEL_UNREADABLE: 'input',
  BACKEND_UNAVAILABLE: 'input',
  ENCODER_UNKNOWN: 'input',
  ENCODER_MISSING: 'input',
  ENCODER_ALTERED: 'refused',
  ENCODER_INVALID: 'input',
  ENCODER_EXISTS: 'input',
  SPLIT_EMPTY: 'input',
  SPLIT_NOT_PRIVATE: 'input',
  SEARCH_NEEDS_VALIDATION: 'input',
  CALIBRATION_NEEDS_VALIDATION: 'input',
  MITIGATION_NEEDS_VALIDATION: 'input',
  MITIGATION_TOO_FEW: 'input',
  SPLIT_KEY_MISSING: 'input',
  SPLIT_DATES_UNREADABLE: 'input',
  PERSON_IN_BOTH_PARTS: 'input',
  COLUMN_TWO_USES: 'input',
  // review
  SCORE_INVALID: 'input',
  PREDICTION_INVALID: 'input',
  LABEL_POSITIVE_MISSING: 'input',
  LABEL_POSITIVE_UNKNOWN: 'input',
  REFERENCE_UNKNOWN: 'input',
  REVIEW_EMPTY: 'input',
  GROUP_INVALID: 'input',
  GROUP_VALUES_MISSING: 'input',
  GROUPS_TOO_MANY: 'input',
  // vault, people, ledger
  VAULT_NOT_FOUND: 'input',
  VAULT_EXISTS: 'input',
  VAULT_WRONG_PASSPHRASE: 'refused',
  VAULT_DAMAGED: 'input',
  VAULT_IN_USE: 'refused',
  VAULT_NEWER: 'input',
  VAULT_LOCKED: 'refused',
  VAULT_BUSY: 'refused',
  BACKUP_DAMAGED: 'input',
  RESTORE_UNCONFIRMED: 'refused',
  PERSON_EXISTS: 'input',
  PERSON_UNKNOWN: 'input',
  LAST_STEWARD: 'refused',
  STUDY_EXISTS: 'input',
  STUDY_NOT_REMOVED: 'refused',
  STUDY_BUSY: 'refused',
  NOTE_TOO_LONG: 'input',
  STEPS_EXCEEDED: 'refused',
  PASSPHRASE_WEAK: 'input',
  PASSPHRASE_SAME: 'input',
  PASSPHRASE_NOT_OWN: 'refused',
  RECOVERY_WRONG: 'refused',
  SIGNER_TRAINED: 'refused',
  LEAK_TEST_MISSING: 'refused',
  LEAK_TEST_BLOCKS: 'refused',
  REVIEW_MISSING: 'refused',
  REVIEW_OF_OTHER: 'refused',
  EXPIRY_INVALID: 'input',
  REASONS_MISSING: 'input',
  ROLE_REFUSED: 'refused',
  STUDY_UNKNOWN: 'input',
  ARTEFACT_UNKNOWN: 'input',
  ARTEFACT_DAMAGED: 'input',
  BUDGET_EXCEEDED: 'refused',
  JOB_UNKNOWN: 'input',
  JOB_NOT_RESUMABLE: 'input',
  JOB_HAS_NO_BEST: 'input',
  PAUSED: 'input',
  // bridge and engine
  SENDER_REFUSED: 'refused',
  TICKET_INVALID: 'refused',
  PRINT_FAILED: 'fault',
  ENGINE_STOPPED: 'fault',
  INTERNAL: 'fault',
} as const satisfies Record<string, ErrorKind>;

export type ErrorKind = 'input' | 'refused' | 'fault';
export type ErrorCode = keyof typeof ERRORS;
export type ErrorParams = Readonly<Record<string, string | number | readonly (string | number)[]>>;

const EXIT_CODES = { input: 2, refused: 3, fault: 1 } as const satisfies Record<ErrorKind, number>;

/**
 * The one error type that leaves a room. `params` may hold column names, row numbers, file names
 * and limits, never the content of a record: errors are shown, logged and sent across the bridge.
 */
export class ConcordError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}) {
    super(code);
    this.name = 'ConcordError';
    this.code = code;
    this.params = params;
  }

  get kind(): ErrorKind {
    return ERRORS[this.code];
  }

  /** The exit status of the command line for this error. */
  get exitCode(): 1 | 2 | 3 {
    return EXIT_CODES[this.kind];
  }
}
