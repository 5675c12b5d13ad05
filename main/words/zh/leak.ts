import type { LeakWords } from '../en/leak.ts';

/** 泄露测试：界面和报告的文字。传入的数字已按语言格式化。 */
export const leak: LeakWords = {
  toTest: '测试模型会透露什么',
  title: '模型会不会泄露个人？',
  text: 'Concord 像外人那样攻击模型：设法判断谁的记录曾用于训练，并猜测外人不知道的某一列的内容。',
  how: '为此要按同样的方式另外训练几个对照模型，需要几秒到几分钟。任何内容都不会离开保险库，也不会从账本中扣除。',
  groupsLegend: '用来区分人群的列',
  groupsHint: '整体看来安全时，较小的人群仍可能被认出。',
  sensitive: '不应被任何人推断出来的列',
  sensitiveHint: '测试会衡量：与只知道其余各列的人相比，拿到模型的人能多猜对多少。',
  nothing: '不选',
  start: '开始泄露测试',
  again: '重新测试',
  reading: '正在读取测试结果',
  running: '本研究的泄露测试正在进行。',
  toRunning: '查看进度',
  back: '返回评审',
  exact: '这里的数字与报告一样经过取整；精确的数字与模型一起保存在保险库里。',

  section: '泄露测试',
  summary: '攻击者能发现什么',
  blocked: (bound, promise) =>
    `训练没有兑现承诺：攻击表明 ε 至少为 ${bound}，而模型承诺的是 ${promise}。不得使用这个模型，任何人都不能签署。`,
  about: (references) =>
    `模型受到了外人可能采取的攻击，并借助 ${references} 个对照模型：它们以同样的方式训练，各用同一批记录中随机抽取的一半。`,
  aboutAlone:
    '模型受到了外人可能采取的攻击，但只依据它自身的误差：训练开始时所用的公开文本没有保存，因此无法重复这次训练。这样的攻击会漏掉很多。',
  chance: '判断谁的记录曾用于训练，并不比掷硬币更准。',
  named: (share, interval) =>
    `在两个人中，有一个人的记录曾用于训练，攻击者每 100 次有 ${share} 次指对（${interval}）；掷硬币是 50 次。`,
  found: (rate) => `如果每一百个外人中最多误认一人，能认出 ${rate} 的成员；随意猜测能认出 1%。`,
  unsure: '记录太少，无法判断攻击者能做到什么程度。',
  drift:
    '请注意：不知道谁是成员的模型也能区分这两部分人。训练记录与测试记录的差别不只在于是否用于训练，因此攻击者的发现有一部分来自这种差别。',
  attribute: (column, members, without) =>
    `对于训练记录中的人，借助模型每 100 人能猜对 ${members} 人的“${column}”，只凭其他列能猜对 ${without} 人。`,
  gainNone: '就目前所见，模型在这方面对攻击者没有帮助。',
  gain: (points, interval) =>
    `也就是说，模型使猜对的比例增加了 ${points} 个百分点（${interval}）。`,
  gainOthers: (points) =>
    `对于模型没有学过的人，增加了 ${points} 个百分点：这一部分来自模型掌握的一般规律。`,
  bound: (bound, promise) =>
    `用编造的记录按同样方式训练并审计，有 95% 的把握说 ε 至少为 ${bound}。承诺值为 ${promise}：审计没有发现与之相悖之处，但这本身不能证明什么。`,
  outOfReach: (largest) => `这种审计最多只能显示到 ${largest}：高于它的承诺即使落空也查不出来。`,
  noPromise: '训练没有采用差分隐私，因此没有可供审计核对的承诺；目前所知的只有上述攻击的结果。',
  exposure: (mean, chance, most) =>
    `编造的短语各只出现在一条记录里，平均暴露 ${mean} 比特；随机水平为 ${chance}，最高为 ${most}。`,
  notPrivate:
    '攻击得到的数字来自训练记录，不受隐私保证的保护，因此在这里取整；成员或其他人不足 100 的数字不予列出。',
  chart: (column) => `按“${column}”：攻击者在两人中指对的比例`,
  group: '人群',
  right: '每 100 次指对',
  coin: '掷硬币',
  table: '对成员身份的攻击',
  attack: '攻击方式',
  attacks: {
    ratio: '借助对照模型',
    loss: '只凭模型自身的误差',
    control: '借助不知道成员身份的模型',
  },
  columns: {
    auc: 'AUC',
    interval: '区间（95%）',
    one: 'FPR 为 1% 时的 TPR',
    tenth: 'FPR 为 0.1% 时的 TPR',
  },
  unmeasured: '未测量',
  below: (rate) => `低于 ${rate}`,
  left: (names) => `因记录太少而没有列出：${names}。`,
  reasons: {
    'no-plan': '没有给出方案',
    'not-private': '没有隐私保护',
    'too-few': '记录太少',
    'not-repeatable': '无法重复训练',
  },
};
