import type { EntitySpan, EntityType } from '../../contract/identify.ts';
import { digitsOf } from '../matching.ts';
import { idCardHolds, luhn } from '../numbers/check-digits.ts';
import { creditCodeHolds } from './credit-code.ts';
import { matchSpans } from './spans.ts';

/** Between a label and its number; bounded, so that time stays linear. */
const LINK = '(?:[(（][^()（）\\n]{0,8}[)）])?[:：为是#№.\\s]{0,4}';
const NUMBER_WORD = '(?:证?号码|证?编号|代码|单号|码|号|ID|id)';
const CODE = '[A-Za-z0-9][A-Za-z0-9_/-]{2,28}[A-Za-z0-9]';

/** An account written in groups. */
const GROUPS = '\\d{3,4}(?:[ -]\\d{2,4}){2,5}';

interface Labelled {
  readonly type: EntityType;
  /** Words that need 号, 编号 or the like behind them, and words that do not. */
  readonly labels: string;
  readonly alone?: string;
  readonly confidence: number;
}

/** Numbers that only the words before them tell. */
const LABELLED: readonly Labelled[] = [
  {
    type: 'MEDICAL_ID',
    labels:
      '住院 住院病历 门诊 门急诊 急诊 病历 病案 病例 档案 健康档案 就诊 就诊卡 诊疗卡 登记 医保卡 医保 医疗保险 医疗证 医疗卡 新农合证 新农合 检验 检查 检验单 标本 样本 条 影像 放射 超声 病理 处方 挂号 患者 病人 社保卡 社会保障卡 参保 CT MRI X线 B超',
    alone: '病历ID 就诊卡 病案首页号 MRN',
    confidence: 0.93,
  },
  { type: 'SSN', labels: '社保 社会保险 社会保障 个人社保 社保个人', confidence: 0.91 },
  {
    type: 'PASSPORT',
    labels: '护照 港澳通行证 台湾通行证 通行证 台胞证 回乡证',
    alone: '护照 通行证 台胞证 回乡证',
    confidence: 0.93,
  },
  {
    type: 'LICENCE',
    labels:
      '驾驶证 驾照 驾驶证档案 执业证书 执业 执业医师证 执业医师证书 医师资格证 医师资格证书 医师资格 资格证 资格证书 护士执业证 护士执业证书 营业执照 执照 许可证 信用 组织机构 律师证 从业资格证 导游证 警官证 军官证 士兵证 残疾证 残疾人证 教师资格证 税务登记证 房产证 不动产权证',
    alone: '驾驶证 执业证书 执业证 军官证 士兵证 残疾证 信用代码 代码',
    confidence: 0.92,
  },
  {
    type: 'ACCOUNT',
    labels: '银行卡 银行账 账 帐 账户 帐户 卡 公积金账 公积金 信用卡 借记卡 存折',
    alone: '银行账户 对公账户 账户 帐户 支付宝',
    confidence: 0.88,
  },
  {
    type: 'OTHER_ID',
    labels:
      'QQ qq 微信 工 职工 员工 考生 学 学籍 学生 考 准考证 会员 客户 用户 合同 保单 订单 警 胸牌 案件 受理 报案 立案 发票 快递 运单 身份',
    alone: 'QQ qq 扣扣 微信 WeChat wechat 抖音 微博 用户名 登录名 快递单',
    confidence: 0.92,
  },
  {
    type: 'DEVICE_ID',
    labels: '设备 序列 机身 机器 产品 产品序列 出厂 器械 植入物 起搏器 车架 发动机 车辆识别 资产',
    alone: 'IMEI SN S/N UDI MAC',
    confidence: 0.92,
  },
];

const LABELLED_FORMS = LABELLED.map(({ type, labels, alone, confidence }) => ({
  type,
  confidence,
  form: new RegExp(
    `(?:(?:${either(labels)})${NUMBER_WORD}${alone === undefined ? '' : `|(?:${either(alone)})`})${LINK}(${type === 'ACCOUNT' ? `${GROUPS}|` : ''}${CODE})(?![A-Za-z0-9])`,
    'gu',
  ),
}));

/** A number has digits; the name of an account at a messenger need not, and no date is either. */
function codeSure(value: string, type: EntityType, confidence: number): number | undefined {
  if (/^(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}$/u.test(value)) return undefined;
  if (type === 'OTHER_ID') return confidence;
  return (value.match(/\d/gu)?.length ?? 0) >= 3 ? confidence : undefined;
}

function either(list: string): string {
  return list
    .split(' ')
    .toSorted((a, b) => b.length - a.length)
    .join('|');
}

const ID_18 =
  /(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:1[89]|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[ -]?[\dXx](?![\dA-Za-z])/gu;
const ID_18_SPACED = /(?<!\d)(?:\d[ -]{0,2}){17}[\dXx](?![\dA-Za-z])/gu;
const ID_15 =
  /(?<![\dA-Za-z])[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])/gu;
const ID_LABEL = /(?:身份证|身份号码|公民身份|证件)[^\n]{0,10}$/u;
const LABELLED_ID =
  /(?:身份证|公民身份|证件)(?:件)?(?:号码|编号|号)?[:：为是\s]{0,4}([0-9*xX]{14,18})(?![\dA-Za-z])/gu;
const HK_ID = /(?<![A-Za-z\d])[A-Z]{1,2}\d{6}\([\dA]\)/gu;
const PERMIT =
  /(?<![A-Za-z\d])(?:8[123]0000)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\dA-Za-z])/gu;

