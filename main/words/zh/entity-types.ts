import type { entityTypes as en } from '../en/entity-types.ts';

/** 每种个人信息的简称，显示在查找结果旁边。 */
export const entityTypes: typeof en = {
  PERSON: '姓名',
  LOCATION: '地点',
  ADDRESS: '地址',
  POSTCODE: '邮编',
  ORGANIZATION: '机构',
  DATE: '日期',
  AGE: '年龄',
  TITLE: '称谓',
  NRP: '民族或信仰',
  PHONE: '电话',
  EMAIL: '邮箱',
  URL: '网址',
  IP: '网络地址',
  CARD: '银行卡号',
  IBAN: '国际银行账号',
  ACCOUNT: '账号',
  SSN: '社会保障号',
  ID_CARD: '身份证号',
  PASSPORT: '护照号',
  LICENCE: '证照号',
  PLATE: '车牌号',
  MEDICAL_ID: '医疗编号',
  DEVICE_ID: '设备编号',
  OTHER_ID: '其他编号',
};
