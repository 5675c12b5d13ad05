import { describe, expect, it } from 'vitest';
import {
  fittingPresets,
  placeOf,
  presetLines,
  unplacedBy,
} from '../../../main/anonymise/hierarchies/preset.ts';
import { columnValues, type ColumnValues } from '../../../main/anonymise/hierarchies/values.ts';
import { writeHierarchyLines } from '../../../main/anonymise/hierarchy-text.ts';
import { parseHierarchy } from '../../../main/anonymise/hierarchy.ts';
import { PRESET_KINDS, type PresetKind } from '../../../main/contract/hierarchy-kinds.ts';
import { category } from './tables.ts';

const LABELS = { missing: 'missing', other: 'other' };

const proposed = (name: string, texts: readonly string[]): readonly PresetKind[] =>
  fittingPresets(columnValues(category(name, texts)), 'en')
    .filter((fit) => fit.proposed)
    .map(({ kind }) => kind);

describe('ready-made hierarchies', () => {
  it.each<[PresetKind, string, string[], string[]]>([
    [
      'education',
      'HS-grad',
      ['Upper secondary', 'Upper secondary and post-secondary'],
      ['高中', '高中和高中后'],
    ],
    ['education', '大专毕业', ['Short-cycle tertiary', 'Tertiary'], ['大专', '高等教育']],
    ['education', '7', ['Master', 'Tertiary'], ['硕士', '高等教育']],
    [
      'occupation',
      'Adm-clerical',
      ['Clerical support workers', 'Clerical support workers', 'Medium skill'],
      ['办事人员', '办事人员', '中等技能'],
    ],
    [
      'occupation',
      '2221',
      ['Health professionals', 'Professionals', 'High skill'],
      ['卫生专业人员', '专业人员', '高技能'],
    ],
    ['divisions', '130105', ['石家庄市', 'Hebei', 'North China'], ['石家庄市', '河北省', '华北']],
    ['divisions', '110101', ['Beijing', 'Beijing', 'North China'], ['北京市', '北京市', '华北']],
    [
      'divisions',
      '延边',
      ['延边朝鲜族自治州', 'Jilin', 'Northeast China'],
      ['延边朝鲜族自治州', '吉林省', '东北'],
    ],
    [
      'divisions',
      '内蒙古',
      ['Inner Mongolia', 'Inner Mongolia', 'North China'],
      ['内蒙古自治区', '内蒙古自治区', '华北'],
    ],
    [
      'divisions',
      '辽宁省朝阳市双塔区',
      ['朝阳市', 'Liaoning', 'Northeast China'],
      ['朝阳市', '辽宁省', '东北'],
    ],
    [
      'divisions',
      'Guangdong',
      ['Guangdong', 'Guangdong', 'Central South China'],
      ['广东省', '广东省', '中南'],
    ],
    [
      'divisions',
      '429004',
      ['湖北省直辖县级', 'Hubei', 'Central South China'],
      ['湖北省直辖县级', '湖北省', '中南'],
    ],
    [
      'icd-10',
      'I25.103',
      ['I25', 'I20-I25', 'Circulatory system (I00-I99)'],
      ['I25', 'I20-I25', '循环系统疾病（I00-I99）'],
    ],
    [
      'icd-10',
      'E89.0',
      ['E89', 'E70-E90', 'Endocrine, nutrition, metabolism (E00-E90)'],
      ['E89', 'E70-E90', '内分泌、营养和代谢疾病（E00-E90）'],
    ],
    [
      'icd-10',
      'G89',
      ['G89', 'G00-G99', 'Nervous system (G00-G99)'],
      ['G89', 'G00-G99', '神经系统疾病（G00-G99）'],
    ],
    [
      'icd-9',
      '250.83',
      ['250', 'Endocrine, nutrition, metabolism, immunity (240-279)'],
      ['250', '内分泌、营养、代谢和免疫疾病（240-279）'],
    ],
    ['icd-9', '8', ['008', 'Infections (001-139)'], ['008', '传染病和寄生虫病（001-139）']],
    [
      'icd-9',
      'V57',
      ['V57', 'Contact with health services (V01-V91)'],
      ['V57', '与保健机构接触（V01-V91）'],
    ],
    ['countries', 'Holand-Netherlands', ['Western Europe', 'Europe'], ['西欧', '欧洲']],
    ['countries', '柬埔寨', ['South-eastern Asia', 'Asia'], ['东南亚', '亚洲']],
    ['countries', 'cze', ['Eastern Europe', 'Europe'], ['东欧', '欧洲']],
  ])('%s places %s', (kind, value, english, chinese) => {
    expect(placeOf(kind, 'en')(value)).toEqual(english);
    expect(placeOf(kind, 'zh-CN')(value)).toEqual(chinese);
  });

  it.each<[PresetKind, string]>([
    ['education', 'yes'],
    ['occupation', 'Unemployed'],
    // A district of Beijing whose short name is that of a city elsewhere.
    ['divisions', '朝阳区'],
    ['divisions', '991234'],
    ['icd-10', 'A9'],
    ['icd-10', 'A00-A09'],
    ['icd-9', '1234'],
    ['countries', 'South'],
  ])('%s has no place for %s and says so', (kind, value) => {
    expect(placeOf(kind, 'en')(value)).toBeNull();
    expect(unplacedBy(kind, columnValues(category('c', [value, value])), 'en')).toEqual({
      values: 1,
      rows: 2,
    });
  });

  it('are proposed where words fit, or where the name of the column bears out codes', () => {
    expect(proposed('c', ['Bachelors', 'Masters', '11th', 'HS-grad'])).toEqual(['education']);
    expect(proposed('住址', ['石家庄市', '唐山市', '北京市'])).toEqual(['divisions']);
    expect(proposed('c', ['110101', '130203', '441900'])).toEqual(['divisions']);
    expect(proposed('diagnosis', ['I25', 'E11', 'J44'])).toEqual(['icd-10']);
    expect(proposed('purpose', ['A40', 'A41', 'A43', 'A49'])).toEqual([]);
    expect(proposed('country', ['CA', 'US', 'MX'])).toEqual(['countries']);
    expect(proposed('state', ['CA', 'AL', 'DE', 'AZ', 'IN'])).toEqual([]);
    expect(proposed('score', ['1', '2', '3', '4'])).toEqual([]);
  });

  it('stand in both languages, with one parent for each label', () => {
    for (const kind of PRESET_KINDS) {
      for (const language of ['en', 'zh-CN'] as const) {
        const lines = presetLines(SAMPLE, kind, language, LABELS);
        expect(lines.flat().filter((label) => label === '')).toEqual([]);
        expect(() => parseHierarchy('c', writeHierarchyLines(lines))).not.toThrow();
        expect(lines).toHaveLength(SAMPLE.texts.length);
      }
    }
  });

  it('leave out levels that tell the values apart no better than the next', () => {
    const values = columnValues(category('c', ['A00', 'B01', 'I25', 'I50']));
    expect(presetLines(values, 'icd-10', 'en', LABELS)[2]).toEqual([
      'I25',
      'Circulatory system (I00-I99)',
      '*',
    ]);
  });
});

/** Codes and words of every preset at once. */
const SAMPLE: ColumnValues = columnValues(
  category('c', [
    ...Array.from({ length: 10_000 }, (_, code) => String(code)),
    ...Array.from({ length: 900 }, (_, code) => `${code + 100}01`.padEnd(6, '0')),
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
      .split('')
      .flatMap((letter) =>
        Array.from({ length: 100 }, (_, code) => `${letter}${String(code).padStart(2, '0')}`),
      ),
    ...['CN', 'US', 'FR', 'AQ', 'NZ', '肯尼亚', '本科', 'Sales', '广西', '河北'],
  ]),
);
