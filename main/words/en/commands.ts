/** What the command line says beside its answers. */
export const commands = {
  progress: (done: number, total: number, unit: string): string =>
    total > 0 ? `${Math.floor((100 * done) / total)}% (${unit})` : `${done} ${unit}`,
  /** What stands in a redacted text for each type of personal data. */
  tags: {
    PERSON: '[NAME]',
    LOCATION: '[PLACE]',
    ADDRESS: '[ADDRESS]',
    POSTCODE: '[POSTCODE]',
    ORGANIZATION: '[ORGANISATION]',
    DATE: '[DATE]',
    AGE: '[AGE]',
    TITLE: '[TITLE]',
    NRP: '[GROUP]',
    PHONE: '[PHONE]',
    EMAIL: '[EMAIL]',
    URL: '[WEB ADDRESS]',
    IP: '[IP ADDRESS]',
    CARD: '[CARD NUMBER]',
    IBAN: '[IBAN]',
    ACCOUNT: '[ACCOUNT]',
    SSN: '[SOCIAL SECURITY NUMBER]',
    ID_CARD: '[IDENTITY NUMBER]',
    PASSPORT: '[PASSPORT]',
    LICENCE: '[LICENCE]',
    PLATE: '[NUMBER PLATE]',
    MEDICAL_ID: '[MEDICAL NUMBER]',
    DEVICE_ID: '[DEVICE NUMBER]',
    OTHER_ID: '[NUMBER]',
  },
};
