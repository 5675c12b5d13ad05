/** What a person may do; the first person of a vault is its steward. */
export const ROLES = ['steward', 'analyst', 'reviewer', 'operator', 'auditor'] as const;
