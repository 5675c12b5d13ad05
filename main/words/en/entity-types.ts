import type { EntityType } from '../../contract/identify.ts';

/** The short name of each type of personal data, as it stands beside a finding. */
export const entityTypes: Readonly<Record<EntityType, string>> = {
  PERSON: 'Name',
  LOCATION: 'Place',
  ADDRESS: 'Address',
  POSTCODE: 'Postcode',
  ORGANIZATION: 'Organisation',
  DATE: 'Date',
  AGE: 'Age',
  TITLE: 'Title',
  NRP: 'Origin or belief',
  PHONE: 'Telephone',
  EMAIL: 'E-mail',
  URL: 'Web address',
  IP: 'Network address',
  CARD: 'Bank card',
  IBAN: 'IBAN',
  ACCOUNT: 'Account',
  SSN: 'Social security number',
  ID_CARD: 'Identity number',
  PASSPORT: 'Passport',
  LICENCE: 'Licence',
  PLATE: 'Number plate',
  MEDICAL_ID: 'Medical number',
  DEVICE_ID: 'Device number',
  OTHER_ID: 'Other number',
};
