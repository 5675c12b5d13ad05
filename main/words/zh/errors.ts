import { amount, type ErrorWords } from '../en/errors.ts';
import type { ErrorParams } from '../../contract/errors.ts';
import { show as join } from '../show.ts';
import { encoderErrors } from './encoder-errors.ts';
import { fileErrors } from './file-errors.ts';

const show = (value: ErrorParams[string] | undefined): string => join(value, '、');

/** 同一 δ 下还能申请多少；查找过才有，0 表示没有。 */
function wouldFit(largest: ErrorParams[string] | undefined): string {
  if (largest === undefined) return '申请不超过剩余的量，或由管理员调高预算。';
  return largest === 0
    ? '在这个 δ 下，这样的训练已放不下。申请更小的 δ，或由管理员调高预算。'
    : `在这个 δ 下，这样的训练最多可申请 ε = ${amount(largest, 'down')}。申请不超过它，或由管理员调高预算。`;
}

const ABSENT: Readonly<Record<string, string>> = {
  yes: '表示“是”的那个值',
  no: '表示“否”的那个值',
  both: '所填的两个值',
  some: '所填的某个值',
};

const HIERARCHY_REASONS: Readonly<Record<string, string>> = {
  empty: '没有任何内容',
  ragged: '层级数与第一行不同',
  'quote-open': '引号没有闭合',
  'two-generalisations': '这个值在前面的行里有不同的泛化',
  'not-a-tree': '同一个标签在上一层对应两个不同的标签',
};

const BUILD_REASONS: Readonly<Record<string, string>> = {
  numbers: '取值不都是数字，换一种方式',
  widths: '每个宽度必须是前一个的整数倍，例如 5、10、20',
  bounds: '上限必须大于下限',
  dates: '取值不都是日期，换一种方式',
  units: '至少选择一个比取值更粗的单位',
  levels: '会超过 20 级；每级多隐藏几个字符，或减少组中的组',
  order: '顺序中缺少记录里的取值，打开顺序页补上',
  runs: '每个数必须是前一个的整数倍，例如 2、4、8',
  'group-order': '有一个组包含在它自己里面，重新分组',
  'group-names': '每个组要有自己的名称，而且不能与组外的取值相同',
  'value-twice': '有一个取值出现了两次，重新排序或分组',
  files: '各列的文件合起来太大，换一个小些的文件',
  size: '内容太多：文件最多 100,000 个字符，手工排序或分组最多 300 个取值',
};

const MODEL_REASONS: Readonly<Record<string, string>> = {
  'k-above-rows': 'k 大于记录数，选更小的 k',
  'not-sensitive': '它的属性不在方案的敏感列中，把它加进去',
  'hierarchy-missing': '它的属性需要泛化层次，在方案中指定',
  'hierarchy-no-root': '它的属性的泛化层次最后一层必须只有一个标签',
  'order-missing':
    '它的属性需要次序，在方案的 order 中从前到后列出全部取值（没有缺失的数字和日期不用列）',
  'population-missing': '它需要知道总体，在方案中给出总体人数或总体表',
  'population-small': '总体人数少于记录数，给出真实的人数',
  'population-table-missing': '它需要总体表，在方案中指定',
  'minimum-above-maximum': '它的下限大于上限，把两者对调',
  'ranges-people':
    '区间只覆盖其中记录的取值，总体中的人会落在区间之外，无法计数；改用泛化层次（"search": "optimal"），或只给出总体人数',
  'ranges-relaxed':
    '宽松划分的各部分可能得到相同的区间而合成一组，合成的组不一定满足它；改用 "strict" 划分',
};

const POPULATION_REASONS: Readonly<Record<string, string>> = {
  'table-unreadable': '读不了总体表，检查文件名',
  'size-below-rows': '总体人数少于记录数，给出真实的人数',
  'column-missing': '总体表中没有这一列，补上它或不用总体表',
  'hierarchy-lacks-value': '其中有泛化层次里没有的值，为每个值补一行',
  'records-missing': '有些记录所对应的人不在其中，使用这些记录所来自的总体表',
};

