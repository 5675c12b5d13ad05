import type { Finder } from '../settle.ts';
import { findAge } from './age.ts';
import { findAnnounced } from './announced-ids.ts';
import { findCard } from './card.ts';
import { findDate } from './date.ts';
import { findDevice } from './devices.ts';
import { findEmail } from './email.ts';
import { findIban } from './iban.ts';
import { findIdCard } from './identity.ts';
import { findIp } from './network.ts';
import { findNhs } from './health.ts';
import { findPhone } from './phone.ts';
import { findPlate } from './plate.ts';
import { findPostcode } from './postcode.ts';
import { findSsn } from './social.ts';
import { findUrl } from './web.ts';

/** Everything told by its form, its check digits and the words around it. */
export const NUMBER_FINDERS: readonly Finder[] = [
  findEmail,
  findUrl,
  findIp,
  findCard,
  findIban,
  findSsn,
  findPhone,
  findIdCard,
  findNhs,
  findAnnounced,
  findDevice,
  findPlate,
  findPostcode,
  findDate,
  findAge,
];
