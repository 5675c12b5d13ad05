/** What is different about a made-up encoder, for a test of what must be refused. */
export interface TinyChange {
  readonly describe?: Readonly<Record<string, unknown>>;
  readonly drop?: string;
  readonly shard?: string;
  /** Bytes of the weights that are missing. */
  readonly cut?: number;
  /** In place of the look-up. */
  readonly op?: string;
  readonly words?: readonly string[];
  /** Takes the mean of all texts off each: what no encoder may do. */
  readonly mixing?: boolean;
  /** Every weight. */
  readonly weight?: number;
  readonly graph?: string;
}

const WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'rent', 'cough', 'the', '咳', '嗽', '患', '者'];
const WIDTH = 4;
const SHARD = 'group1-shard1of1.bin';

const int = { type: 'DT_INT32' };
const float = { type: 'DT_FLOAT' };

/** A BERT-like encoder of one look-up: table[id, d] = sin(id + 10 d), the mean over the pieces. */
export function tinyEncoder(change: TinyChange = {}): Map<string, Uint8Array> {
  const words = change.words ?? WORDS;
  const table = Float32Array.from(
    { length: words.length * WIDTH },
    (_, i) => change.weight ?? Math.sin(Math.floor(i / WIDTH) + 10 * (i % WIDTH)),
  );
  const axes = Int32Array.from([0, 0, 1]);
  const weights = Buffer.concat([Buffer.from(table.buffer), Buffer.from(axes.buffer)]);
  const description = {
    id: 'tiny-zh',
    name: 'A tiny encoder',
    language: 'zh',
    licence: 'CC0-1.0',
    provenance: 'made in a test',
    dimensions: WIDTH,
    tokenizer: { kind: 'wordpiece', file: 'vocab.txt' },
    inputs: { kind: 'dense', ids: 'input_ids', mask: 'attention_mask' },
    output: change.mixing === true ? 'mixed' : 'states',
    pooling: 'mean',
    longest: 16,
    ...change.describe,
  };
  const files = new Map<string, Uint8Array>([
    ['encoder.json', Buffer.from(JSON.stringify(description))],
    ['model.json', Buffer.from(change.graph ?? JSON.stringify(graphOf(change, words.length)))],
    ['vocab.txt', Buffer.from(`${words.join('\n')}\n`)],
    [SHARD, weights.subarray(0, weights.length - (change.cut ?? 0))],
  ]);
  if (change.drop !== undefined) files.delete(change.drop);
  return files;
}

function graphOf(change: TinyChange, words: number): object {
  const sizes = { shape: { dim: [{ size: '-1' }, { size: '-1' }] } };
  const node = [
    { name: 'input_ids', op: 'Placeholder', attr: { dtype: int, shape: sizes } },
    { name: 'attention_mask', op: 'Placeholder', attr: { dtype: int, shape: sizes } },
    { name: 'table', op: 'Const', attr: { dtype: float } },
    { name: 'axis', op: 'Const', attr: { dtype: int } },
    { name: 'axes', op: 'Const', attr: { dtype: int } },
    {
      name: 'states',
      op: change.op ?? 'GatherV2',
      input: ['table', 'input_ids', 'axis'],
      attr: { Taxis: int, Tindices: int, Tparams: float, batch_dims: { i: '0' } },
    },
    {
      name: 'mean',
      op: 'Mean',
      input: ['states', 'axes'],
      attr: { T: float, Tidx: int, keep_dims: { b: true } },
    },
    { name: 'mixed', op: 'Sub', input: ['states', 'mean'], attr: { T: float } },
  ];
  return {
    format: 'graph-model',
    modelTopology: { node, versions: { producer: 1 } },
    weightsManifest: [
      {
        paths: [change.shard ?? SHARD],
        weights: [
          { name: 'table', shape: [words, WIDTH], dtype: 'float32' },
          { name: 'axis', shape: [], dtype: 'int32' },
          { name: 'axes', shape: [2], dtype: 'int32' },
        ],
      },
    ],
  };
}
