import { defineConfig } from '@playwright/test';

const report = process.env['CONCORD_TEST_REPORT'];

/** The real window: each test starts its own application; three keep two cores busy. */
export default defineConfig({
  testDir: 'test/e2e',
  workers: 3,
  fullyParallel: true,
  timeout: 240_000,
  // Old and busy computers print a report in ten seconds and more; waiting longer proves no less.
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] === 'true',
  // What was inspected is looked through once all others have written it down.
  projects: [
    { name: 'window', testMatch: '**/*.test.ts', testIgnore: '**/inspected.test.ts' },
    { name: 'inspected', testMatch: '**/inspected.test.ts', dependencies: ['window'] },
  ],
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
});
