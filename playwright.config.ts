import { defineConfig } from '@playwright/test';

const report = process.env['CONCORD_TEST_REPORT'];

/** The real window, one at a time: each test starts its own application. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  workers: 1,
  timeout: 120_000,
  forbidOnly: process.env['CI'] === 'true',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
});
