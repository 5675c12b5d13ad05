import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findChinese } from '../../../../main/identify/chinese/find.ts';
import { idCardWith, luhnWith, creditCodeWith } from '../../../chinese-notes/check-digits.ts';

const found = (text: string): string[] =>
  findChinese(text).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

describe('personal data in Chinese text', () => {
  it.each([
    [
      '患者李建军因车祸送至北京积水潭医院，由王主任主刀。',
      ['PERSON 李建军', 'ORGANIZATION 北京积水潭医院', 'PERSON 王', 'TITLE 主任'],
    ],
    [
      '现住北京市朝阳区望京西园四区412号楼1单元1803，',
      ['ADDRESS 北京市朝阳区望京西园四区412号楼1单元1803'],
    ],
    [
      '住安徽省六安市金寨县梅山镇小南京村8组22号。',
      ['ADDRESS 安徽省六安市金寨县梅山镇小南京村8组22号'],
    ],
    [
      '湖南省衡阳市衡南县茶市镇怡海村大屋组；台湾省台北市信义区松仁路100号',
      ['ADDRESS 湖南省衡阳市衡南县茶市镇怡海村大屋组', 'ADDRESS 台湾省台北市信义区松仁路100号'],
    ],
    [
      '学院路37号院，阿里巴巴集团和腾讯公司，沈阳机床厂',
      [
        'ADDRESS 学院路37号院',
        'ORGANIZATION 阿里巴巴集团',
        'ORGANIZATION 腾讯公司',
        'ORGANIZATION 沈阳机床厂',
      ],
    ],
    ['住山西省晋中市平遥县岳壁镇老县村。', ['ADDRESS 山西省晋中市平遥县岳壁镇老县村']],
    ['我姓孙，二○二三年十月八日', ['PERSON 孙', 'DATE 二○二三年十月八日']],
    ['籍贯河北保定，黎族，中共党员', ['LOCATION 河北保定', 'NRP 黎族', 'NRP 中共党员']],
    ['他叫艾尔肯·吐尔地，国籍：巴基斯坦', ['PERSON 艾尔肯·吐尔地', 'NRP 巴基斯坦']],
    ['赵某甲与李某某、张**在场', ['PERSON 赵某甲', 'PERSON 李某某', 'PERSON 张**']],
    ['扎西多吉和欧阳静怡来了', ['PERSON 扎西多吉', 'PERSON 欧阳静怡']],
    ['二〇二四年三月五日上午9时30分', ['DATE 二〇二四年三月五日上午9时30分']],
    ['入院日期：20240315，20240402出院', ['DATE 20240315', 'DATE 20240402']],
    ['男，19560823生，于20240315就诊', ['DATE 19560823', 'DATE 20240315']],
    ['周二3月5日复诊，4月2日（星期二）手术', ['DATE 周二3月5日', 'DATE 4月2日（星期二）']],
    ['24年3月入院，农历八月十五出院', ['DATE 24年3月', 'DATE 农历八月十五']],
    ['出生日期：1956-08-23，67岁，其孙3岁2个月', ['DATE 1956-08-23', 'AGE 67岁', 'AGE 3岁2个月']],
    [
      '电话（010）65432109，手机138-0013-8000，400-820-8820',
      ['PHONE （010）65432109', 'PHONE 138-0013-8000', 'PHONE 400-820-8820'],
    ],
    ['住院号：0012345678，邮编：310012', ['MEDICAL_ID 0012345678', 'POSTCODE 310012']],
    [
      '护照E12345678，执业证书编号110420106123456',
      ['PASSPORT E12345678', 'LICENCE 110420106123456'],
    ],
    [
      '车牌沪A·D12345、粤B12345和京A1234警',
      ['PLATE 沪A·D12345', 'PLATE 粤B12345', 'PLATE 京A1234警'],
    ],
    [
      '（2024）京01民初123号，工号HR10086，QQ：123456789',
      ['OTHER_ID （2024）京01民初123号', 'OTHER_ID HR10086', 'OTHER_ID 123456789'],
    ],
    ['序列号SN1234-567890，账号620102030405', ['DEVICE_ID SN1234-567890', 'ACCOUNT 620102030405']],
    ['手机：１３８００１３８０００', ['PHONE １３８００１３８０００']],
    ['Zhang（张伟）called，MRN 00987654', ['PERSON 张伟', 'MEDICAL_ID 00987654']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    '既往有高血压、黄疸，白细胞升高，马上复查。',
    '于是双方就合同金额和方案进行了协商，有关部门应当落实。',
    '张力性头痛，左氧氟沙星0.5g，何首乌、白芍、黄芪各10g。',
    '曾于当地诊所输液，建议到正规医院检查，医生说尿路感染。',
    '患者于某年某月就诊，咳嗽3月余，发热5天，3年前手术。',
    '克罗恩病可以服用布洛芬吗？谢谢医生。',
    'No Chinese here: John Smith, 2024-03-05.',
  ])('nothing in: %s', (text) => expect(found(text)).toEqual([]));

  it('finds a name everywhere once it has been found', () => {
    const text = '姓名：高峰\n高峰情绪稳定，昨日高峰已下床。';
    expect(found(text).filter((one) => one === 'PERSON 高峰')).toHaveLength(3);
  });
});

describe('numbers with a check digit', () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((all) => all.join(''));
  const birth = fc
    .tuple(
      fc.integer({ min: 1900, max: 2025 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([y, m, d]) => `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`);
  const sentence = fc.constantFrom(
    ['号', '。'],
    ['本人', '，'],
    ['（', '）'],
    ['身份证号：', '\n'],
    ['卡', ' '],
  );

  test('a valid identity card is never missed, in any writing', () => {
    const card = fc
      .tuple(fc.integer({ min: 110000, max: 659999 }), birth, digits(3))
      .map(([region, born, order]) => idCardWith(`${region}${born}${order}`));
    const writing = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}`,
      (text: string) => text.replace(/./gu, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    );
    fc.assert(
      fc.property(card, writing, sentence, (number, write, [before, after]) => {
        const text = `${before}${write(number)}${after}`;
        const [one] = findChinese(text).filter(({ type }) => type === 'ID_CARD');
        expect(one).toMatchObject({ start: before!.length, end: text.length - after!.length });
        expect(one!.confidence).toBeGreaterThan(0.9);
      }),
    );
  });

  test('one that fails its check is found with low confidence', () => {
    const [one] = findChinese('号11010519491231002１。');
    expect(one).toMatchObject({ type: 'ID_CARD' });
    expect(one!.confidence).toBeLessThan(0.6);
  });

  test('a valid social credit code and a valid card are never missed', () => {
    const code = fc
      .tuple(fc.integer({ min: 110000, max: 659999 }), digits(9))
      .map(([region, rest]) => creditCodeWith(`91${region}${rest}`));
    const card = digits(14).map((rest) => luhnWith(`6222${rest}`));
    fc.assert(
      fc.property(code, card, (licence, bank) => {
        const types = found(`代码${licence}，卡号${bank}。`);
        expect(types).toContain(`LICENCE ${licence}`);
        expect(types).toContain(`CARD ${bank}`);
      }),
    );
  });
});

test('findings lie in the text, in order, without overlap, whatever the text', () => {
  const piece = fc.constantFrom(
    '王',
    '某',
    '·',
    '医院',
    '路',
    '1',
    '号',
    '年',
    '月',
    '２',
    '省',
    '*',
    '小',
    ' ',
    '\n',
    '😀',
    'A',
    '主任',
    '：',
    '（',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      let until = 0;
      for (const { start, end } of findChinese(text)) {
        expect(start).toBeGreaterThanOrEqual(until);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        until = end;
      }
    }),
  );
});
