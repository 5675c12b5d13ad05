import { GIVEN } from './given-names.ts';
import { COMPOUND, GRAMMAR, SURNAMES } from './surnames.ts';
import { UNITS } from './transliterated.ts';

/** Share of each group of surnames in the people, spread over its members, as a cost in nats. */
const GROUP_COST = [3.2, 4.5, 5.8, 7.6, 9.6];
const GRAMMAR_COST = 2;
const COMPOUND_COST = 7;
/** One given character (about a fifth of all names) or two. */
const ALONE_COST = 1.9;
const PAIR_COST = 0.2;

/**
 * Characters that given names took up after the novels and papers the dictionary was made from, and
 * those of the usual registers of newborn children. Own list.
 */
const MODERN =
  '梓涵欣怡雨轩浩宇子萱诗涵思琪佳怡一诺若曦嘉豪俊杰晨曦睿博文昊然沐宸熙妍婷倩娜丽娟芳敏静秀英桂兰玉珍凤霞淑芬艳红梅金莲月娥春秋夏冬强伟勇军磊涛超鹏飞辉刚毅峰斌波健帅龙亮洋彬凯琳琪瑶璐菲蕾晶莹雪冰洁颖慧燕娇媛媛蓉薇莉萍玲霖泽皓铭瑞翔楠琛骏航逸辰语桐依诺可馨苒芷悦彤钰滢航宁远思然恩熠煜祺奕霏佑祥泰裕恒奇源朗祯骁昱玥妤璟桦岚莎琼淼垚森栋梁钧锋锐瑾瑜璇妙笑';

export interface NameModel {
  /** Cost of a character as a surname; undefined where it is none. */
  readonly surnames: ReadonlyMap<string, number>;
  /** What a name of any kind can begin with. */
  readonly starts: ReadonlySet<string>;
  readonly grammar: ReadonlySet<string>;
  readonly givenAlone: ReadonlyMap<string, number>;
  readonly givenFirst: ReadonlyMap<string, number>;
  readonly givenSecond: ReadonlyMap<string, number>;
}

let built: NameModel | undefined;

export function nameModel(): NameModel {
  built ??= build();
  return built;
}

function build(): NameModel {
  const surnames = surnameCosts();
  return {
    surnames,
    starts: new Set([...surnames.keys(), ...UNITS].map((word) => word[0]!)),
    grammar: new Set(GRAMMAR),
    givenAlone: givenCosts(GIVEN[0]!),
    givenFirst: givenCosts(GIVEN[1]!),
    givenSecond: givenCosts(GIVEN[2]!),
  };
}

function surnameCosts(): Map<string, number> {
  const costs = new Map<string, number>();
  for (const [group, characters] of SURNAMES.entries()) {
    for (const surname of characters) {
      if (costs.has(surname)) continue;
      costs.set(surname, GROUP_COST[group]! + (GRAMMAR.includes(surname) ? GRAMMAR_COST : 0));
    }
  }
  for (const surname of COMPOUND.split(' ')) costs.set(surname, COMPOUND_COST);
  return costs;
}

function givenCosts(levels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [level, characters] of levels.entries()) {
    for (const character of characters) counts.set(character, 2 ** level * 1.4);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const character of MODERN) {
    counts.set(character, Math.max(counts.get(character) ?? 0, total / 250));
  }
  return new Map([...counts].map(([character, count]) => [character, Math.log(total / count)]));
}

const NEVER_SEEN = 12;
/** Characters that end words of medicine and trade and hardly any name: 克罗恩病, 白凤丸, 多潘立酮. */
const UNLIKELY = new Set(
  '病型丸片酮药症炎后时水检性率素岁月日天号次项钟前上下的了着过吗呢吧不没胆血尿便痛肿癌瘤腺颗粒剂液膏散汤管肠胃肝肾肺脑骨皮毛糖油盐酸碱酶菌毒镇村乡县市区路街省巷楼室院校处诉说称得让吃喝带越',
);
const NEVER_FIRST = new Set(
  '病型丸片酮药症炎岁日号次钟的了着过吗呢吧不没胆血尿便痛肿癌瘤腺颗粒剂酸碱酶菌毒县市区路街省州巷楼室院诉说称镇村乡吃喝让打看想买得带',
);
const UNLIKELY_COST = 5;

/** Cost of the characters from `start` to `end` as a given name of one or two characters. */
export function givenCost(model: NameModel, text: string, start: number, end: number): number {
  const odd = UNLIKELY.has(text[end - 1]!) || NEVER_FIRST.has(text[start]!) ? UNLIKELY_COST : 0;
  if (end - start === 1)
    return odd + ALONE_COST + (model.givenAlone.get(text[start]!) ?? NEVER_SEEN);
  return (
    odd +
    PAIR_COST +
    (model.givenFirst.get(text[start]!) ?? NEVER_SEEN) +
    (model.givenSecond.get(text[start + 1]!) ?? NEVER_SEEN)
  );
}

/** Cost of a name made of units like 扎西 and 多吉, told by the number of units. */
const UNIT_COSTS = [Infinity, 12, 5, 4];

/** The longest run of such units from `start` on, as its end and its cost. */
export function unitsAt(text: string, start: number): { end: number; cost: number } | undefined {
  let end = start;
  let units = 0;
  while (units < 3) {
    const length = [5, 4, 3, 2].find(
      (size) => end + size <= text.length && UNITS.has(text.slice(end, end + size)),
    );
    if (length === undefined) break;
    end += length;
    units++;
  }
  if (units === 0) return undefined;
  return { end, cost: UNIT_COSTS[units]! - (units === 1 && end - start > 2 ? 5 : 0) };
}
