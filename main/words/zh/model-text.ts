import type { encoders as enEncoders, modelText as enModelText } from '../en/model-text.ts';

/** 自由文本模型。传入的数字和列表已按语言格式化。 */
export const modelText: typeof enModelText = {
  columns: '模型可以阅读的自由文本',
  columnsText: '模型可以只读自由文本，也可以把它和上面的列一起使用。拿不准时，先只用文本。',
  column: (language) => `自由文本，${language}`,
  columnSensitive: (language) => `自由文本，${language}；敏感`,
  alone: '只用文本',
  languages: {
    en: '英文',
    zh: '中文',
    mixed: '中文夹杂其他文字',
    other: 'Concord 不认识的语言',
    none: '没有文字',
  },
  found: (column, language) => `“${column}”列是自由文本（${language}）。`,
  reading: '正在判断文本的语言',

  recommended: (kind) => `${kind}（推荐）`,
  reader: (languages, isPrivate) =>
    `现成的${languages}阅读器，末端${isPrivate ? '采用隐私保护' : '在本机'}训练`,
  readerNamed: (name, languages, isPrivate) =>
    `${name}：现成的${languages}阅读器，末端${isPrivate ? '采用隐私保护' : '在本机'}训练`,
  anyLanguage: '多语言',
  readerHint: (name, size, licence) =>
    `它已经从公开文本中学会了理解句子；只有最后一步，即根据句子的含义和统计到的词语得出答案，才从你的记录中学习。最适合采用隐私保护且记录较少的情形。${name}，${size}，许可证 ${licence}。`,
  onlyIf: (hint, languages) =>
    `${hint}Concord 无法判断语言：只有当文本确实是${languages}时才选择它。`,
  bag: '统计词语，在本机训练',
  bagHint:
    '速度快。它学习哪些词指向哪个答案，不看词的先后。个别词语就能说明问题时效果好，任何语言都适用。',
  recurrent: '逐词阅读，在本机训练',
  recurrentHint: '循环网络（LSTM），会考虑词的先后。比上面几种需要多得多的记录，用时也更长。',
  attention: '把每个词与其他所有词对照阅读，在本机训练',
  attentionHint: '小型 Transformer。在所有种类中，需要的记录最多，用时最长。',
  notProposed: '未推荐的现成阅读器',
  refusedLanguage: (name, languages) =>
    `${name} 只认识${languages}，而这些文本不全是${languages}。`,
  refusedStates: {
    missing: (name) => `${name}：文件不在这台电脑上。`,
    altered: (name) => `${name}：文件与原来的不一致。`,
    unavailable: (name) => `${name}：无法在这台电脑上运行。`,
  },
  aloneOnly: '在本机训练的神经网络只读自由文本。要从中选择，请不使用其他列。',
  kindMissing: '这一种只读自由文本：请另选一种，或不使用其他列',
  advanced: '现成阅读器的高级设置',
  tuneShort: '与末端一起训练',
  tune: '现成阅读器的哪些部分一起训练？',
  tunes: {
    head: '都不训练，只训练末端',
    biases: '它的偏置（BitFit）',
    'low-rank': '在它之上的少量附加参数（低秩，LoRA）',
    all: '全部',
  },
  tuneHints: {
    head: '速度快，隐私保护的噪声只影响少数参数：几乎总是合适。',
    biases: '每一层的少数参数。用时长得多。',
    'low-rank': '多训练几千个参数。用时长得多。',
    all: '采用隐私保护时，每个参数都会加入噪声：只适合记录非常多的情形，用时最长。',
  },

  wordsTitle: '模型可以认识哪些词？',
  wordsText:
    '在本机训练的模型带有一份词表。词表中的生僻词可能暴露唯一用过它的那个人。因此，词表要么是公开的，要么是加噪声得到的。',
  wordsPublic: '公开词表中的词',
  wordsPublicHint: '常用英文词和词片，以及汉字。不占用隐私限度，几乎总是合适。',
  wordsBought: '再加上记录中许多人都用的词，加噪声查找',
  wordsBoughtHint:
    '能认识你所在领域的词语；只有少数人使用的词不会进入词表。这会用掉一部分隐私限度（后面的页面会显示），并需要几千条记录。',

  checkText: '自由文本',
  checkNoColumns: '只用自由文本',
  checkEncoder: (name, licence) => `${name}，许可证 ${licence}`,
  checkCounts: '同时统计文本中的词语',
  checkTune: (what) => `与末端一起训练：${what}`,
  tokens: {
    words: '按词和词片阅读',
    characters: '按字阅读',
    mixed: '按词阅读，没有空格的文字按字阅读',
  },
  reads: '模型阅读的内容',
  encoder: '现成阅读器',
  encoderTold: ({ id, name, licence }) =>
    name === null || licence === null
      ? `${id}（已不在这台电脑上）`
      : `${name}（${id}），许可证 ${licence}`,
  vocabulary: '认识的词',
  vocabularies: {
    public: '公开词表中的词',
    bought: '公开词表中的词，以及加噪声查找的、记录中许多人都用的词',
    given: '方案中列出的词',
    learnt: '公开词表中的词，以及训练记录中的词，后者学习时没有隐私保护',
  },
  spansFound: (of100) => `文本中的 100 个实体，它准确找出了 ${of100} 个。`,
  spansRight: (of100) => `它标出的 100 个实体中，${of100} 个完全正确。`,
  usualToken: (of100) => `如果总是回答“不是实体”，100 个词中能答对 ${of100} 个。`,
  byKind: '各类实体的情况',
  byKindColumns: {
    kind: '类别',
    count: '测试中的数量',
    recall: '100 个中找出',
    precision: '标出的 100 个中正确',
    f1: '两者合一（F1）',
  },

  attendOpen: '查看模型关注什么',
  attendTitle: '模型关注什么',
  attendText:
    '模型先对一段文本作出回答，再每次去掉其中一个部分重新回答。去掉之后答案变化最大的部分，就是它所关注的。',
  attendWhich: '查看哪段文本？',
  attendTyped: '自己输入的文本',
  attendTypedHint: '输入的文本不会保存。其他各列一律算作“不知道”。',
  attendTested: '测试中的一条记录',
  attendTestedHint: '模型没有从它学习过。',
  attendField: (column) => `“${column}”列的文本`,
  attendNumber: (most) => `测试中的第几条记录（1 到 ${most}）`,
  attendButton: '显示影响答案的部分',
  attendWorking: '模型正在阅读这段文本，每次去掉一个部分',
  attendEmpty: '输入一段文本',
  attendNumberWrong: (most) => `输入 1 到 ${most} 之间的整数`,
  attendTooLong: (most) => `把文本缩短到 ${most} 个字符以内`,
  attendAnswer: '答案',
  attendSays: (value) => `模型的回答是“${value}”。`,
  attendScore: (of, percent) => `根据全文，它认为是“${of}”的可能性为 ${percent}。`,
  attendPredicts: (figure) => `根据全文，模型预测的数值为 ${figure}。`,
  attendNone: '这段文本中没有模型认识的内容，因此它不作回答。',
  attendMoves: '哪些部分影响答案',
  attendFor: (part, before, after) =>
    `去掉“${part}”，结果会从 ${before} 变为 ${after}：这一部分支持它。`,
  attendAgainst: (part, before, after) =>
    `去掉“${part}”，结果会从 ${before} 变为 ${after}：这一部分不利于它。`,
  attendNothing: '没有哪个部分单独就能明显影响答案。',
  attendShown: '标出各部分的文本',
  attendKey: '实线框表示支持该答案的部分，虚线框表示不利于该答案的部分。数字是答案变化的百分点。',
  attendKeyNumber: '实线框表示使预测值升高的部分，虚线框表示使预测值降低的部分。数字是变化的大小。',
  attendTable: '所有部分，影响最大的在前',
  attendPart: '部分',
  attendColumn: '列',
  attendChange: '变化（百分点）',
  attendChangeNumber: '预测值的变化',
  attendMore: (figure) => `+${figure}`,
  attendLess: (figure) => `−${figure}`,
  attendShortened: '文本太长，无法全部解释：只读了开头部分。',
  attendLimits:
    '每次只去掉一个部分：两个部分合在一起才有的作用显示不出来。这里说明的是什么影响这个模型，而不是这个人的真实情况。',
};

