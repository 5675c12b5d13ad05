import type { ErrorParams } from '../../contract/errors.ts';
import type { EncoderFault } from '../../contract/encoders.ts';
import { show as join } from '../show.ts';

const show = (value: ErrorParams[string] | undefined): string => join(value, '、');

const FAULTS: Readonly<Record<EncoderFault, string>> = {
  description: '它不是手册所示的编码器说明。按 docs/encoders.md 修改 encoder.json。',
  file: '文件不存在，或者是链接或文件夹。把文件本身放在 encoder.json 旁边。',
  graph: '它不是 TensorFlow.js 能运行的计算图。用 tensorflowjs_converter 重新转换模型。',
  operation: '计算图里有编码器用不到的运算（循环、函数、查找表、随机数）。只导出前向计算部分。',
  tensor: '计算图里没有 encoder.json 所写名称的张量。到 model.json 中核对名称。',
  vocabulary: '它不是所写类型的词表，或缺少 encoder.json 提到的词片。使用训练该模型时的词表。',
  weights: '权重文件的字节数与计算图所需不符。重新复制这些文件。',
  dimensions: '输出的形状与所写不符。修改 encoder.json 中的 "output"、"pooling" 或 "dimensions"。',
  size: '它超出了程序能接受的大小。换一个较小的编码器。',
  'self-check': '对同样的句子，编码器没有给出相同且有限的向量。重新转换模型。',
};

export const encoderErrors = {
  ENCODER_UNKNOWN: (p: ErrorParams) =>
    `没有名为“${show(p['encoder'])}”的文本编码器。现有：${show(p['known'])}。先导入它（encoders import DIR）。`,
  ENCODER_MISSING: (p: ErrorParams) =>
    `文本编码器“${show(p['encoder'])}”缺少文件：${show(p['file'])}。重新安装程序，或重新导入这个编码器。`,
  ENCODER_ALTERED: (p: ErrorParams) =>
    `文本编码器“${show(p['encoder'])}”的文件已不是安装时的那个：${show(p['file'])}。程序不会使用它。重新安装程序，或从可信的来源重新导入这个编码器。`,
  ENCODER_INVALID: (p: ErrorParams) =>
    `${show(p['file'])} 不能用作文本编码器：${FAULTS[p['reason'] as EncoderFault]}`,
  ENCODER_EXISTS: (p: ErrorParams) =>
    `已有名为“${show(p['encoder'])}”的文本编码器。在 encoder.json 中换一个 "id"，或先移除原有的。`,
};
