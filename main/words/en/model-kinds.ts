/** Kinds of models by their names, as a model says its own. */
export const modelKinds: Readonly<Record<string, string>> = {
  logistic: 'Logistic regression',
  linear: 'Linear regression',
  network: 'Small neural network',
  boosting: 'Glass-box boosting',
  bag: 'Bag of words',
  recurrent: 'Recurrent network (LSTM) for text',
  attention: 'Small transformer for text',
  'encoder-head': 'Pre-trained text encoder',
  'word-counts': 'Bag of words, counted',
  'tuned-encoder': 'Pre-trained text encoder, trained further',
  tagger: 'Recogniser of names in text',
};
