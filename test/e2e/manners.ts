import { expect, type Page } from '@playwright/test';
import { beginWalk, endWalk, measure, motions, seeFocus, type Stop } from './page-side.ts';

/** WCAG 2.2, 2.5.8: the least width and height of what is pressed, in CSS pixels. */
const TARGET = 24;
/** A rounding of the layout. */
const SLACK = 0.05;

/**
 * Expects of the page shown what axe cannot see: one heading that is also the window's title;
 * Tab reaches everything in the order it stands there, with a mark that is seen (in forced colours
 * too, where only outlines are drawn) and behind nothing; targets are large enough; nothing moves
 * for who asked for less motion. The focus is given back afterwards.
 */
export async function expectManners(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { headings, title, stops, targets } = await page.evaluate(measure);
  expect(headings, `${name}: headings of the first level`).toHaveLength(1);
  const named = title.replace(/ – [^–]*$/, '');
  expect(named.endsWith(headings[0] ?? '?'), `${name}: "${title}" says the heading`).toBe(true);
  expect(targets.filter(isSmall).map(tell), `${name}: targets under ${TARGET} px`).toEqual([]);
  expect(await page.evaluate(motions), `${name}: moves with reduced motion`).toEqual([]);
  await expectTabWalk(page, name, stops);
  await page.emulateMedia({ reducedMotion: null });
}

const isSmall = ({ width, height }: Stop): boolean => Math.min(width, height) < TARGET - SLACK;
const tell = ({ what, width, height }: Stop): string => `${what}: ${width} x ${height}`;

/** From the second element back to the first, and from there to the last. */
async function expectTabWalk(page: Page, name: string, stops: readonly Stop[]): Promise<void> {
  const walked: string[] = [];
  const faults: string[] = [];
  const step = async (key: 'Tab' | 'Shift+Tab'): Promise<void> => {
    await page.keyboard.press(key);
    const { at, what, fault } = await page.evaluate(seeFocus);
    walked.push(stops[at]?.what ?? what);
    if (fault !== null) faults.push(`${what}: ${fault}`);
  };
  // One element alone is not walked to: beyond the last the window itself would have the focus.
  if (stops.length < 2) return;
  await page.evaluate(beginWalk);
  await step('Shift+Tab');
  for (let presses = 1; presses < stops.length; presses++) await step('Tab');
  await page.evaluate(endWalk);
  const named = stops.map(({ what }) => what);
  expect(walked, `${name}: the way of the Tab key`).toEqual(named);
  expect(faults, `${name}: focus`).toEqual([]);
}
