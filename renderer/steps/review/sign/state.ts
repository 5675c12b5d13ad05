import type { ModelApproval } from '../../../../main/contract/sign-off.ts';
import { showDay } from '../../../formats.ts';
import type { Session } from '../../../session.svelte.ts';

/** Where the model stands, in one sentence. */
export function stateSentence({ words, tag }: Session, { state, newest }: ModelApproval): string {
  const w = words.sign.state;
  if (newest === null || state === 'unsigned') return w.unsigned;
  const { signer, expires } = newest;
  const until = expires === null ? '' : showDay(expires, tag);
  switch (state) {
    case 'signed':
      return w.signed(signer, until);
    case 'expired':
      return w.expired(signer, until);
    case 'returned':
      return w.returned(signer);
    case 'blocked':
      return w.blocked;
  }
}