const MECHANISM_REASONS: Readonly<Record<string, string>> = {
  noise: '噪声乘数须在 0.001 到 1000000000 之间',
  rate: '抽样率须大于 0 且不超过 1',
  steps: '步数须为不小于 1 的整数',
  count: '记录数须为不小于 1 的整数',
  failure: '每次发布的 δ 须在 0 到 1 之间，合计须小于方案的 δ',
  trials: '平均次数须在 1.01 到 1000 之间',
  'trial-failure': '搜索中的每次训练都不能有失败概率，去掉其中各阶段的 delta',
  'batch-above-dataset': '批次不能大于记录总数，改小批次',
  'no-phase': '方案中没有任何阶段，至少写一个',
  'mixed-neighbours':
    '它与前面各阶段保护的对象不同（一种是替换一条记录，另一种是增删一条记录），分成两个方案核算',
};

const TARGETS: Readonly<Record<string, string>> = {
  binary: '两个值中的一个',
  classes: '多个值中的一个',
  ordered: '有顺序的值',
  number: '数值',
  tags: '文本中每个词的值',
};

const BACKEND_REASONS: Readonly<Record<string, string>> = {
  'no-vectors': '处理器或运行环境没有向量指令',
  'no-avx': '处理器没有 AVX',
  'not-installed': '本机库未安装',
  'not-loading': '本机库无法加载',
  'several-rows': '它不能把一个人的多行合并裁剪',
  text: '在本机训练的文本模型需要 TensorFlow',
};

/** What would make a plan possible that cannot be met. */
function remedies(p: ErrorParams): string {
  const raise = p['limit'] === undefined ? '提高上限' : `把上限提高到 ${show(p['limit'])}`;
  const named = (key: string): string => (p[key] === undefined ? '' : show(p[key]));
  return [
    `${raise}、降低要求，或增加更粗的层级。`,
    named('possible') && `上限和其他模型不变时，改成下面任何一项都可以满足：${named('possible')}。`,
    named('coarser') &&
      `在下面任何一列增加一个把所有值合为一个的最粗层级也可以：${named('coarser')}。`,
    named('coarserTogether') &&
      `在下面每一列都增加一个把所有值合为一个的最粗层级也可以：${named('coarserTogether')}。`,
  ].join('');
}

/** A reason code in words; one that is not listed is shown as it is. */
function reason(words: Readonly<Record<string, string>>, p: ErrorParams): string {
  const code = show(p['reason']);
  return words[code] ?? code;
}

