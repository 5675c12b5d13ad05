import type { Language } from '../contract/language.ts';

/** What the sample records are written in: names of columns, lists of values, notes. */
export interface SampleWords {
  readonly columns: {
    readonly patientId: string;
    readonly name: string;
    readonly idCard: string;
    readonly phone: string;
    readonly age: string;
    readonly sex: string;
    readonly spoken: string;
    readonly district: string;
    readonly postcode: string;
    readonly distance: string;
    readonly insurance: string;
    readonly diagnosis: string;
    readonly clinic: string;
    readonly reminder: string;
    readonly visits: string;
    readonly missedBefore: string;
    readonly waitDays: string;
    readonly note: string;
    readonly missed: string;
  };
  readonly sexes: readonly [female: string, male: string];
  /** Of most, of 45 in 100, of the rest. */
  readonly spoken: readonly string[];
  /** The last two are the outer ones. */
  readonly districts: readonly string[];
  readonly diagnoses: readonly string[];
  /** The last one is none. */
  readonly insurances: readonly string[];
  /** A call, a message, a letter, none. */
  readonly reminders: readonly string[];
  /** By day, in the evening, a bus that comes. */
  readonly clinics: readonly string[];
  readonly missed: readonly [no: string, yes: string];
  /** Family names of most, and of those who speak the second language. */
  readonly families: readonly [readonly string[], readonly string[]];
  readonly givens: readonly [readonly string[], readonly string[]];
  /** The second language's names: family, one or two given ones. */
  readonly nameOf: readonly [
    (family: string, given: string) => string,
    (family: string, given: string, second: string) => string,
  ];
  readonly notes: readonly ((facts: NoteFacts) => string)[];
}

/** What a note may tell. */
export interface NoteFacts {
  readonly name: string;
  readonly family: string;
  /** Of a relative, and of who wrote the note. */
  readonly relative: string;
  readonly doctor: string;
  readonly phone: string;
  readonly email: string;
  readonly idCard: string;
  readonly age: number;
  readonly district: string;
  readonly postcode: string;
  readonly month: number;
  readonly day: number;
  readonly reminder: string;
}

const MONTHS = ['January', 'March', 'April', 'June', 'September', 'October'];

const EN: SampleWords = {
  columns: {
    patientId: 'patient_id',
    name: 'name',
    idCard: 'id_card',
    phone: 'phone',
    age: 'age',
    sex: 'sex',
    spoken: 'language',
    district: 'district',
    postcode: 'postcode',
    distance: 'distance_km',
    insurance: 'insurance',
    diagnosis: 'diagnosis',
    clinic: 'clinic',
    reminder: 'reminder',
    visits: 'visits_last_year',
    missedBefore: 'missed_before',
    waitDays: 'wait_days',
    note: 'note',
    missed: 'missed_follow_up',
  },
  sexes: ['female', 'male'],
  spoken: ['English', 'Chinese', 'other'],
  districts: ['Central', 'Riverside', 'Hillside', 'Outer East', 'Outer West'],
  diagnoses: ['hypertension', 'type 2 diabetes', 'asthma', 'depression', 'HIV', 'back pain'],
  insurances: ['public', 'employer', 'private', 'none'],
  reminders: ['phone call', 'text message', 'letter', 'none'],
  clinics: ['day', 'evening', 'mobile'],
  missed: ['no', 'yes'],
  families: [
    split(
      'Ashdown Bramley Calloway Denholm Everly Fenwick Garrow Hartley Inskip Jessop Kelling Lorimer',
    ),
    split('Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun'),
  ],
  givens: [
    split('Anna Ben Clara David Elsie Frank Grace Henry Iris John Kate Leo'),
    split('Wei Fang Min Jing Li Qiang Lei Yang Yan Yong Jun Jie'),
  ],
  nameOf: [
    (family, given) => `${given} ${family}`,
    (family, given, second) => `${given}${second.toLowerCase()} ${family}`,
  ],
  notes: [
    (f) =>
      `Spoke to ${f.name} (${f.age}) on ${f.phone} about the missed blood test. Wants a morning appointment.`,
    (f) =>
      `${f.relative} ${f.family} called for the patient, please ring back on ${f.phone} before ${f.day} ${MONTHS[f.month]} 2024.`,
    (f) =>
      `Identity checked, card ${f.idCard}. Lives in ${f.district}, ${f.postcode}, and comes by bus. Reminder: ${f.reminder}.`,
    (f) =>
      `Pt asks for results by e-mail to ${f.email}. Dr ${f.doctor} informed. No change of treatment.`,
    () => 'No complaints. Medication unchanged, review in six weeks.',
    (f) =>
      `Letter came back from ${f.district}. New number ${f.phone} taken down; ${f.name} says the old one is a neighbour's.`,
    (f) =>
      `Seen on ${f.day}/${f.month + 1}/2024 by Dr ${f.doctor}. The patient, ${f.name}, could not stay; sugar 7.2, pressure 135/85.`,
  ],
};