const MOBILE =
  /(?<![\dA-Za-z])(?:\+?(?:00)?86[- ]?)?1[3-9]\d[- ]?(?:\d{4}[- ]?\d{4}|\d{3}[- ]?\d{2}[- ]?\d{3}|\d{8})(?!\d)/gu;
const MASKED_MOBILE = /(?<!\d)1[3-9]\d[*xX]{4}\d{4}(?!\d)/gu;
const LANDLINE =
  /(?<![\d-])(?:\+?86[- ]?)?(?:\(0[1-9]\d{1,2}\)|0[1-9]\d{1,2})[- ]?[2-9]\d{6,7}(?:(?:-|转|转分机|分机|ext\.?) ?\d{1,5})?(?!\d)/gu;
const SERVICE = /(?<![\d-])[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)|(?<![\d-])[48]00-\d{4}-\d{3}(?!\d)/gu;
const LABELLED_PHONE =
  /(?:电话|手机|传真|热线|座机|短号|分机|致电|拨打|联系方式|来电)(?:号码|号)?[:：为是(\s]{0,4}((?:\d[- ]?){4,12}\d)(?!\d)/gu;

const EXTENSION = /(?:分机|转分机|内线|短号)[:：号是\s]{0,3}(\d{3,6})(?!\d)/gu;

const CREDIT = /(?<![\dA-Za-z])[1-9A-NP-Y][1-59]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![\dA-Za-z])/gu;
const BANK_CARD =
  /(?<![\dA-Za-z])(?:62|60|4\d|5[1-5]|35|9\d)\d{2}(?:[ -]?\d{4}){2}[ -]?\d{2,4}(?:[ -]?\d{1,3})?(?![\dA-Za-z])/gu;
const PASSPORT = /(?<![\dA-Za-z])(?:[EeGgDdSsPpKk]\d{8}|E[A-HJ-NP-Z]\d{7})(?![\dA-Za-z])/gu;
const POSTCODE = /(?:邮编|邮政编码|邮码|邮递区号)[:：为是\s]{0,4}(\d{6})(?!\d)/gu;
const CASE =
  /[(（[〔](?:19|20)\d{2}[)）\]〕][\u4e00-\u9fa5]{1,2}\d{0,4}[\u4e00-\u9fa5]{1,5}第?\d{1,6}(?:-\d{1,3})?号/gu;
const DOCUMENT = /[\u4e00-\u9fa5]{1,8}[(（[〔](?:19|20)\d{2}[)）\]〕](?:第|字第)?\d{1,6}号/gu;
const WECHAT = /(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{6,24}/gu;

/**
 * Identity cards, telephones, cards, licences and whatever the word before a number tells. `text` is
 * folded. A number in the right form that fails its check is found with low confidence.
 */
export function numbersIn(text: string): EntitySpan[] {
  return [
    ...LABELLED_FORMS.flatMap(({ type, form, confidence }) =>
      matchSpans(text, form, type, (value) => codeSure(value, type, confidence), 1),
    ),
    ...identityCards(text),
    ...phones(text),
    ...matchSpans(text, CREDIT, 'LICENCE', (value) =>
      creditCodeHolds(value) ? 0.96 : /\D/u.test(value) ? 0.4 : undefined,
    ),
    ...matchSpans(text, BANK_CARD, 'CARD', (value) => cardSure(value)),
    ...matchSpans(text, PASSPORT, 'PASSPORT', 0.6),
    ...matchSpans(text, POSTCODE, 'POSTCODE', 0.95, 1),
    ...matchSpans(text, CASE, 'OTHER_ID', 0.95),
    ...matchSpans(text, DOCUMENT, 'OTHER_ID', 0.5),
    ...matchSpans(text, WECHAT, 'OTHER_ID', 0.9),
  ];
}

function cardSure(value: string): number | undefined {
  const digits = digitsOf(value);
  if (digits.length < 15 || digits.length > 19) return undefined;
  return luhn(digits) ? 0.92 : 0.35;
}

function identityCards(text: string): EntitySpan[] {
  const holds = (value: string): boolean => idCardHolds(value.replace(/[ -]/gu, ''));
  return [
    ...matchSpans(text, ID_18, 'ID_CARD', (value) => (holds(value) ? 0.99 : 0.5)),
    ...matchSpans(text, ID_18_SPACED, 'ID_CARD', (value) => (holds(value) ? 0.93 : undefined)),
    ...matchSpans(text, ID_15, 'ID_CARD', (_, at) =>
      ID_LABEL.test(text.slice(Math.max(0, at - 20), at)) ? 0.95 : 0.5,
    ),
    // Masked ones have no check digit to fail; what is written out and gets here has failed it.
    ...matchSpans(text, LABELLED_ID, 'ID_CARD', (value) => (value.includes('*') ? 0.9 : 0.65), 1),
    ...matchSpans(text, HK_ID, 'ID_CARD', 0.85),
    ...matchSpans(text, PERMIT, 'ID_CARD', 0.9),
  ];
}

function phones(text: string): EntitySpan[] {
  return [
    ...matchSpans(text, MOBILE, 'PHONE', 0.94),
    ...matchSpans(text, MASKED_MOBILE, 'PHONE', 0.8),
    ...matchSpans(text, LANDLINE, 'PHONE', 0.88),
    ...matchSpans(text, SERVICE, 'PHONE', 0.85),
    ...matchSpans(text, EXTENSION, 'PHONE', 0.7, 1),
    ...matchSpans(text, LABELLED_PHONE, 'PHONE', 0.83, 1),
  ];
}
