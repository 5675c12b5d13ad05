import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Language } from '../../main/contract/language.ts';
import { test } from './application.ts';
import { Mouse } from './hands.ts';
import { ADULT, Walk } from './walk.ts';

/** Each step of it has a test of its own in both languages; the long run walks all of it in both, too. */
const WALKED: readonly Language[] =
  process.env['CONCORD_TEST_LONG'] === '1' ? ['en', 'zh-CN'] : ['en'];

for (const language of WALKED) {
  test(`the whole path, twice, in ${language}`, async ({ concord }) => {
    test.skip(!existsSync(ADULT), 'not run: ../shared/data lacks adult');
    test.setTimeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), 'concord-path-'));
    const walk = new Walk(concord, language, new Mouse());
    await walk.createVault();
    await walk.sampleStudy(join(folder, 'protected.csv'));
    await walk.reviewAndSave(join(folder, 'sample.pdf'));
    await walk.adultStudy();
    await walk.reviewAndSave(join(folder, 'adult.pdf'));
    expect(await concord.violations()).toEqual([]);
    rmSync(folder, { recursive: true });
  });
}
