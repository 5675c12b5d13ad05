import type { CodedType, Column, NumericType, Table } from '../../../main/records/table.ts';

/** Three invented tables as a Chinese clinic, a household register and a school keep them. */

/** A multiplicative sequence with a long period: enough to make records in a test. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const FAMILY = [...'王李张刘陈杨黄赵吴周徐孙马朱胡林'];
const GIVEN = [...'伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英'];
const PROVINCES = ['江苏省', '浙江省', '四川省', '广东省', '河南省'];
const GROUPS = ['汉族', '回族', '满族', '壮族'];
const STREETS = ['解放路', '人民路', '中山路', '建设街', '和平里'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

interface Person {
  readonly name: string;
  readonly sex: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly idCard: string;
  readonly mobile: number;
  readonly address: string;
}

function personOf(pick: <T>(from: readonly T[]) => T, uniform: () => number): Person {
  const year = 1940 + Math.floor(uniform() * 70);
  const month = 1 + Math.floor(uniform() * 12);
  const day = 1 + Math.floor(uniform() * 28);
  const female = uniform() < 0.5;
  const order = String(Math.floor(uniform() * 500) * 2 + (female ? 0 : 1)).padStart(3, '0');
  // No region has the number 990000.
  const body = `990000${String(year)}${pad(month)}${pad(day)}${order}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return {
    name: pick(FAMILY) + pick(GIVEN) + (uniform() < 0.6 ? pick(GIVEN) : ''),
    sex: female ? '女' : '男',
    year,
    month,
    day,
    idCard: `${body}${'10X98765432'[sum % 11] ?? ''}`,
    mobile: 13_000_000_000 + Math.floor(uniform() * 6_000_000_000),
    address: `${pick(PROVINCES)}某市${pick(STREETS)}${String(1 + Math.floor(uniform() * 200))}号`,
  };
}

const pad = (number: number): string => String(number).padStart(2, '0');
const daysOf = ({ year, month, day }: Person): number =>
  Date.UTC(year, month - 1, day) / 86_400_000;

type Maker = (name: string) => Column;

function tableOf(rows: number, makers: Readonly<Record<string, Maker>>): Table {
  return { rows, columns: Object.entries(makers).map(([name, make]) => make(name)) };
}

const coded =
  (type: CodedType, cells: readonly string[]): Maker =>
  (name) => {
    const dictionary = [...new Set(cells)];
    const codeOf = new Map(dictionary.map((cell, code) => [cell, code]));
    return {
      name,
      type,
      codes: Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1),
      dictionary,
    };
  };

const numbers =
  (type: NumericType, values: readonly number[]): Maker =>
  (name) => ({ name, type, values: Float64Array.from(values) });

function makers(rows: number, seed: number) {
  const uniform = sequence(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)] as T;
  const people = Array.from({ length: rows }, () => personOf(pick, uniform));
  return {
    of: (type: CodedType, cell: (person: Person, row: number) => string) =>
      coded(type, people.map(cell)),
    number: (type: NumericType, value: (person: Person, row: number) => number) =>
      numbers(type, people.map(value)),
    one: (...from: string[]) =>
      coded(
        'category',
        people.map(() => pick(from)),
      ),
    range: (low: number, high: number) =>
      numbers(
        'integer',
        people.map(() => low + Math.floor(uniform() * (high - low))),
      ),
  };
}

export function clinicTable(rows = 400): Table {
  const { of, number, one, range } = makers(rows, 11);
  return tableOf(rows, {
    病历号: of('identifier', (_, row) => `BL${String(202_400_000 + row)}`),
    姓名: of('category', ({ name }) => name),
    性别: of('category', ({ sex }) => sex),
    年龄: number('integer', ({ year }) => 2024 - year),
    出生日期: number('date', daysOf),
    身份证号: of('identifier', ({ idCard }) => idCard),
    联系电话: number('integer', ({ mobile }) => mobile),
    家庭住址: of('category', ({ address }) => address),
    邮编: range(210_000, 215_000),
    医保卡号: of('identifier', (_, row) => String(3_200_000_000 + row * 7)),
    医保类型: one('职工医保', '居民医保', '自费'),
    民族: one(...GROUPS),
    职业: one('工人', '农民', '教师', '退休'),
    就诊日期: number('date', (_, row) => 19_700 + (row % 300)),
    就诊科室: one('心内科', '内分泌科', '神经内科'),
    诊断: one('高血压', '2型糖尿病', '冠心病', '哮喘'),
    主诉: of('text', (_, row) => `反复头晕${String(1 + (row % 9))}天，活动后加重，休息后可缓解。`),
    收缩压: range(95, 190),
    空腹血糖: range(4, 15),
    用药: one('二甲双胍', '阿司匹林', '氨氯地平'),
    总费用: range(100, 9000),
    就诊次数: range(1, 12),
    备注: of(
      'text',
      ({ name, mobile }) => `已电话通知${name}家属，号码${String(mobile)}，下周复诊。`,
    ),
    是否再入院: one('是', '否'),
  });
}

export function registerTable(rows = 400): Table {
  const { of, number, one, range } = makers(rows, 23);
  return tableOf(rows, {
    户号: of('identifier', (_, row) => String(32_010_000 + Math.floor(row / 3))),
    与户主关系: one('户主', '妻', '长子', '长女', '父亲'),
    姓名: of('category', ({ name }) => name),
    曾用名: of('category', ({ name }, row) => (row % 2 === 0 ? name : '')),
    性别: of('category', ({ sex }) => sex),
    出生日期: number('date', daysOf),
    民族: one(...GROUPS),
    籍贯: one(...PROVINCES),
    公民身份号码: of('identifier', ({ idCard }) => idCard),
    住址: of('category', ({ address }) => address),
    手机号: number('integer', ({ mobile }) => mobile),
    宗教信仰: one('无', '佛教', '伊斯兰教', '基督教'),
    文化程度: one('小学', '初中', '高中', '大学'),
    婚姻状况: one('未婚', '已婚', '离异', '丧偶'),
    职业: one('工人', '农民', '职员'),
    服务处所: one('第一机械厂', '人民商场', '市小学'),
    兵役状况: one('未服兵役', '退出现役'),
    户口所在地: one('某市东区', '某市西区'),
    血型: one('A', 'B', 'O', 'AB'),
    身高: range(150, 190),
    打印标记: one('已打印', '未打印'),
  });
}

export function schoolTable(rows = 400): Table {
  const { of, number, one, range } = makers(rows, 37);
  return tableOf(rows, {
    学号: number('integer', (_, row) => 20_240_001 + row),
    学生姓名: of('category', ({ name }) => name),
    性别: of('category', ({ sex }) => sex),
    出生年月: of('category', ({ month }, row) => `${String(2008 + (row % 3))}年${String(month)}月`),
    民族: one(...GROUPS),
    班级: one('高一1班', '高一2班', '高一3班', '高一4班'),
    籍贯省份: one(...PROVINCES),
    家长姓名: of('category', ({ name }) => name),
    家长电话: number('integer', ({ mobile }) => mobile),
    qq号: range(100_000_000, 999_999_999),
    是否住校: one('是', '否'),
    语文成绩: range(60, 150),
    数学成绩: range(40, 150),
    视力: one('4.8', '5.0', '5.2'),
    政治面貌: one('群众', '共青团员'),
    是否低保: one('是', '否'),
    缺课次数: range(0, 9),
    是否录取: one('是', '否'),
  });
}
