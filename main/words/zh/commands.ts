import type { commands as en } from '../en/commands.ts';

const UNITS: Readonly<Record<string, string>> = {
  bytes: '字节',
  rows: '行',
  texts: '段文本',
  encoding: '阅读文本',
  steps: '步',
  nodes: '节点',
  parts: '部分',
  search: '次搜索',
};

export const commands: typeof en = {
  progress: (done, total, unit) =>
    total > 0
      ? `${Math.floor((100 * done) / total)}%（${UNITS[unit] ?? unit}）`
      : `${done} ${UNITS[unit] ?? unit}`,
  tags: {
    PERSON: '[姓名]',
    LOCATION: '[地点]',
    ADDRESS: '[地址]',
    POSTCODE: '[邮编]',
    ORGANIZATION: '[机构]',
    DATE: '[日期]',
    AGE: '[年龄]',
    TITLE: '[称谓]',
    NRP: '[群体]',
    PHONE: '[电话]',
    EMAIL: '[邮箱]',
    URL: '[网址]',
    IP: '[IP 地址]',
    CARD: '[卡号]',
    IBAN: '[国际账号]',
    ACCOUNT: '[账号]',
    SSN: '[社会保障号]',
    ID_CARD: '[身份证号]',
    PASSPORT: '[护照号]',
    LICENCE: '[执照号]',
    PLATE: '[车牌]',
    MEDICAL_ID: '[医疗编号]',
    DEVICE_ID: '[设备编号]',
    OTHER_ID: '[编号]',
  },
};