/** 本机文本编码器页面。 */
export const encoders: typeof enEncoders = {
  open: '这台电脑上的文本编码器',
  title: '文本编码器',
  text: '文本编码器是现成的阅读器：它已经从公开文本中学会了理解句子。阅读自由文本的模型可以建立在它之上。所有编码器都在这台电脑上运行，不需要网络。',
  reading: '正在查看编码器',
  none: '这台电脑上没有编码器。',
  name: '编码器',
  language: '语言',
  any: '不限',
  size: '大小',
  licence: '许可证',
  origin: '来源',
  state: '状态',
  states: {
    ready: '可以使用',
    missing: '文件缺失',
    altered: '文件已被改动',
    unavailable: '无法在此运行',
  },
  checked: (when) => `检查于 ${when}`,
  unchecked: '尚未检查',
  compared: '打开本页时比对过文件',
  came: '随 Concord 附带',
  actions: '操作',
  check: '检查',
  checkLabel: (name) => `检查 ${name} 的文件`,
  checking: (name) => `正在检查 ${name}`,
  good: (name) => `${name}：所有文件都与原来一致，能够阅读测试句子。`,
  bad: {
    missing: (name) => `${name}：文件缺失。重新安装 Concord，或重新导入这个编码器。`,
    altered: (name) =>
      `${name}：有文件与原来的不一致。不要使用它：重新安装 Concord，或从可信的来源重新导入。`,
    unavailable: (name) => `${name}：这台电脑缺少运行它所需的组件。在本机训练的模型不受影响。`,
  },
  remove: '移除',
  removeLabel: (name) => `移除 ${name}`,
  removeTitle: (name) => `移除 ${name}？`,
  removeText: '建立在它之上的模型会保留结果，但在重新导入之前不能再给记录打分。',
  removeButton: '移除编码器',
  removed: (name) => `${name} 已移除。`,
  import: '从文件夹导入编码器',
  importHint:
    '文件夹中应有 TensorFlow.js 计算图、词表和说明文件 encoder.json。这些文件会经过检查、复制，并用测试句子试运行。只从可信的来源导入。',
  importing: '正在检查和复制编码器，可能需要一分钟。',
  imported: (name) => `${name} 已导入，能够阅读测试句子。`,
  stewardOnly: '只有管理员可以导入或移除编码器。',
};
