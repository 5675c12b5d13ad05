import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import { paper } from '../../../main/contract/report.ts';
import type { DecideRequest } from '../../../main/contract/sign-off.ts';
import { hashToSign, sealedHash, verifyReport } from '../../../main/report/seal.ts';
import { fingerprintOf } from '../../../main/report/signed.ts';
import { approvalOf, day } from '../../../main/study/approval.ts';
import { peopleOf } from '../../../main/study/people.ts';
import { decide, signedDocumentOf } from '../../../main/study/sign-off.ts';
import { reviewWork } from '../../../main/study/review.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { rawPublicKey } from '../../../main/vault/signing-keys.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { codeOf } from '../vault/fixture.ts';
import {
  done,
  openAs,
  putLeakTest,
  REVIEWER,
  reviewedStudy,
  STEWARD,
  type Reviewed,
} from './signed-study.ts';

const scratch = scratchFolder();
let reviewed: Reviewed;
let vault: Vault | undefined;

async function as(person: typeof STEWARD): Promise<Vault> {
  vault?.close();
  vault = await openAs(reviewed.file, person);
  return vault;
}

beforeAll(async () => {
  reviewed = await reviewedStudy(scratch.path('study.vault'), scratch.path('sample.csv'));
  return () => scratch.remove();
});

afterEach(() => {
  vault?.close();
  vault = undefined;
});

const later = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function asked(open: Vault, changed: Partial<DecideRequest> = {}): DecideRequest {
  const { study, artefact } = reviewed;
  const { review, leakTest } = approvalOf(open, { study, artefact });
  return {
    ...{ study, artefact, review: review ?? '', leakTest, decision: 'signed', reasons: [] },
    conditions: ['Only at the follow-up clinic.'],
    ...{ expires: later(180), passphrase: REVIEWER.passphrase, ...changed },
  };
}

/** Bo at work, with the model attacked once more and without a find. */
async function attacked(): Promise<Vault> {
  const bo = await as(REVIEWER);
  putLeakTest(bo, reviewed, false);
  return bo;
}

async function signed(): Promise<Vault> {
  const bo = await attacked();
  await decide(bo, asked(bo));
  return bo;
}

describe('a model', () => {
  it('is not signed before its leak test, nor by who trained it, nor by another role', async () => {
    const bo = await as(REVIEWER);
    expect(approvalOf(bo, reviewed)).toMatchObject({
      ...{ state: 'unsigned', newest: null, current: false, trainer: 'Ada', leakTest: null },
      hinders: { signing: ['LEAK_TEST_MISSING'], returning: [] },
    });
    expect(await codeOf(() => decide(bo, asked(bo)))).toBe('LEAK_TEST_MISSING');
    const ada = await as(STEWARD);
    putLeakTest(ada, reviewed, true);
    expect(approvalOf(ada, reviewed).hinders.signing).toContain('SIGNER_TRAINED');
    const own = asked(ada, { passphrase: STEWARD.passphrase });
    expect(await codeOf(() => decide(ada, own))).toBe('ROLE_REFUSED');
    const again = await as(REVIEWER);
    expect(await codeOf(() => decide(again, asked(again)))).toBe('LEAK_TEST_BLOCKS');
    putLeakTest(again, reviewed, false);
    const twin = Object.defineProperty(Object.create(again) as Vault, 'person', {
      value: { ...again.person, name: 'Ada' },
    });
    expect(approvalOf(twin, reviewed).hinders.returning).toEqual(['SIGNER_TRAINED']);
  });

  it('is not signed with a wrong passphrase, of something unseen, or without a day to end', async () => {
    const bo = await attacked();
    const code = (changed: Partial<DecideRequest>) => codeOf(() => decide(bo, asked(bo, changed)));
    expect(await code({ passphrase: STEWARD.passphrase })).toBe('VAULT_WRONG_PASSPHRASE');
    expect(await code({ review: 'another' })).toBe('REVIEW_OF_OTHER');
    expect(await code({ leakTest: null })).toBe('REVIEW_OF_OTHER');
    for (const expires of [null, day(), '2020-01-01', later(800)]) {
      expect(await code({ expires }), String(expires)).toBe('EXPIRY_INVALID');
    }
    expect(await code({ decision: 'returned' })).toBe('REASONS_MISSING');
    expect(approvalOf(bo, reviewed).state).toBe('unsigned');
  });

  it('is signed until a day, and its documents hold signature, key and conditions', async () => {
    const bo = await attacked();
    const { state, newest, current } = await decide(bo, asked(bo));
    expect([state, current]).toEqual(['signed', true]);
    const fingerprint = newest?.fingerprint ?? '';
    expect(peopleOf(bo).find(({ name }) => name === 'Bo')?.fingerprint).toBe(fingerprint);
    expect(approvalOf(bo, reviewed, later(180)).state).toBe('signed');
    expect(approvalOf(bo, reviewed, later(181)).state).toBe('expired');
    for (const language of LANGUAGES) {
      for (const what of ['report', 'model-card'] as const) {
        const found = signedDocumentOf(bo, reviewed, what, language);
        expect(paper.safeParse(found?.paper).success).toBe(true);
        const checked = verifyReport(Buffer.from(found?.html ?? ''));
        expect(checked).toMatchObject({ ok: true, signer: 'Bo', key: fingerprint, expired: false });
        expect(verifyReport(found?.html ?? '', { key: fingerprint }).pinned).toBe(true);
        expect(verifyReport(found?.html ?? '', { key: 'ab'.repeat(32) }).ok).toBe(false);
        expect(verifyReport(found?.html ?? '', { today: later(200) }).expired).toBe(true);
      }
      const drawn = JSON.stringify(signedDocumentOf(bo, reviewed, 'report', language)?.paper);
      const w = words(language).approvals;
      for (const text of ['Only at the follow-up clinic.', fingerprint, w.signature, w.covers]) {
        expect(drawn).toContain(text);
      }
      expect(drawn).not.toContain(words(language).report.summary.notSigned);
    }
    const last = bo.journal.list().at(-1);
    expect(last).toMatchObject({ action: 'model.signed-off', person: 'Bo' });
    expect(JSON.stringify(last?.params)).not.toContain('clinic');
    expect(bo.verify().ok).toBe(true);
  });

  it('loses its sign-off to an attack that finds more, and its documents to a newer review', async () => {
    expect(approvalOf(await signed(), reviewed).state).toBe('signed');
    const ada = await as(STEWARD);
    const { study, artefact } = reviewed;
    putLeakTest(ada, reviewed, true);
    expect(approvalOf(ada, reviewed)).toMatchObject({ state: 'blocked', current: false });
    expect(signedDocumentOf(ada, reviewed, 'report', 'en')).toBeNull();
    putLeakTest(ada, reviewed, false);
    await done(ada, reviewWork(ada, { study, artefact, groups: [] }), 'review');
    expect(approvalOf(ada, reviewed)).toMatchObject({ state: 'signed', current: false });
  });

  it('is sent back with reasons, which stand in the report and not in the journal', async () => {
    const bo = await attacked();
    const reasons = ['Too few people of the mountain district.'];
    const { state } = await decide(bo, asked(bo, { decision: 'returned', reasons, expires: null }));
    expect(state).toBe('returned');
    const html = signedDocumentOf(bo, reviewed, 'report', 'zh-CN')?.html ?? '';
    expect(html).toContain(reasons[0]);
    expect(verifyReport(html)).toMatchObject({ ok: true, decision: 'returned', expires: null });
    const told = JSON.stringify(bo.journal.list().at(-1));
    expect(told).toContain('model.returned');
    expect(told).not.toContain('mountain');
  });
});

