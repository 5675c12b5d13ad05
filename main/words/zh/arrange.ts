import type { arrange as enArrange } from '../en/arrange.ts';

/** 导入步骤中关于记录如何组织的文字。传入的数字已按语言格式化。 */
export const arrange: typeof enArrange = {
  title: '这些记录是怎样组织的？',
  text: '这些回答与记录一起保存，每次训练都从它们开始。',
  newest: (name) => `以下回答针对最新的记录 ${name}。`,
  tasks: {
    label: '选择要预测什么',
    unit: '说明怎样算一个人',
    split: '选择用哪些记录测试模型',
  },
  hints: {
    label: '答案所在的列。选定后会找出泄露答案的列。',
    unit: '同一个人会不会有几条记录，隐私限度保护的是谁。',
    split: '模型从哪些记录中学习，由哪些记录来检验。',
  },
  splitAgain: '先前的划分方式与刚才的修改不符，请重新选择。',

  questionTitle: '模型要预测什么？',
  questionText:
    '模型会给出一个答案，并说明有多大把握。选择之前先想一想：答错会伤害到谁？它对一部分人一定会答错。',
  questionColumn: '答案所在的列',
  questionColumnHint:
    '有两个不同的值时，问题的答案为“是”或“否”；不超过二十个值时，模型说出是哪一个；数字列可以作为数值来预测；为文本的每个词给出标记的列，可以逐词预测。',
  questionChoose: '选择一列',
  questionYes: '哪个值表示“是”？',
  questionYesHint: '与记录中的写法完全一致，例如“是”或 1。各列的取值可在“导入记录”中查看。',
  questionNo: '哪个值表示“否”？',
  questionNone:
    '这些记录中没有可以预测的列：需要有二到二十个不同的值，或者是数字。添加含有这种列的记录，或在这些记录的页面上给它们加标签。',
  targetTitle: '怎样预测这一列？',
  targets: {
    classes: '作为多个值中的一个',
    ordered: '作为有顺序的多个值中的一个',
    number: '作为数值',
  },
  targetHints: {
    classes: '例如疾病的种类：值与值之间没有远近之分。',
    ordered: '例如轻、中、重：只差一级的错误较小。',
    number: '例如住院天数：模型给出一个数量。',
  },
  values: '该列的值',
  valuesHint: '每行一个，与记录中的写法完全一致。各列的取值可在“导入记录”中查看。',
  valuesHintOrdered:
    '每行一个，从最低的开始，与记录中的写法完全一致。各列的取值可在“导入记录”中查看。',
  valuesMissing: '填写 3 到 20 个不同的值，每行一个',
  harmful: '漏掉会造成危害的值',
  harmfulHint: '例如重症。按人群评审时，会把这个值与其他所有的值相比较；不填就没有这项评审。',
  harmfulUnknown: '漏掉会造成危害的值必须是上面所填的值之一',
  tagsText: (text) =>
    `这一列的每个单元格为“${text}”列的每个词给出一个标记。模型阅读这些文本，学习给每个词打上标记，例如哪些词是姓名。`,
  tags: '标记的类别',
  tagsHint:
    '每行一个，可以只写类别（例如 PER、LOC），也可以照记录中的写法写出标记（例如 B-PER、I-PER）。表示“不属于任何类别”的标记 O 不必写。',
  tagsMissing: '填写 1 到 50 个类别或其标记，每行一个',
  sumTags: (column, text, values) =>
    `${column}：“${text}”列每个词的标记，类别为${values.map((value) => `“${value}”`).join('、')}`,
  boundsText:
    '填写这个数公认可能的范围，例如年龄从 0 到 120 岁。模型的回答不会超出这个范围。如果没有人知道，两项都留空：启用隐私保护时会在加噪声的情况下找出范围，并占用一部分预算。',
  lowest: '最小的数',
  highest: '最大的数',
  lowestWrong: '填写最小的数，或两项都留空',
  highestWrong: '填写比最小的数更大的数，或两项都留空',
  sumClasses: (column, values) =>
    `${column}：${values.map((value) => `“${value}”`).join('、')}之一`,
  sumOrdered: (column, values) =>
    `${column}：按顺序为${values.map((value) => `“${value}”`).join('、')}`,
  sumHarmful: (value) => `漏掉“${value}”会造成危害。`,
  sumNumber: (column, low, high) => `${column}：${low} 到 ${high} 之间的数`,
  sumNumberOpen: (column) => `${column}：一个数`,
  columnMissing: '选择答案所在的列',
  yesMissing: '填写表示“是”的值',
  noMissing: '填写表示“否”的值',
  sameValues: '“是”和“否”的值不能相同：修改其中一个',

  peopleTitle: '同一个人会出现在几条记录里吗？',
  peopleText:
    '例如来过不止一次的患者。怎样算一个人，决定了隐私限度保护的是谁，也关系到测试是否可信。',
  peopleRepeats: (columns) => `${columns} 列中有些值出现在几条记录里。`,
  peopleUnique: (columns) => `${columns} 列中每个值只出现在一条记录里。`,
  peopleSeemsSeveral: '如果这些值是用来区分个人的，答案看来是“会”。',
  peopleSeemsOnce: '如果这些值是用来区分个人的，答案看来是“不会”。',
  peopleUnclear: '答案取决于其中哪一列代表一个人。',
  peopleOnce: '不会，每个人只有一条记录',
  peopleOnceHint: '采用隐私保护时，限度针对每条记录。',
  peopleSeveral: '会，一个人可以有几条记录',
  peopleSeveralHint: '采用隐私保护时，限度针对每个人，包括其全部记录。',
  peopleMissing: '选择同一个人是否会出现在几条记录里',
  person: '用来区分个人的列',
  personHint: '例如患者编号。模型看不到这一列。这一列为空的记录不参与训练。',
  personMissing: '选择用来区分个人的列',
  personNone:
    '这些记录中没有能区分个人的列。选择含有这种列的记录，或者回答“不会”：这样限度只针对每条记录',
  mostRows: '每个人最多计入几条记录',
  mostRowsHint:
    '这个人更多的记录不参与训练。无论填多少，对每个人的限度都一样：计入的记录越多，每一条的分量越小。',
  mostRowsWrong: '每个人最多计入的记录数要填 1 到 10,000 的整数',

  splitTitle: '用哪些记录测试模型？',
  splitText: '模型学习时不使用这些记录，这样测试才能反映它对没有见过的人有多准。',
  splitRecords: '随机留出一部分记录',
  splitRecordsHint: '由 Concord 用本研究的密钥抽取。记录相同，抽取的结果也相同。',
  splitPeople: '随机留出一部分人',
  splitPeopleHint: 'Concord 抽取的是人，不是记录：一个人的全部记录都归入同一部分。',
  splitByColumn: '由一列来指明',
  splitByColumnHint: '该列为每条记录写明“train”（训练）、“validation”（验证）或“test”（测试）。',
  splitByDate: '按日期，用较晚的记录',
  splitByDateHint: '模型从较早的记录中学习，用较晚的记录测试，与实际使用时一样。',
  splitByDatePeople: '每个人按第一条记录归入一个部分，落在分界另一侧的较晚记录不参与。',
  splitDate: '日期所在的列',
  splitDateHint: '日期，或随时间增大的数字，例如年份。',
  splitDateMissing: '选择日期所在的列',
  splitDatesGone: '这些记录中没有日期列：改为随机留出一部分',
  testFrom: '测试部分从哪天开始',
  testFromHint: '写成年-月-日，例如 2024-01-31；如果该列是数字，就填数字。更早的记录用来学习。',
  testFromWrong: '填写测试部分的开始日期，例如 2024-01-31',
  testFromNumber: '填写测试部分开始的数字，例如 2024',
  validationFrom: '验证部分从哪天开始',
  validationFromHint: '要早于测试部分的开始日期。不需要验证部分时留空。',
  validationFromWrong: '验证部分的开始日期必须早于测试部分的开始日期',
  validationFromNumber: '验证部分开始的数字必须小于测试部分开始的数字',
  validationShare: '用于验证的百分比',
  validationHint:
    '另外留出的记录，用来比较各种设置，而不必去看测试结果。它们的数字与测试的数字并列给出，此外不作他用。',
  validationWrong: '用于验证的百分比要填 1 到 50 的数，或留空',
  tooMuchHeld: '测试和验证加起来，至少要留下 10% 的记录用来学习',
  stratifyTitle: '是否按答案的比例抽取？',
  stratify: '对每个答案留出同样的比例',
  stratifyHint:
    '只用于不采用隐私保护的训练：这样每条记录的去处取决于其他记录，任何隐私限度都不成立。',
  splitColumn: '写有“train”或“test”的列',
  shareRecords: '留出记录的百分比',
  sharePeople: '留出人数的百分比',
  shareHint: '对大多数记录，五分之一（20）比较合适。',
  shareWrong: '留出的百分比要填 1 到 90 的数',
  splitColumnMissing: '选择写有“train”或“test”的列',
  splitColumnsGone: '这些记录中没有写着“train”和“test”的列：改为随机留出一部分',
  splitIsPerson: '这一列用来区分个人：为“train”和“test”另选一列',
  splitLeavesSome: (column) =>
    `${column} 中有些内容不是“train”、“validation”或“test”，这些记录不参与任何部分。`,
  splitWhole: '一个人的全部记录必须在同一部分。',
  sumSplitLater: (column, from) => `“${column}”为 ${from} 或更晚的记录`,
  sumLaterPeople: (column, from) => `第一条记录的“${column}”为 ${from} 或更晚的人`,
  sumValidationFrom: (from) => `用于验证：从 ${from} 到此前的部分`,
  sumValidationShare: (percent) => `用于验证：${percent}%`,
  sumStratified: '对每个答案抽取同样的比例，因此只用于不采用隐私保护的训练。',
  sizesRecords: (train, validation, test) =>
    validation === null
      ? `约 ${train} 条记录用于学习，${test} 条用于测试。`
      : `约 ${train} 条记录用于学习，${validation} 条用于验证，${test} 条用于测试。`,
  sizesPeople: (train, validation, test) =>
    validation === null
      ? `约 ${train} 人用于学习，${test} 人用于测试。`
      : `约 ${train} 人用于学习，${validation} 人用于验证，${test} 人用于测试。`,
  sizesNeither: (count) => `约 ${count} 条记录不参与任何部分。`,
  together: (lines) => lines.reduce((all, line) => `${all.replace(/。$/, '')}。${line}`),
  splitNoColumn: '也可以由一列写明“train”或“test”来指定，但这些记录中没有这样的列。',
};
