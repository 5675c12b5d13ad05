import type { NameRule } from './rule.ts';

const NUMBER = '(id|ids|nbr|no|num|number|code|key|identifier)';
const direct = (rule: Omit<NameRule, 'role'>): NameRule => ({ ...rule, role: 'direct-identifier' });

/** Names of columns that say by themselves who a person is; the first that fits counts. */
export const DIRECT_NAMES: readonly NameRule[] = [
  direct({
    id: 'id-card',
    type: 'ID_CARD',
    en: /\b(id card|identity (card|number|no)|(national|citizen|resident|government) (id|identity|identification)|nric|aadhaar|sfz|sfzh|sfzhm|shenfenzheng|shenfenzhenghao)\b/u,
    zh: /身份证|身份号码|身份证明号|证件号/u,
  }),
  direct({
    id: 'social-security',
    type: 'SSN',
    en: /\b(ssn|social (security|insurance)|nino|national insurance( number| no)?)\b/u,
    zh: /社会?保障?卡?号|社会保障/u,
  }),
  direct({ id: 'passport', type: 'PASSPORT', en: /\bpassport\b/u, zh: /护照|通行证/u }),
  direct({
    id: 'plate',
    type: 'PLATE',
    en: /\b(licen[cs]e plate|number plate|plate( number| no)?|(vehicle|car) (registration|number))\b/u,
    zh: /车牌|号牌|车号/u,
  }),
  direct({
    id: 'licence',
    type: 'LICENCE',
    en: /\b(driv(er|ers|ing) licen[cs]e|(licen[cs]e|certificate|permit) (id|nbr|no|num|number))\b/u,
    zh: /驾驶证|驾照|执业证|资格证|许可证|军官证|证书(编)?号/u,
  }),
  direct({
    id: 'device',
    type: 'DEVICE_ID',
    numbersOne: true,
    en: /\b((device|implant|equipment|scanner) (id|serial|nbr|no|number)|serial( number| no)?|imei|imsi|udid|vin|mac( address| addr)|vehicle identification)\b/u,
    zh: /设备(编|序列)号|序列号|车架号|发动机号/u,
  }),
  direct({ id: 'email', type: 'EMAIL', en: /\be ?mails?\b/u, zh: /邮箱|电子邮件|邮件地址/u }),
  direct({
    id: 'ip-address',
    type: 'IP',
    en: /^ip$|\bip ?(address|addr|v4|v6)\b/u,
    zh: /ip ?地址|网络地址/u,
  }),
  direct({
    id: 'phone',
    type: 'PHONE',
    en: /\b(tele)?phones?\b|\b(mobile( number| no)?|cell (phone|number|no)|tel|fax|whatsapp|contact (number|no)|lxdh|sjh|sjhm|dianhua|shouji)\b/u,
    zh: /电话|手机|传真|联系方式/u,
  }),
  direct({
    id: 'web-address',
    type: 'URL',
    en: /\b(url|website|web ?(page|site|address)|home ?page|profile link|facebook|twitter|linkedin)\b/u,
    zh: /网址|主页|链接/u,
  }),
  direct({
    id: 'user-name',
    type: 'OTHER_ID',
    en: /\b(user ?name|login|screen name|nick ?name|handle|wechat|weixin|qq)\b/u,
    zh: /用户名|昵称|微信|微博|qq ?号|登录名/u,
  }),
  direct({ id: 'iban', type: 'IBAN', en: /\biban\b/u }),
  direct({
    id: 'medical-number',
    type: 'MEDICAL_ID',
    numbersOne: true,
    en: new RegExp(
      `\\b(mrn|medical record( ${NUMBER})?|nhs number|(patient|pt|subject|participant|case|encounter|admission|hadm|visit|stay|icustay|hospital|chart|record|medical|health plan|beneficiary|insurance|insured|policy|medicare|medicaid|specimen|accession|mr) ?${NUMBER}|blh|zyh|mzh)$`,
      'u',
    ),
    zh: /(病历|病案|住院|门诊|就诊|诊疗|医保|患者|病人|登记|检查|标本|条码|保单|参保|案件|受试者)(卡|卡片)?(编|流水)?(号|号码|id)$|就诊卡|诊疗卡|医保卡/u,
  }),
  direct({
    id: 'bank-card',
    type: 'CARD',
    en: /\b((credit|debit|bank|payment) card( number| no)?|card (number|no|num|nbr))$/u,
    zh: /银行卡|信用卡|^卡号/u,
  }),
  direct({
    id: 'account',
    type: 'ACCOUNT',
    numbersOne: true,
    en: /\b(acct|account)( (id|nbr|no|num|number))?$/u,
    zh: /账号|帐号|账户|开户/u,
  }),
  direct({
    id: 'biometric',
    type: 'OTHER_ID',
    en: /\b(finger ?prints?|voice ?prints?|iris (scan|code)|retina|face (id|print)|biometrics?|genome|dna)\b/u,
    zh: /指纹|声纹|虹膜|掌纹|人脸|基因序列/u,
  }),
  direct({
    id: 'photo',
    en: /\b(photo(graph)?s?|portrait|face image|mug ?shot|picture)\b/u,
    zh: /照片|头像|肖像/u,
  }),
  direct({
    id: 'other-number',
    type: 'OTHER_ID',
    numbersOne: true,
    en: new RegExp(
      `^(id|uid|pid|ticket|uuid|guid|unique id|identifier)$|\\b(uuid|guid|(student|pupil|employee|staff|customer|client|user|person|personal|individual|member|household|family|applicant|voter|tax|taxpayer|payroll|badge|loan|file|docket|booking|inmate|offender|defendant|respondent|worker|citizen|resident|candidate|exam|contract|order|transaction|passenger|ticket|study|unique) ?${NUMBER})$`,
      'u',
    ),
    zh: /学号|学籍号|工号|考号|考生号|准考证|户号|户口(簿|本)?(编)?号|(客户|会员|员工|人员|个人|档案|合同|案|税|学生|教师)(编)?号|纳税人识别号|唯一标识|^(编号|id|标识符?)$/u,
  }),
  direct({
    id: 'row-number',
    numbersOne: true,
    en: /^((row|record|line|seq|sequence)( (id|nbr|no|num|number|index))?|index|unnamed( 0)?|serial)$/u,
    zh: /^(序号|行号|流水号)$/u,
  }),
  direct({
    id: 'person-name',
    type: 'PERSON',
    en: /^((full|real|legal|formal|former|person|persons|people) )?names?$|^(first|last|middle|xm|xingming)$|\b(first|last|given|family|middle|maiden|full|patient|student|pupil|child|parent|mother|father|spouse|partner|guardian|contact|employee|staff|customer|client|applicant|defendant|doctor|physician|nurse|teacher|surgeon|holder|owner|relative|victim|witness|kin|worker|member) ?(s )?names?\b|\b(sur|fore)names?\b|\b(fname|lname|mname|next of kin|(attending|admitting|treating|referring) (physician|doctor|provider)|general practitioner)\b/u,
    zh: /姓名|^(名字|姓|名|姓氏|曾用名|户主|家长|联系人|紧急联系人|监护人|父亲|母亲|配偶|班主任)$|(医生|医师|护士|教师|老师|联系人|监护人|家长)(名字|名)?$/u,
  }),
  direct({
    id: 'address',
    type: 'ADDRESS',
    en: /\b(addresse?s?|addr|street|house (number|no)|apartment|jtdz|dizhi|zhuzhi)\b/u,
    zh: /住址|地址|门牌|楼栋|详址/u,
  }),
  direct({
    id: 'coordinates',
    type: 'ADDRESS',
    en: /^(lat|lon|lng|long)$|\b(latitude|longitude|gps|coordinates?|geo ?(point|location|hash))\b/u,
    zh: /经度|纬度|坐标|定位/u,
  }),
];
