import type { TrainPlan } from '../contract/train.ts';
import type { Resumed } from '../learning/checkpoint.ts';
import type { TextVectors } from '../learning/encoder/text-vectors.ts';
import type { Trained, TrainOptions } from '../learning/train.ts';
import type { Control } from './context.ts';
import { inThread } from './thread.ts';

/** What the thread cannot do by itself: all that pays, and all that is kept in the vault. */
type Asked = 'reserve' | 'charge' | 'bought' | 'checkpoint';
export type Question = {
  [Name in Asked]: {
    readonly kind: 'asks';
    readonly of: Name;
    readonly given: Parameters<NonNullable<TrainOptions[Name]>>;
  };
}[Asked];

export interface TrainTask {
  /** The storage form of the records. */
  readonly records: Uint8Array;
  readonly plan: TrainPlan;
  readonly splitKey: string | undefined;
  readonly resumed: Resumed | undefined;
  readonly vectors: TextVectors | undefined;
  readonly publicText: readonly string[] | undefined;
}

export type TrainNews = Question | { readonly kind: 'trained'; readonly trained: Trained };
/** What the thread hears: that what it asked for is done, or a wish to pause. */
export type TrainWord = 'done' | 'pause';

/** What a training in a thread is given; what it is paid with answers here, where the vault is. */
export type ThreadedOptions = Required<Pick<TrainOptions, Asked>> &
  Pick<TrainOptions, 'splitKey' | 'resumed' | 'pause' | 'vectors' | 'publicText'>;

/**
 * `trainModel` in a thread of its own: the engine answers meanwhile, and a wish to cancel ends it
 * at once. No step runs before the charge it asked for is done; where one is refused, the thread
 * ends. @throws as trainModel
 */
export async function trainInThread(
  records: Uint8Array,
  plan: TrainPlan,
  control: Control,
  options: ThreadedOptions,
): Promise<Trained> {
  const { splitKey, resumed, pause, vectors, publicText } = options;
  const task: TrainTask = { records, plan, splitKey, resumed, vectors, publicText };
  let tell: (word: TrainWord) => void = () => undefined;
  const wish = (): void => tell('pause');
  pause?.addEventListener('abort', wish, { once: true });
  try {
    return await inThread<TrainNews, Trained>(
      'train-worker',
      task,
      control,
      (news, fail) => {
        if (news.kind === 'trained') return news.trained;
        answer(news, options).then(() => tell('done'), fail);
        return undefined;
      },
      (say: (word: TrainWord) => void) => {
        tell = say;
        if (pause?.aborted === true) wish();
      },
    );
  } finally {
    pause?.removeEventListener('abort', wish);
  }
}

function answer(question: Question, options: ThreadedOptions): Promise<void> {
  switch (question.of) {
    case 'reserve':
      return options.reserve(...question.given);
    case 'charge':
      return options.charge(...question.given);
    case 'bought':
      return options.bought(...question.given);
    case 'checkpoint':
      return options.checkpoint(...question.given);
  }
}
