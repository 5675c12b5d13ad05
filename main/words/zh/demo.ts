import type { demo as en } from '../en/demo.ts';

const STEPS: Readonly<Record<string, string>> = {
  import: '导入示例记录',
  identify: '查找个人信息',
  texts: '在记录文本中查找个人信息',
  anonymise: '保护：泛化到每组至少 5 人',
  train: '用差分隐私训练',
  review: '按群体评审',
};

export const demo: typeof en = {
  study: '谁会错过复诊？',
  question: '哪些患者可能错过复诊？',
  limits: [
    '记录是虚构的，报告中的数字与任何真实的人无关。',
    '记录中有意植入了偏差：外围片区的患者较少收到提醒，他们的就诊有时被误记为缺席。',
  ],
  about: {
    purpose: '帮助门诊先联系最可能错过下次复诊的患者，给谁打电话由护士决定。',
    users: '随访门诊的护士。',
    notFor: '拒绝、推迟或缩短治疗。',
    risks: ['外围片区患者的就诊曾被误记，他们可能在没有必要时更常接到电话。'],
    watcher: '门诊的数据员，每月第一个星期一。',
  },
  step: (step) => `${STEPS[step] ?? step}……`,
  summary: (f) => [
    `记录　　${f.rows} 名虚构患者，${f.columns} 列`,
    `识别　　直接标识符：${f.identifiers.join('、')}`,
    `文本　　从 ${f.texts.join('、')} 中去除 ${f.replaced} 处个人信息：${f.kinds.map(({ type, count }) => `${type} ${count}`).join('、')}等`,
    `保护　　${f.classes} 个组，最小的组有 ${f.smallest} 人；抑制 ${f.suppressed} 行`,
    `风险　　被单独认出的最高概率：之前 ${f.riskBefore}，之后 ${f.riskAfter}`,
    `隐私　　ε ${f.epsilon}，δ ${f.delta}；账本剩余 ε ${f.left}`,
    `模型　　在留出的行上准确率 ${f.accuracy}，AUC ${f.auc}（计算后端：${f.backend}）`,
    `公平　　片区之间的差距：选中率 ${f.parity}，均等几率 ${f.odds}`,
    `　　　　（偏差是有意植入的，报告会指出在哪里）`,
    `用时　　${f.seconds} 秒`,
    `已写入　${f.folder}：${f.files.join('、')}`,
  ],
};
