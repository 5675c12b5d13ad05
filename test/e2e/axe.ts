import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** The rules whose answer depends on colours; those of all others on the structure alone. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'] as const;

/** Which rules are asked: all that axe has on by default, or `only` some, `without` others. */
export interface Findings {
  readonly only?: readonly string[];
  readonly without?: readonly string[];
}

/** The accessibility engine on the page's side; it is put there once for each document. */
interface AxedWindow {
  readonly axe?: {
    run(context: unknown, options: object): Promise<Pick<axe.AxeResults, 'violations'>>;
  };
  readonly document: unknown;
}

/** What axe finds wrong: a rule, and the elements that break it. */
export async function findings(page: Page, { only, without = [] }: Findings): Promise<string[]> {
  const has = await page.evaluate(() => (globalThis as unknown as AxedWindow).axe !== undefined);
  if (!has) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    ...(only === undefined
      ? { rules: Object.fromEntries(without.map((id) => [id, { enabled: false }])) }
      : { runOnly: { type: 'rule', values: only.filter((id) => !without.includes(id)) } }),
    resultTypes: ['violations'],
    // Style sheets are asked for again only for a rule that is off.
    preload: false,
  };
  return page.evaluate(async (asked) => {
    const { axe: engine, document } = globalThis as unknown as AxedWindow;
    const { violations } = (await engine?.run(document, asked)) ?? { violations: [] };
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' ')}`,
    );
  }, options);
}
