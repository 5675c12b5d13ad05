import type { JobProgress } from '../contract/job.ts';
import type { Context, Control } from './context.ts';
import { readRequestOf, type PlaceInput } from './place.ts';
import { prepareLook } from './prepare.ts';
import type { Preview } from './preview.ts';

interface Look {
  readonly abort: AbortController;
  progress: JobProgress | null;
}

/** The previews that go on, by vault and by the name that the window gave them. */
const looking = new WeakMap<object, Map<string, Look>>();

type Named = { readonly look: string };

/** The first rows of files, with how far they are read; a second look of one name ends the first. */
export const lookAnswers = {
  preview: (
    { look, ...place }: PlaceInput & { readonly look?: string | undefined },
    context: Context,
  ) => {
    const request = readRequestOf(context, place);
    return watched(context.vault, look, (control) => prepareLook(request, control));
  },
  lookProgress: ({ look }: Named, { vault }: Context) => ({
    progress: looking.get(vault)?.get(look)?.progress ?? null,
  }),
  stopLook: ({ look }: Named, { vault }: Context) => {
    looking.get(vault)?.get(look)?.abort.abort();
    return {};
  },
};

async function watched(
  vault: object,
  name: string | undefined,
  work: (control: Control) => Promise<Preview>,
): Promise<Preview> {
  const own: Look = { abort: new AbortController(), progress: null };
  const all = looking.get(vault) ?? new Map<string, Look>();
  looking.set(vault, all);
  if (name !== undefined) {
    all.get(name)?.abort.abort();
    all.set(name, own);
  }
  try {
    const progress = (now: JobProgress): void => void (own.progress = now);
    return await work({ signal: own.abort.signal, progress });
  } finally {
    if (name !== undefined && all.get(name) === own) all.delete(name);
  }
}