const ZH: SampleWords = {
  columns: {
    patientId: '病历号',
    name: '姓名',
    idCard: '身份证号',
    phone: '电话',
    age: '年龄',
    sex: '性别',
    spoken: '语言',
    district: '区县',
    postcode: '邮编',
    distance: '距离公里',
    insurance: '医保类型',
    diagnosis: '诊断',
    clinic: '门诊类型',
    reminder: '提醒方式',
    visits: '去年就诊次数',
    missedBefore: '以往缺席次数',
    waitDays: '等待天数',
    note: '备注',
    missed: '错过复诊',
  },
  sexes: ['女', '男'],
  spoken: ['普通话', '方言', '其他'],
  districts: ['中心区', '滨河区', '山坡区', '外东区', '外西区'],
  diagnoses: ['高血压', '2型糖尿病', '哮喘', '抑郁症', '艾滋病', '腰痛'],
  insurances: ['居民医保', '职工医保', '商业保险', '未参保'],
  reminders: ['电话提醒', '短信', '信件', '未提醒'],
  clinics: ['日间门诊', '夜间门诊', '流动门诊'],
  missed: ['否', '是'],
  families: [
    split('王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙'),
    split('林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯'),
  ],
  givens: [
    split('建国 秀英 志强 丽娟 海燕 文博 晓东 雪梅 国庆 美玲 俊杰 玉兰'),
    split('伟 芳 敏 静 丽 强 磊 洋 艳 勇 军 杰'),
  ],
  nameOf: [
    (family, given) => `${family}${given}`,
    (family, given, second) => `${family}${given}${second}`,
  ],
  notes: [
    (f) => `已拨打${f.phone}联系患者${f.name}（${f.age}岁），说明漏做的血液检查，希望约在上午。`,
    (f) => `家属${f.relative}打来电话，请在2024年${f.month + 1}月${f.day}日之前回电${f.phone}。`,
    (f) =>
      `已核对身份证${f.idCard}。住${f.district}，邮编${f.postcode}，乘公交车来院。提醒方式：${f.reminder}。`,
    (f) => `患者要求把结果发到邮箱${f.email}，已告知${f.doctor}医生，治疗方案不变。`,
    () => '无不适主诉，继续原有用药，六周后复诊。',
    (f) => `寄往${f.district}的信被退回。登记新电话${f.phone}，${f.name}说旧号码是邻居的。`,
    (f) =>
      `2024年${f.month + 1}月${f.day}日由${f.doctor}医生接诊，患者${f.name}未能久留，血糖7.2，血压135/85。`,
  ],
};

function split(words: string): readonly string[] {
  return words.split(' ');
}

const ALL: { readonly [language in Language]: SampleWords } = { en: EN, 'zh-CN': ZH };

export function sampleWords(language: Language): SampleWords {
  return ALL[language];
}
