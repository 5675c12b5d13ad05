import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { words } from '../../../main/words/index.ts';
import Gallery from '../../../renderer/gallery/Gallery.svelte';
import { Session } from '../../../renderer/session.svelte.ts';
import { timeLeft } from '../../../renderer/time-left.ts';
import { clientDouble } from './client-double.ts';

afterEach(cleanup);

const { screens } = words('en');

function session(): Session {
  const { client, listen } = clientDouble({});
  return new Session(client, listen);
}

function gallery(): Session {
  const made = session();
  render(Gallery, { session: made });
  return made;
}

describe('fields', () => {
  it('tell their error in the words of the summary, which leads to the first control', async () => {
    gallery();
    const heading = screen.getByRole('heading', { level: 1 });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    await fireEvent.click(screen.getByRole('button', { name: screens.app.problem }));
    const summary = await screen.findByRole('alert');
    await waitFor(() => expect(document.activeElement).toBe(summary));
    for (const link of summary.querySelectorAll('a')) {
      expect(link.textContent.trim()).toBe(screens.studies.newMissing);
      await fireEvent.click(link);
      const field = link.getAttribute('href')?.slice(1) ?? '';
      expect(document.activeElement?.id, field).toBe(field);
      const error = document.getElementById(`${field}-error`);
      expect(error?.textContent).toContain(screens.app.errorPrefix);
      const tied = document.querySelector(`[aria-describedby~="${field}-error"]`);
      expect(tied?.id === field || tied?.tagName === 'FIELDSET', field).toBe(true);
    }
  });

  it('show what follows from a choice below it, and keep choices in their order', async () => {
    gallery();
    const label = (value: string): string => screens.profile.proposals[value] ?? '?';
    const inside = (): string | undefined => document.querySelector('.inside')?.textContent.trim();
    expect(inside()).toBe(label('trim'));
    const choose = (role: 'radio' | 'checkbox', value: string): Promise<unknown> =>
      fireEvent.click(screen.getByRole(role, { name: label(value) }));
    await choose('radio', 'drop_column');
    expect(inside()).toBe(label('drop_column'));
    await choose('checkbox', 'drop_column');
    await choose('checkbox', 'trim');
    const ticked = screen
      .getAllByRole<HTMLInputElement>('checkbox')
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
    expect(ticked).toEqual(['drop_column']);
  });

  it('say the value of a slider in words', async () => {
    gallery();
    const slider = screen.getByRole('slider');
    await fireEvent.input(slider, { target: { value: '3' } });
    expect(slider.getAttribute('aria-valuetext')).toBe(screens.profile.rangeText('0', '3'));
  });

  it('mark what is optional in the words of the language', async () => {
    const made = gallery();
    screen.getByLabelText(screens.parts.optional(screens.studies.newTitle));
    made.language = 'zh-CN';
    const zh = words('zh-CN').screens;
    await screen.findByLabelText(zh.parts.optional(zh.studies.newTitle));
  });
});

describe('a table in pages', () => {
  it('says which rows it shows, and cannot leave its ends', async () => {
    gallery();
    const shown = (...figures: [string, string, string]): HTMLElement =>
      screen.getByText(screens.parts.rowsShown(...figures));
    const previous = screen.getByRole('button', { name: screens.parts.previous });
    const next = screen.getByRole('button', { name: screens.parts.next });
    shown('1', '5', '45');
    expect(previous.getAttribute('aria-disabled')).toBe('true');
    await fireEvent.click(previous);
    shown('1', '5', '45');
    for (let page = 0; page < 12; page++) await fireEvent.click(next);
    shown('41', '45', '45');
    expect(next.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a task that cannot start', () => {
  it('is no button, says so in words and why', () => {
    gallery();
    const buttons = screen.getAllByRole('button', { name: screens.steps.import });
    expect(buttons).toHaveLength(4);
    screen.getByText(screens.parts.states['cannot-start']);
    screen.getByText(screens.home.reasons['needs-records']);
  });
});

describe('the time left', () => {
  it.each([
    [5, 59, 'Less than a minute left'],
    [10, 60, 'About 1 minute left'],
    [130, 290, 'About 2 to 5 minutes left'],
    [600, 600, 'About 10 minutes left'],
    [5000, 7199, 'About 83 to 120 minutes left'],
    [7000, 7200, 'About 1 to 2 hours left'],
    [10_800, 10_800, 'About 3 hours left'],
  ])('between %i and %i seconds is told as a range: %s', (from, to, text) => {
    expect(timeLeft({ from, to }, session())).toBe(text);
  });
});
