import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { words } from '../../../main/words/index.ts';
import App from '../../../renderer/App.svelte';
import { CallError } from '../../../renderer/client.ts';
import { Session } from '../../../renderer/session.svelte.ts';
import { clientDouble, type ClientDouble } from './client-double.ts';

afterEach(cleanup);

const { screens, errors } = words('en');
const CLOSED = { exists: true, unlocked: false, person: null };
const OPEN = { ...CLOSED, unlocked: true };
const PROGRESS = { done: 3, steps: 5, attention: true };
const STUDY = { id: 's', name: 'Follow-up', created: '2026-11-23T10:00:00Z' };

function open(answers: Parameters<typeof clientDouble>[0]): ClientDouble & { session: Session } {
  const double = clientDouble(answers);
  const session = new Session(double.client, double.listen);
  render(App, { session });
  return { ...double, session };
}
const heading = (name: string): Promise<HTMLElement> =>
  screen.findByRole('heading', { level: 1, name });
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string): Promise<unknown> =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

describe('before the vault is open', () => {
  it('asks for what is missing in the words of the summary and of the field', async () => {
    open({ 'vault.status': () => ({ ...CLOSED, exists: false }) });
    await heading(screens.create.nameTitle);
    await press(screens.app.continue);
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(screens.create.nameMissing);
    await waitFor(() => expect(document.activeElement).toBe(summary));
    expect(document.title).toBe(`Error: ${screens.create.nameTitle} – Concord`);
    const field = screen.getByLabelText(screens.create.nameTitle);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.getAttribute('aria-describedby')).toBe('person-hint person-error');
  });

  it.each([
    ['', '', screens.create.missing],
    ['short', 'short', screens.create.short],
    ['long enough words', 'long enough word', screens.create.differs],
  ])(
    'passphrases %j and %j are answered in words, before any call',
    async (first, second, text) => {
      const { asked } = open({ 'vault.status': () => ({ ...CLOSED, exists: false }) });
      await heading(screens.create.nameTitle);
      await type(screens.create.nameTitle, ' Ana ');
      await press(screens.app.continue);
      await heading(screens.create.title);
      await type(screens.create.first, first);
      await type(screens.create.second, second);
      await press(screens.create.button);
      expect((await screen.findByRole('alert')).textContent).toContain(text);
      expect(asked.map(([name]) => name)).not.toContain('vault.create');
    },
  );

  it('keeps what was typed when the language is switched, and remembers the language', async () => {
    const { asked } = open({ 'vault.status': () => ({ ...CLOSED, exists: false }) });
    await heading(screens.create.nameTitle);
    await type(screens.create.nameTitle, 'Ana');
    await press('中文');
    const zh = words('zh-CN').screens;
    await heading(zh.create.nameTitle);
    expect(screen.getByLabelText<HTMLInputElement>(zh.create.nameTitle).value).toBe('Ana');
    expect(document.documentElement.lang).toBe('zh-Hans');
    expect(asked).toContainEqual(['app.setLanguage', { language: 'zh-CN' }]);
  });

  it('shows a wrong passphrase in the summary and keeps it for mending', async () => {
    open({
      'vault.status': () => CLOSED,
      'vault.unlock': () => {
        throw new CallError('VAULT_WRONG_PASSPHRASE', {});
      },
    });
    await heading(screens.unlock.title);
    await type(screens.unlock.field, 'wrong');
    await press(screens.unlock.button);
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain(errors.VAULT_WRONG_PASSPHRASE({}));
    expect(screen.getByLabelText<HTMLInputElement>(screens.unlock.field).value).toBe('wrong');
  });

  it('says so when the engine does not answer', async () => {
    open({
      'vault.status': () => {
        throw new CallError('ENGINE_STOPPED', {});
      },
    });
    await heading(screens.unlock.title);
    expect(screen.getByRole('alert').textContent).toContain(errors.ENGINE_STOPPED({}));
  });
});

describe('while the vault is open', () => {
  it('goes to unlock, and says why, when a new engine took over', async () => {
    let status = OPEN;
    const { say } = open({
      'vault.status': () => status,
      'study.list': () => ({ studies: [{ ...STUDY, progress: PROGRESS }] }),
    });
    await heading(screens.studies.title);
    status = CLOSED;
    say({ kind: 'ready' });
    await heading(screens.unlock.title);
    expect(screen.getByRole('alert').textContent).toContain(errors.ENGINE_STOPPED({}));
    expect(screen.queryByRole('button', { name: screens.app.lock })).toBeNull();
  });

  it('goes to unlock when a call finds the vault locked', async () => {
    let status = OPEN;
    open({
      'vault.status': () => status,
      'study.list': () => {
        status = CLOSED;
        throw new CallError('VAULT_LOCKED', {});
      },
    });
    await heading(screens.unlock.title);
    expect(screen.getByRole('alert').textContent).toContain(errors.VAULT_LOCKED({}));
  });
});