/** 每个错误代码一句话：哪里有问题，怎么办。 */
export const errors: ErrorWords = {
  REQUEST_MALFORMED: (p) =>
    `请求 ${show(p['call'])} 在 ${show(p['path'])} 处不符合约定的格式，需按约定重新发送。`,
  COMMAND_UNKNOWN: (p) =>
    `没有“${show(p['command'])}”这个命令。可用的命令有：${show(p['known'])}。`,
  OPTION_UNKNOWN: (p) =>
    `命令 ${show(p['command'])} 没有选项“${show(p['option'])}”。可用的选项有：${show(p['known'])}。`,
  OPTION_MISSING: (p) => `命令 ${show(p['command'])} 缺少 ${show(p['option'])}，补上后再运行。`,
  OPTION_INVALID: (p) => `选项 ${show(p['option'])} 的取值不能使用，应为：${show(p['expected'])}。`,
  PLAN_UNREADABLE: (p) => `方案文件 ${show(p['file'])} 不是可读的 JSON，检查其中的引号和逗号。`,
  PLAN_INVALID: (p) =>
    `方案在“${show(p['path'])}”处不合要求：${show(p['expected'])}。修改这一项后再运行。`,
  OUTPUT_EXISTS: (p) => `文件 ${show(p['file'])} 已存在，未作改动。换一个名字，或加上 --force。`,
  OUTPUT_UNWRITABLE: (p) =>
    `无法写入文件 ${show(p['file'])}。检查文件夹是否存在、是否可写、空间是否足够。`,
  CANCELLED: () => '工作在完成前已取消，没有保存任何结果。',
  ...fileErrors,
  COLUMN_UNKNOWN: (p) =>
    `没有“${show(p['column'])}”这一列。最接近的列名是“${show(p['nearest'])}”。`,
  COLUMN_NOT_NUMERIC: (p) =>
    `列“${show(p['column'])}”应为数字，因为填写了最小值和最大值，或者要把它作为数值来预测，但第 ${show(p['row'])} 行不是数字。修正这一行，或改为填写该列的取值清单，或不使用该列。`,
  REPAIR_UNFIT: (p) =>
    `第 ${show(p['place'])} 项修复（${show(p['repair'])}）不适用于列“${show(p['column'])}”，这一列的类型是 ${show(p['type'])}。修改这一项，或把它从清单中去掉。`,
  REPAIR_LEAVES_NOTHING: (p) =>
    `第 ${show(p['place'])} 项修复（${show(p['repair'])}）会使记录或列一个不剩，把它从清单中去掉。`,
  FILL_LEARNED_LATER: (p) =>
    `列 ${show(p['columns'])} 的中位数或最常见的值只在训练模型时从训练部分学得，文件里无法写出。这里改用固定的值填补，或在训练方案中写明 fill。`,
  COLUMN_EXISTS: (p) => `已经有“${show(p['column'])}”这一列，给标签换一个名称。`,
  LABEL_RULE_UNFIT: (p) =>
    `第 ${show(p['place'])} 条规则对列“${show(p['column'])}”作比较（${show(p['test'])}），但这一列的类型是 ${show(p['type'])}，或所填的值不是这种类型。修改这条规则，或把它从清单中去掉。`,
  LABELS_NONE: () => '没有任何记录会得到标签。修改规则，或先人工标注。',
  LABELLING_NOT_BEGUN: () => '这些记录还没有开始人工标注，先填写标签的名称和取值。',
  LABEL_VALUE_USED: (p) =>
    `新的清单缺少已经标给记录的取值（${show(p['count'])} 个）。保留这些取值，或先撤销相应的标注；可以另外增加取值。`,
  COLUMN_TYPE_MISMATCH: (p) =>
    `列“${show(p['column'])}”不能按 ${show(p['type'])} 类型读取：有 ${show(p['rows'])} 个单元格不符（首个在第 ${show(p['row'])} 行）。换一种类型、修正这些单元格，或把它们列为缺失标记。`,
  ROLE_MISSING: (p) =>
    `以下各列还没有角色：${show(p['columns'])}。说明每列是准标识符、敏感属性还是非敏感属性，或从文件中去掉。`,
  ROLE_CONFLICT: (p) => `以下各列有不止一个角色：${show(p['columns'])}。每列只留一个角色。`,
  HIERARCHY_UNREADABLE: (p) =>
    `无法从 ${show(p['file'])} 读取“${show(p['column'])}”的泛化层次，检查文件名。`,
  HIERARCHY_LACKS_VALUE: (p) =>
    `“${show(p['column'])}”的泛化层次缺少记录中的 ${show(p['missing'])} 个值（首次出现在第 ${show(p['row'])} 行），把它们补进层次。`,
  HIERARCHY_INVALID: (p) =>
    `“${show(p['column'])}”的泛化层次有矛盾（第 ${show(p['line'])} 行：${reason(HIERARCHY_REASONS, p)}），修正这一行。`,
  HIERARCHY_NOT_BUILT: (p) => `“${show(p['column'])}”不能这样模糊化：${reason(BUILD_REASONS, p)}。`,
  LEVELS_INVALID: (p) =>
    `“${show(p['column'])}”允许的级必须在 0 到 ${show(p['top'])} 之间，最低不能高于最高，请修改。`,
  PRIVACY_MODEL_INVALID: (p) =>
    `隐私模型“${show(p['model'])}”不能使用：${reason(MODEL_REASONS, p)}。`,
  PRIVACY_MODEL_UNMET: (p) =>
    `在抑制上限内没有任何泛化能满足隐私模型：${show(p['rows'])} 行中至少要抑制 ${show(p['needed'])} 行，而只允许 ${show(p['allowed'])} 行。${remedies(p)}`,
  POPULATION_UNFIT: (p) =>
    `总体不适用${p['column'] === undefined ? '' : `（“${show(p['column'])}”列）`}：${reason(POPULATION_REASONS, p)}。`,
  COLUMN_EMPTY: (p) => `“${show(p['column'])}”列没有任何值。去掉这一列，或先把它填好。`,
  TEXT_NONE: () => '这些记录中没有自由文本列，没有可以查找的内容。',
  TEXT_UNSEARCHED: (p) =>
    `“${show(p['column'])}”列的自由文本还没有查找过。请先查找自由文本，或不保留这一列。`,
  FINDING_UNKNOWN: (p) =>
    `“${show(p['column'])}”列中没有这一处发现，可能已被撤销。请重新打开这段文本。`,
  RECORD_UNKNOWN: (p) =>
    `测试中没有第 ${show(p['record'])} 条记录：一共只有 ${show(p['records'])} 条。请选择 1 到 ${show(p['records'])} 之间的一条。`,
  EPSILON_INVALID: (p) =>
    `ε 必须是大于 0 的数（给出的是 ${show(p['epsilon'])}），常用范围是 0.1 到 8。`,
  DELTA_INVALID: (p) => `δ 必须在 0 和 1 之间（给出的是 ${show(p['delta'])}）。`,
  DELTA_TOO_LARGE: (p) =>
    `对于 ${show(p['units'])} 人，δ = ${show(p['delta'])} 太大：必须小于 ${show(p['limit'])}（人数的倒数）。`,
  MECHANISM_INVALID: (p) =>
    `方案的第 ${show(p['phase'])} 阶段在“${show(p['field'])}”处无法核算：${reason(MECHANISM_REASONS, p)}。`,
  ACCOUNTANT_UNAVAILABLE: (p) =>
    `这里没有“${show(p['accountant'])}”核算方法。可用的有：${show(p['available'])}。`,
  CALIBRATION_IMPOSSIBLE: (p) =>
    `噪声加到 ${show(p['limit'])} 也达不到 ε = ${show(p['epsilon'])}。放宽 ε，或减少步数。`,
  LABEL_ONE_VALUE: (p) =>
    `标签“${show(p['column'])}”在所用记录中不足两个值。选择一个至少有两个值的标签。`,
  LABEL_TOO_MANY: (p) =>
    `标签“${show(p['column'])}”有 ${show(p['count'])} 个值；这种预测目标的模型最多支持 ${show(p['allowed'])} 个值。合并一些值，或选择另一个标签${p['allowed'] === 2 ? '；也可以把 "target" 设为 "classes" 或 "ordered"' : ''}。`,
  LABEL_IS_NUMBER: (p) =>
    `标签“${show(p['column'])}”是数字，有 ${show(p['count'])} 个不同的值，超过了作为答案最多能区分的 ${show(p['allowed'])} 个。把 "target" 设为 "number"，直接预测数值；或先把这些值归成几组。`,
  LABEL_UNLISTED: (p) =>
    `列“${show(p['column'])}”有 ${show(p['count'])} 行的值不在所填的答案之中（首次出现在第 ${show(p['row'])} 行）。所有答案都要与记录中的写法完全一致，或去掉这些行。`,
  LABEL_VALUE_ABSENT: (p) =>
    `列“${show(p['column'])}”中没有${ABSENT[show(p['absent'])] ?? '这个值'}。按记录中的写法填写；各列的取值可在“导入记录”中查看。`,
  TAGS_MISMATCH: (p) =>
    `第 ${show(p['row'])} 行中，列“${show(p['column'])}”的标记数与文本的词元数不一致。两者都用空格分隔，每个词元对应一个标记：请修正这一行，或去掉它。`,
  STATISTICS_TOO_NOISY: (p) =>
    `方案没有给出的这些信息，用这么少的隐私预算买不到：${show(p['missing'])}。只有约 ${show(p['needed'])} 条记录（或人）共有的内容才看得出来，而总数只有 ${show(p['units'])}。请在方案中写明这些信息、去掉这些列，或提高 ε 或统计所占的份额。`,
  PUBLIC_FACTS_MISSING: (p) =>
    `隐私训练不得从记录中读取以下信息：${show(p['missing'])}。在方案中给出公开的范围、类别或标签。`,
  MODEL_KIND_UNAVAILABLE: (p) =>
    `没有“${show(p['kind'])}”这种模型。可用的有：${show(p['available'])}。`,
  TARGET_UNAVAILABLE: (p) =>
    `“${show(p['kind'])}”这种模型不能预测${TARGETS[show(p['target'])] ?? '这个标签'}。可以预测的模型有：${show(p['available'])}。`,
  REASONS_UNAVAILABLE: () =>
    '此模型逐词标注文本，无法给出理由。请选择对每条记录给出一个答案的模型。',
  REVIEW_TARGET: () =>
    '这个模型从多个值中预测一个，而评审要把其中一个值与其余的值相比较。请说明漏掉哪个值会造成危害。',
  MODEL_UNREADABLE: (p) =>
    `模型文件 ${show(p['file'])} 已损坏，或不是由本程序写出的。换一个文件，或重新训练。`,
  BACKEND_UNAVAILABLE: (p) =>
    `计算后端“${show(p['backend'])}”在这台电脑上不能用（${reason(BACKEND_REASONS, p)}）。改用 "auto" 或 "javascript"。`,
  ...encoderErrors,
  SPLIT_EMPTY: (p) =>
    p['column'] === undefined
      ? `划分后的 ${show(p['part'])} 部分没有记录，修改留出的比例。`
      : p['by'] === 'date'
        ? `划分后的 ${show(p['part'])} 部分没有记录：“${show(p['column'])}”列没有落在这段时间内的内容。移动分界，或者改为随机留出一部分。`
        : `“${show(p['column'])}”列中没有一条记录写着“${show(p['part'])}”。给每条记录写上“train”或“test”，或者改为随机留出一部分。`,
  SPLIT_NOT_PRIVATE: () =>
    '分层划分要看全部记录才能决定每一条的去处，多一条记录就可能移动其他记录，任何隐私保证都不成立。去掉 "stratify"，或者不采用隐私保护训练。',
  SEARCH_NEEDS_VALIDATION: () =>
    '设置搜索要用不在隐私保证之内的验证记录来评判各次训练，而这个划分没有留出验证记录。在划分中加上 "validation"（或 "validation_from"，或标为“validation”的行），或者去掉 "search"。',
  CALIBRATION_NEEDS_VALIDATION: () =>
    '概率要用不在隐私保证之内的验证记录来校准，而这个划分没有留出验证记录。在划分中加上 "validation"（或 "validation_from"，或标为“validation”的行），或者去掉 "calibration"。',
  MITIGATION_NEEDS_VALIDATION: () =>
    '各组的阈值和校准要用不在隐私保证之内的验证记录来确定，而这个划分没有留出验证记录。训练时留出验证部分，或者改用训练前加权或训练中限制差距。',
  MITIGATION_TOO_FEW: (p) =>
    `“${show(p['column'])}”列中，有该结果和没有该结果的记录都不少于 ${show(p['least'])} 条的组不足两个，因此无法逐组确定。选择各组较大的列，或者先把小组合并。`,
  SPLIT_KEY_MISSING: () =>
    '这个划分要用研究的密钥，而这些记录不属于任何研究。加上 --vault 和 --study，或者去掉 "key"。',
  SPLIT_DATES_UNREADABLE: (p) =>
    `“${show(p['column'])}”列的内容与分界的写法不符。选择日期列并把分界写成年-月-日，或者选择数字列并用数字写分界。`,
  PERSON_IN_BOTH_PARTS: (p) =>
    `“${show(p['split'])}”列把同一个人的记录划入了不止一个部分（“${show(p['column'])}”列有 ${show(p['count'])} 个值如此，首次出现在第 ${show(p['row'])} 行）。把一个人的记录都放进同一部分，或者改为随机留出一部分人。`,
  COLUMN_TWO_USES: (p) =>
    `“${show(p['column'])}”列有两个用途：一列只能是要预测的列、用来预测的列、区分个人的列、划分记录的列，或者不使用的列。为其中一个用途另选一列。`,
  SCORE_INVALID: (p) =>
    `列“${show(p['column'])}”应为 0 到 1 的分数，但第 ${show(p['row'])} 行不是。`,
  GROUP_INVALID: (p) =>
    `列“${show(p['column'])}”有 ${show(p['count'])} 个不同的值，太多，不能用作分组。先归入区间。`,
  GROUP_VALUES_MISSING: (p) =>
    `带差分隐私的评审不能从记录中查看“${show(p['column'])}”有哪些组。写出人人都知道这一列可能有的值。`,
  GROUPS_TOO_MANY: (p) =>
    `这些分组共有 ${show(p['cells'])} 个计数格；超过 ${show(p['most'])} 个时大多只剩噪声。减少列，或减少各列的值。`,
  PREDICTION_INVALID: (p) =>
    `列“${show(p['column'])}”应为 0 和 1 的判定，或使用标签的取值，但第 ${show(p['row'])} 行不是。修正这一行，或换一列。`,
  LABEL_POSITIVE_MISSING: (p) =>
    `标签“${show(p['column'])}”不是用 0 和 1 表示的（有 ${show(p['count'])} 个值）。指明哪个值算作阳性。`,
  LABEL_POSITIVE_UNKNOWN: (p) =>
    `标签“${show(p['column'])}”中没有任何记录取所指定的阳性值。按文件中的写法填写。`,
  REFERENCE_UNKNOWN: (p) =>
    `“${show(p['column'])}”的参照组不能使用：这一列必须在分组之中，并且组里要有人。两者都按文件中的写法填写。`,
  REVIEW_EMPTY: (p) =>
    `没有一条记录既有标签“${show(p['column'])}”的真实值，又有模型的结果。检查所选的列是否正确。`,
  VAULT_NOT_FOUND: (p) => `在 ${show(p['file'])} 没有保险库。检查名称，或新建一个。`,
  VAULT_EXISTS: (p) => `${show(p['file'])} 已有保险库。打开它，或换一个名称。`,
  VAULT_WRONG_PASSPHRASE: () => '口令打不开这个保险库。检查键盘布局和大小写，再试一次。',
  VAULT_DAMAGED: (p) => `保险库已损坏（${show(p['part'])}）。从备份恢复；损坏的文件保持原样。`,
  VAULT_IN_USE: () => '保险库正在另一个窗口或程序中打开。先在那里关闭；同一时间只能有一处使用。',
  VAULT_NEWER: (p) =>
    `保险库由更新的程序写成（版本 ${show(p['found'])}，本程序只认识到 ${show(p['known'])}）。使用更新的程序。`,
  VAULT_BUSY: (p) =>
    `${show(p['person'])} 的工作仍在锁定状态下进行。在它结束之前，只有 ${show(p['person'])} 能解锁保险库。`,
  VAULT_LOCKED: () => '保险库已锁定，用口令解锁。',
  BACKUP_DAMAGED: (p) => `备份不完整（${show(p['part'])}），没有从中恢复任何内容；选择另一个备份。`,
  RESTORE_UNCONFIRMED: () =>
    '这个保险库是从备份恢复的，不知道此后又用去了多少预算。须由管理员确认恢复后，隐私任务才能继续。',
  PERSON_EXISTS: (p) => `这个保险库里已有名为“${show(p['person'])}”的人员，换一个名称。`,
  PERSON_UNKNOWN: () => '这个保险库里没有此人，查看人员列表。',
  LAST_STEWARD: (p) => `${show(p['person'])} 是唯一的管理员，不能移除。先添加另一位管理员。`,
  STUDY_EXISTS: (p) =>
    `这个保险库里已有研究“${show(p['study'])}”。打开它；如果它已被移除，先恢复它；或换一个名称。`,
  STUDY_NOT_REMOVED: (p) =>
    `研究“${show(p['study'])}”不在回收站里。只有已移除的研究才能永久删除：先移除它。`,
  STUDY_BUSY: (p) =>
    `研究“${show(p['study'])}”还有工作在等待或进行。等它完成或取消它，再删除这项研究。`,
  NOTE_TOO_LONG: (p) =>
    `备注有 ${show(p['characters'])} 个字符，最多 ${show(p['most'])} 个。缩短后再保存。`,
  STEPS_EXCEEDED: (p) =>
    `任务要运行到第 ${show(p['steps'])} 步，而从隐私预算中只预留了 ${show(p['reserved'])} 步。其余步骤须另开任务并单独预留。`,
  PASSPHRASE_SAME: () => '这就是您现在的口令，换一个新的。',
  PASSPHRASE_NOT_OWN: () => '您的口令是由添加您的管理员设定的。先设定一个只有您自己知道的口令。',
  RECOVERY_WRONG: () =>
    '这不是本保险库最新恢复单上的代码。逐组（每组四位）与恢复单核对；每张恢复单只能用一次。',
  SIGNER_TRAINED: (p) =>
    `这个模型由 ${show(p['person'])} 训练，不能由其本人作决定。请没有参与训练的评审人来做。`,
  LEAK_TEST_MISSING: () => '还没有人测试这个模型会泄露什么。先对它做泄露测试。',
  LEAK_TEST_BLOCKS: () =>
    '泄露测试发现的泄露超过了隐私上限的承诺，这个模型不能签准。重新训练，或说明理由退回。',
  REVIEW_MISSING: () => '这个模型还没有评审过，先做评审。',
  REVIEW_OF_OTHER: () =>
    '您看过的已不是将要签署的内容：这个模型有了更新的评审或测试。重新打开并阅读后再决定。',
  EXPIRY_INVALID: (p) =>
    `签准的截止日须晚于 ${show(p['after'])}，且不晚于 ${show(p['latest'])}。请选这样的一天，写作 YYYY-MM-DD。`,
  REASONS_MISSING: () => '说明为什么退回这个模型：理由会和决定一起保存。',
  PASSPHRASE_WEAK: (p) =>
    `口令太容易猜到。至少用 ${show(p['minimum'])} 个字符；几个互不相关的词最好。`,
  ROLE_REFUSED: (p) => `您的角色（${show(p['role'])}）不能做这件事，需要：${show(p['needed'])}。`,
  STUDY_UNKNOWN: (p) => `这个保险库里没有研究“${show(p['study'])}”。`,
  ARTEFACT_UNKNOWN: () => '这项研究里没有所要的内容。',
  ARTEFACT_DAMAGED: () => '存储的内容与封印不符：已损坏或被改动。从备份恢复保险库。',
  BUDGET_EXCEEDED: (p) =>
    `这会超出这些记录的隐私预算：申请 ε = ${amount(p['requestedEpsilon'], 'up')}、δ = ${amount(p['requestedDelta'], 'up')}，剩余 ε = ${amount(p['availableEpsilon'], 'down')}、δ = ${amount(p['availableDelta'], 'down')}。${wouldFit(p['largestEpsilon'])}`,
  JOB_UNKNOWN: () => '没有这个任务，它可能属于另一个保险库。',
  JOB_HAS_NO_BEST: () =>
    '这个任务不是在寻找最佳方案，没有可以提前保留的结果。请等它完成，或取消它。',
  JOB_NOT_RESUMABLE: () =>
    '这项任务无法暂停，也无法继续：它已经结束，或者没有留下可以继续的内容。如仍需要，可重新开始。',
  PAUSED: () => '任务已在检查点停下并保存，可在合适的时候继续。',
  SENDER_REFUSED: () => '请求不是来自本程序的窗口，已拒绝。',
  TICKET_INVALID: () => '所选文件已不在手边，重新选择一次。',
  PRINT_FAILED: () =>
    '无法生成 PDF。可先保存为网页，再用浏览器打印；也可重新启动 Concord 后再试一次。',
  ENGINE_STOPPED: () => '工作进程停止后已重新启动。已保存的内容没有丢失；解锁保险库后继续。',
  INTERNAL: (p) =>
    `程序内部出了问题（事件号 ${show(p['incident'])}）。已保存的内容没有丢失；再试一次，若再次出现，报告事件号。`,
};
