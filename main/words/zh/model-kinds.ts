/** Kinds of models by their names, as a model says its own. */
export const modelKinds: Readonly<Record<string, string>> = {
  logistic: '逻辑回归',
  linear: '线性回归',
  network: '小型神经网络',
  boosting: '可解释提升模型',
  bag: '词袋模型',
  recurrent: '文本循环网络（LSTM）',
  attention: '小型文本 Transformer',
  'encoder-head': '预训练文本编码器',
  'word-counts': '词袋模型（词语计数）',
  'tuned-encoder': '进一步训练的预训练文本编码器',
  tagger: '文本实体识别模型',
};
