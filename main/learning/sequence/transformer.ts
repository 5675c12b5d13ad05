import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Tf } from '../tensorflow.ts';
import { attentionLayer } from './attention.ts';
import { denseLayer } from './dense.ts';
import type { SequenceLayer } from './layer.ts';
import { normLayer } from './norm.ts';
import { chain, placesLayer, reluLayer, residual, usualRates } from './parts.ts';
import { tunedDense, type Pretrained, type Tuning } from './tuned.ts';

type Tensor2D = TensorFlow.Tensor2D;

interface BlockOptions {
  readonly width: number;
  readonly heads: number;
  /** Width between the two products that follow the attention. */
  readonly within: number;
}

/**
 * A transformer block with its normalisations before its parts (Xiong et al. 2020, arXiv:2002.04745,
 * figure 1b): x + attention(norm(x)), then x + feed-forward(norm(x)); [B, T, w] to the same. What is
 * added begins as zeros, so that training starts from the tokens as they are. The attention alone sees
 * the places of tokens: in the mean over a text they would be what all texts have in common.
 */
export function blockLayer(
  tf: Tf,
  name: string,
  { width, heads, within }: BlockOptions,
): SequenceLayer {
  const dense = (part: string, inputs: number, outputs: number, last = false): SequenceLayer =>
    denseLayer(tf, `${name}/${part}`, { inputs, outputs, last });
  const norm = (part: string): SequenceLayer => normLayer(tf, `${name}/${part}`, { width });
  return assemble(tf, heads, {
    attentionNorm: chain(norm('attention/norm'), placesLayer(tf, usualRates(width))),
    qkv: dense('attention/qkv', width, 3 * width),
    output: dense('attention/output', width, width, true),
    forwardNorm: norm('forward/norm'),
    widen: dense('forward/widen', width, within),
    narrow: dense('forward/narrow', within, width, true),
  });
}

/** How many parameters such a block has. */
export function blockSize(width: number, within: number): number {
  const norms = 4 * width;
  const attention = 3 * width * (width + 1) + width * (width + 1);
  return norms + attention + within * (width + 1) + width * (within + 1);
}

/** The tensors of a block trained before. */
export interface PretrainedBlock {
  readonly heads: number;
  readonly attentionNorm: { readonly gain: Tensor2D; readonly bias: Tensor2D };
  readonly qkv: Pretrained;
  readonly output: Pretrained;
  /** Where the attention's outputs are wider than its inputs: a product in the place of x itself. */
  readonly shortcut?: Pretrained | undefined;
  readonly forwardNorm: { readonly gain: Tensor2D; readonly bias: Tensor2D };
  readonly widen: Pretrained;
  readonly narrow: Pretrained;
}

/** A block trained before: as `blockLayer`, with `tuning` saying what of it is trained on. */
export function tunedBlock(
  tf: Tf,
  name: string,
  block: PretrainedBlock,
  tuning: Tuning,
): SequenceLayer {
  const dense = (part: string, pretrained: Pretrained): SequenceLayer =>
    tunedDense(tf, `${name}/${part}`, pretrained, tuning);
  const norm = (part: string, found: PretrainedBlock['forwardNorm']): SequenceLayer =>
    normLayer(tf, `${name}/${part}`, {
      width: found.gain.shape[1],
      pretrained: { ...found, tuning },
    });
  return assemble(tf, block.heads, {
    attentionNorm: norm('attention/norm', block.attentionNorm),
    qkv: dense('attention/qkv', block.qkv),
    output: dense('attention/output', block.output),
    ...(block.shortcut && { shortcut: dense('attention/shortcut', block.shortcut) }),
    forwardNorm: norm('forward/norm', block.forwardNorm),
    widen: dense('forward/widen', block.widen),
    narrow: dense('forward/narrow', block.narrow),
  });
}

type BlockPart = 'attentionNorm' | 'qkv' | 'output' | 'forwardNorm' | 'widen' | 'narrow';
type BlockParts = Readonly<Record<BlockPart, SequenceLayer>> & {
  readonly shortcut?: SequenceLayer;
};

function assemble(tf: Tf, heads: number, parts: BlockParts): SequenceLayer {
  const attention = chain(
    ...[parts.attentionNorm, parts.qkv, attentionLayer(tf, heads), parts.output],
  );
  const forward = chain(...[parts.forwardNorm, parts.widen, reluLayer(tf), parts.narrow]);
  return chain(residual(tf, attention, parts.shortcut), residual(tf, forward));
}
