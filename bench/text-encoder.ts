import { encodeTexts } from '../main/learning/encoder/encode-texts.ts';
import type { LoadedEncoder } from '../main/learning/encoder/loaded-encoder.ts';
import { openEncoder } from '../main/learning/encoder/open-encoder.ts';
import { median, rounded, timed } from './timing.ts';

export interface TextEncoderBench {
  readonly sentences: number;
  /** From nothing to a checked and loaded encoder. */
  readonly open_ms: number;
  /** Different sentences of about a dozen words, in batches by length; medians. */
  readonly sentences_per_second: number;
  /** The same by the processor time of all threads: what one idle core would do. */
  readonly sentences_per_processor_second: number;
  readonly singly_per_processor_second: number;
  readonly batches_over_singly: number;
  /** Of texts that fill their window of 128 pieces. */
  readonly windows_per_processor_second: number;
  readonly tokenizer_megabytes_per_processor_second: number;
  readonly peak_rss_mib: number;
}

const SUBJECTS = ['The patient', 'A woman of forty', 'Her neighbour', 'The applicant', 'His son'];
const VERBS = ['was seen with', 'complains of', 'was sent home after', 'asked about', 'has had'];
const OBJECTS = ['a cough', 'an unpaid bill', 'pain in the left knee', 'a broken window', 'fever'];

/** Different sentences of ten to sixteen words. */
function sentence(number: number): string {
  const pick = (from: readonly string[], by: number): string =>
    from[Math.floor(number / by) % from.length]!;
  const tail = number % 3 === 0 ? ', and will write again next month' : '';
  return `${pick(SUBJECTS, 1)} ${pick(VERBS, 5)} ${pick(OBJECTS, 25)} for ${number} days in the spring${tail}.`;
}

/** Speed of the frozen encoder. */
export async function benchTextEncoder(rows = 2_000, runs = 5): Promise<TextEncoderBench> {
  let encoder: LoadedEncoder | undefined;
  const open = await timed(async () => (encoder = await openEncoder()));
  const loaded = encoder!;
  const sentences = Array.from({ length: rows }, (_, number) => sentence(number));
  const long = Array.from({ length: 256 }, (_, number) =>
    Array.from({ length: 20 }, (_each, i) => sentence(20 * number + i)).join(' '),
  ).map((text) => firstWindow(loaded, text));
  await encodeTexts(loaded, sentences.slice(0, 200));
  const together = await pace(runs, rows, () => encodeTexts(loaded, sentences));
  const some = sentences.slice(0, 100);
  const singly = await pace(runs, some.length, async () => {
    for (const text of some) await encodeTexts(loaded, [text]);
  });
  const windows = await pace(runs, long.length, async () => {
    for (let at = 0; at < long.length; at += 32) await loaded.run(long.slice(at, at + 32));
  });
  const megabyte = sentences.join(' ').repeat(20);
  const tokenizer = await pace(runs, megabyte.length / 1e6, () =>
    Promise.resolve(loaded.tokenizer.tokens(megabyte)),
  );
  const result = {
    sentences: rows,
    open_ms: rounded(open.wall),
    sentences_per_second: rounded(together.wall),
    sentences_per_processor_second: rounded(together.processor),
    singly_per_processor_second: rounded(singly.processor),
    batches_over_singly: rounded(together.processor / singly.processor),
    windows_per_processor_second: rounded(windows.processor),
    tokenizer_megabytes_per_processor_second: rounded(tokenizer.processor),
    peak_rss_mib: rounded(process.resourceUsage().maxRSS / 1024),
  };
  loaded.dispose();
  return result;
}

const firstWindow = ({ tokenizer, window }: LoadedEncoder, text: string): number[] =>
  tokenizer.tokens(text).slice(0, window);

/** So many per second of the clock, and per second of all processors; the medians of the runs. */
async function pace(
  runs: number,
  count: number,
  work: () => Promise<unknown>,
): Promise<{ readonly wall: number; readonly processor: number }> {
  const walls: number[] = [];
  const processors: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    walls.push((await timed(work)).wall / 1000);
    const { user, system } = process.cpuUsage(before);
    processors.push((user + system) / 1e6);
  }
  return { wall: count / median(walls), processor: count / median(processors) };
}