describe('a signed report', () => {
  let html: string;
  beforeAll(async () => {
    html = signedDocumentOf(await signed(), reviewed, 'report', 'en')?.html ?? '';
    expect(verifyReport(html).ok).toBe(true);
  });

  it('is refused with any byte altered', () => {
    const bytes = Buffer.from(html);
    const step = Math.max(1, Math.floor(bytes.length / 400));
    for (let at = 0; at < bytes.length; at += step) {
      const other = Buffer.from(bytes);
      other[at] = other[at]! ^ 1;
      expect(verifyReport(other).ok, `byte ${at}`).toBe(false);
    }
    expect(verifyReport(Buffer.concat([bytes, Buffer.from('\n')])).ok).toBe(false);
    expect(verifyReport(bytes.subarray(1)).ok).toBe(false);
    expect(verifyReport(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])).ok).toBe(false);
  });

  it('is refused with a mark in place of a value, however often the value stands elsewhere', () => {
    const values = {
      '{content-sha-256}': /content-sha256" content="([0-9a-f]+)/.exec(html)?.[1],
      '{sign-off-signature}': /concord-signature" content="([^"]+)/.exec(html)?.[1],
    };
    for (const [mark, value = ''] of Object.entries(values)) {
      const last = html.lastIndexOf(value);
      expect(last).toBeGreaterThan(html.indexOf(value));
      const changed = html.slice(0, last) + mark + html.slice(last + value.length);
      expect(verifyReport(changed).ok, mark).toBe(false);
    }
  });

  it('is refused with the signature of another key, and a key that claims the name shows', () => {
    const statement = /concord-statement" content="([^"]+)/.exec(html)?.[1] ?? '';
    const signature = /concord-signature" content="([^"]+)/.exec(html)?.[1] ?? '';
    const text = Buffer.from(statement, 'base64').toString('utf8');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const other = sign(null, Buffer.from(text), privateKey).toString('base64');
    expect(verifyReport(html.replaceAll(signature, other)).ok).toBe(false);

    const known = verifyReport(html).key ?? '';
    const raw = rawPublicKey(publicKey);
    const mine = fingerprintOf(raw);
    const old = JSON.parse(text) as { signer: { publicKey: string } };
    const claim = (of: string): string =>
      of.replaceAll(known, mine).replaceAll(old.signer.publicKey, raw.toString('base64'));
    const signed = (page: string, claimed: string): string =>
      page
        .replaceAll(statement, Buffer.from(claimed).toString('base64'))
        .replaceAll(signature, sign(null, Buffer.from(claimed), privateKey).toString('base64'));
    // The page shows the old key still: it is not what the new statement names.
    expect(verifyReport(signed(html, claim(text))).ok).toBe(false);
    const hash = sealedHash(html) ?? '';
    const bare = claim(html)
      .replaceAll(statement, '{sign-off-statement}')
      .replaceAll(signature, '{sign-off-signature}')
      .replaceAll(hash, '{content-sha-256}');
    const forgedHash = hashToSign(bare);
    const forged = signed(
      claim(html).replaceAll(hash, forgedHash),
      claim(text).replace(hash, forgedHash),
    );
    expect(verifyReport(forged)).toMatchObject({ ok: true, signer: 'Bo', key: mine });
    expect(verifyReport(forged, { key: known }).ok).toBe(false);
  });
});
