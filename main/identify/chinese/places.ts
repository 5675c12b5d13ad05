import type { EntitySpan } from '../../contract/identify.ts';
import { lexicon } from './lexicon.ts';
import type { Token } from './segment.ts';

/** A part of a place or address: the farther right in this list, the nearer to a door. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly kind: 'division' | 'town' | 'village' | 'road' | 'estate' | 'door';
}

const ROAD_END =
  /^(?:大道|大街|马路|公路|胡同|路|街|巷|弄堂)(?:[东南西北中](?:路|街|段|巷|里)?)?(?:[一二三四五六七八九十]段)?(?!村)/u;
const TOWN_END = /^(?:街道|镇(?![静痛咳定压吐惊魂])|乡|苏木|开发区|高新区|新区|工业园|经开区)/u;
const VILLAGE_END =
  /^(?:自然村|行政村|村|屯|寨|庄子|嘎查)(?!民|里|委|长|镇|医|级|子里|上|干部|庄)/u;
const ESTATE_END =
  /^(?:小区|花园|公寓|家属院|家属区|宿舍|新村|家园|花苑|苑|大厦|广场|山庄|社区|华府|公馆|名都|名苑|佳园|豪庭|雅居|嘉园|新城|华庭|别墅|大院|国际|城(?=\d))/u;
const HAN_COUNT = '[一二三四五六七八九十]{1,3}';
const DOOR = new RegExp(
  `(?:\\d{1,5}(?:[-之]\\d{1,4}){0,3}|[A-Za-z]\\d{0,3}|${HAN_COUNT}|[甲乙丙丁])(?:号院|号楼|支弄|单元|号(?:之[一二三四五六七八九十\\d])?|弄|栋|幢|座|室|层|楼|组|队|社|户|门|巷|房)(?:\\d{2,4}(?![\\d年月日.:岁号栋幢座单室弄组层楼队户社]))?`,
  'uy',
);
/** Words that end a place to its left although they can stand in a name. */
const STOP = new Set(
  '工作单位 性别 籍贯 地址 农民 住院 老家 双方 项目 本 各 全 每 大 小 该 某 我村 本村 同村 邻村 全村 外地 农村 乡村 城镇 小镇 集镇 古镇 道路 公路 铁路 马路 高速公路 线路 思路 一路 半路 上街 逛街 大街小巷 街道 走 沿 步行 通路 心路 血路 尿路 旁路 环路 短路 回路 消化道 呼吸道 气道 胆道 阴道 肠道 尿道 开户'.split(
    ' ',
  ),
);
/** Common words that end like a road, a town or an estate and are none. */
const COMMON = new Set(
  '走路 行路 铺路 探路 车路 泌尿路 出路 里弄 尿路 旁路 通路 回路 短路 思路 线路 电路 道路 公路 铁路 马路 高速公路 一路 半路 网路 走路 上路 带路 出路 让路 问路 迷路 领路 修路 后路 大路 小路 绝路 赶路 生路 套路 同路 开路 血路 气路 胆路 农村 乡村 山村 渔村 新村 全村 本村 邻村 同村 老乡 家乡 故乡 同乡 下乡 城乡 外乡 回乡 返乡 还乡 异乡 梦乡 思乡 他乡 水乡 城镇 乡镇 村镇 小镇 集镇 重镇 古镇 冰镇 市镇 街道 广场 大厦 社区 小区 花园 宿舍 公寓 国际 家园 别墅 大院 山庄 新城 高新区 开发区 新区 街 逛街 上街 大街 巷 胡同 小巷 村 寨 屯 镇 乡 工业园 大街小巷 校园 医院'.split(
    ' ',
  ),
);
const MOST_NAME = 6;

/** Index of the token that starts or ends at a place of the text. */
export interface TokenIndex {
  readonly tokens: readonly Token[];
  /** For every place of the text the number of the token over it. */
  readonly over: Int32Array;
}

export function indexTokens(tokens: readonly Token[], length: number): TokenIndex {
  const over = new Int32Array(length + 1).fill(-1);
  for (const [number, { start, end }] of tokens.entries()) over.fill(number, start, end);
  return { tokens, over };
}

/**
 * Places and addresses: known divisions and names that end in 镇, 村, 路, 小区 and the like, with the
 * numbers of doors behind them; parts that follow each other are one finding. What leads to a door is
 * an ADDRESS, what names an area a LOCATION.
 */
export function placesIn(text: string, index: TokenIndex): EntitySpan[] {
  return joinParts(text, partsIn(text, index));
}

export function partsIn(text: string, index: TokenIndex): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < text.length;) {
    const part = partAt(text, at, index, parts.at(-1));
    if (part === undefined) {
      at++;
      continue;
    }
    parts.push(part);
    at = part.end;
  }
  return parts;
}

function partAt(
  text: string,
  at: number,
  index: TokenIndex,
  before: Part | undefined,
): Part | undefined {
  const division = divisionAt(text, at, index);
  if (division !== undefined) return { start: at, end: division, kind: 'division' };
  const named = namedPart(text, at, index, before);
  if (named !== undefined || before === undefined || at !== before.end) {
    return named ?? (before === undefined ? undefined : doorPart(text, at, before));
  }
  const area = areaBehind(text, at, before, index);
  if (area !== undefined) return { start: at, end: area, kind: 'division' };
  const estate = namedByDoor(text, at, before, index);
  if (estate !== undefined) return { start: at, end: estate, kind: 'estate' };
  return doorPart(text, at, before);
}

/** A part told by its ending, with the name before it. */
function namedPart(
  text: string,
  at: number,
  index: TokenIndex,
  before: Part | undefined,
): Part | undefined {
  if (!STARTS.test(text[at]!)) return undefined;
  for (const [kind, form] of NAMED) {
    const length = form.exec(text.slice(at, at + 8))?.[0].length;
    if (length === undefined) continue;
    const start = nameStart(text, at, before?.end ?? 0, index);
    const part: Part = { start, end: at + length, kind };
    if (start < at && isNamed(text, at, part, index, before)) return part;
  }
  return undefined;
}

/** Whether what stands before an ending is a name: not 尿路, 该村, 同一间宿舍. */
function isNamed(
  text: string,
  at: number,
  { start, end, kind }: Part,
  { tokens, over }: TokenIndex,
  before: Part | undefined,
): boolean {
  const name = text.slice(start, end);
  if (before?.end === start) return !COMMON.has(name);
  const token = tokens[over[at]!]!;
  if (token.end > end || COMMON.has(name)) return false;
  if (token.start < at && COMMON.has(text.slice(token.start, token.end))) return false;
  if (/^[该此某本全各同邻我贵每哪]/u.test(name) && at - start === 1) return false;
  if (kind === 'road') return !/[尿血气胆]/u.test(text[at - 1]!);
  const numbered = /\d/u.test(text[end] ?? '');
  if (kind === 'estate' && name.length < 4) return numbered;
  return numbered || !DWELLING.test(text.slice(at, end));
}

/** The end of an area that no list has, right behind one that it lies in: 台北市信义区. */
function areaBehind(
  text: string,
  at: number,
  before: Part,
  { tokens, over }: TokenIndex,
): number | undefined {
  const length =
    /^(?:(?![镇乡村路街巷])[\u4e00-\u9fa5]){2,4}?[市县区旗](?![镇乡村路街巷]|[\u4e00-\u9fa5]?[场民长政级委域])/u.exec(
      text.slice(at, at + 8),
    )?.[0].length;
  if (before.kind !== 'division' || length === undefined || tokens[over[at]!]!.start !== at) {
    return undefined;
  }
  for (let next = at; next < at + length; next = tokens[over[next]!]!.end) {
    const { start, end } = tokens[over[next]!]!;
    if (lexicon().grammar.has(text.slice(start, end))) return undefined;
  }
  return at + length;
}

/** A number or group that stands for a door, behind a road, an estate or a village. */
function doorPart(text: string, at: number, before: Part): Part | undefined {
  if (before.kind === 'division' || at < before.end || at - before.end > 1) return undefined;
  if (at > before.end && !/[ ,，]/u.test(text[before.end]!)) return undefined;
  DOOR.lastIndex = at;
  const door = DOOR.exec(text)?.[0];
  if (door !== undefined) return { start: at, end: at + door.length, kind: 'door' };
  if (before.kind !== 'village' || at !== before.end) return undefined;
  const group = /^[\u4e00-\u9fa5]{1,3}[组队社屯](?![\u4e00-\u9fa5]?[织长员会])/u.exec(
    text.slice(at, at + 6),
  )?.[0];
  return group === undefined ? undefined : { start: at, end: at + group.length, kind: 'door' };
}

/** The end of a name that only the door behind it tells for a place: 朝阳区望京西园四区412号楼. */
function namedByDoor(
  text: string,
  at: number,
  before: Part,
  { tokens, over }: TokenIndex,
): number | undefined {
  if (at !== before.end || tokens[over[at]!]!.start !== at) return undefined;
  const end =
    at +
    (/^[\u4e00-\u9fa5]{2,8}(?=\d{1,5}(?:号楼|号院|栋|弄|幢|号))/u.exec(text.slice(at, at + 18))?.[0]
      .length ?? 0);
  for (let next = at; next < end; next = tokens[over[next]!]!.end) {
    const { start, end: until, kind } = tokens[over[next]!]!;
    if (kind === 'name' || lexicon().grammar.has(text.slice(start, until))) return undefined;
  }
  return end > at ? end : undefined;
}

/** What many live in: an address only with a door or a place. */
const DWELLING = /^(?:宿舍|公寓|小区|大院|别墅|大厦|广场|社区|家园|花园|国际)/u;

const STARTS =
  /[大马公胡路街巷弄里镇乡苏开高新工经自行村屯寨庄嘎小花家宿苑广山社华名佳豪雅嘉别国城]/u;
const NAMED: readonly (readonly [Part['kind'], RegExp])[] = [
  ['road', ROAD_END],
  ['estate', ESTATE_END],
  ['town', TOWN_END],
  ['village', VILLAGE_END],
];

/** The end of the longest known division that starts here on the edge of a word. */
function divisionAt(text: string, at: number, { tokens, over }: TokenIndex): number | undefined {
  const token = tokens[over[at]!];
  if (token === undefined || token.start !== at || token.kind === 'name') return undefined;
  const { places, placeStarts } = lexicon();
  if (!placeStarts.has(text.slice(at, at + 2))) return undefined;
  for (let length = Math.min(12, text.length - at); length > 1; length--) {
    if (!places.has(text.slice(at, at + length))) continue;
    const last = tokens[over[at + length - 1]!];
    // A short name may be the start of a longer word: 上海 in 上海市区, but not 大理 in 大理石.
    const rest = text.slice(at + length, last?.end);
    if (last?.end !== at + length && last?.start === at && !/^[人籍市省县区话]/u.test(rest))
      continue;
    const full = /[省市区县旗盟州]$/u.test(text.slice(at, at + length));
    if (!full && ROADLIKE.test(text.slice(at + length, at + length + 4))) return undefined;
    return at + length;
  }
  return undefined;
}

/** Behind a short name of a place: 北京东路 and 南京村 are no place in Beijing. */
const ROADLIKE = /^[东南西北中]?(?:路|街|大道|大街|巷|村|镇|屯|寨|新村|花园|公寓|广场|大厦)/u;

/** How far the name before an ending like 路 reaches to the left: over words that can be part of a name. */
function nameStart(text: string, at: number, floor: number, { tokens, over }: TokenIndex): number {
  const gap = at - floor <= 4 ? text.slice(floor, at) : '';
  if (
    floor > 0 &&
    /^[\u4e00-\u9fa5]+$/u.test(gap) &&
    !/[到在的去来是人与和及我他她]/u.test(gap.slice(0, 1))
  ) {
    return floor;
  }
  let start = at;
  let number = over[at]!;
  if (tokens[number]!.start < at) start = tokens[number]!.start;
  while (number > 0) {
    const token = tokens[--number]!;
    if (
      token.start < floor ||
      at - token.start > MOST_NAME ||
      (token.end !== start && token.end > start)
    )
      break;
    const word = text.slice(token.start, token.end);
    const stops =
      token.kind === 'functional' &&
      token.end - token.start < 2 &&
      !'安到新上下大小老前后东西南北中'.includes(word);
    if (
      token.kind === 'other' ||
      stops ||
      STOP.has(word) ||
      (token.kind === 'functional' && start < at && !NAMELIKE.has(word))
    )
      break;
    if (token.kind === 'functional' && !NAMELIKE.has(word)) break;
    start = token.start;
  }
  return Math.max(start, floor);
}

/** Verbs that roads and estates are called by. */
const NAMELIKE = new Set(
  '大 小 老 前 后 东 西 南 北 中 解放 建设 胜利 和平 团结 奋斗 创业 发展 安 到 新 上 下 前进 跃进 复兴 振兴 幸福 民主 自由 劳动 学习 工作 光明 友谊 文明 繁荣 兴隆 爱国 保卫 向 航 飞 望 迎 向阳 迎宾 延安 永'.split(
    ' ',
  ),
);

function joinParts(text: string, parts: readonly Part[]): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (let first = 0; first < parts.length;) {
    let last = first;
    while (last + 1 < parts.length && joins(text, parts[last]!, parts[last + 1]!)) last++;
    const chain = parts.slice(first, last + 1);
    spans.push(asSpan(chain));
    first = last + 1;
  }
  return spans;
}

function joins(text: string, before: Part, after: Part): boolean {
  // A new area behind a street or a door is another place: 南大街5号北京理工大学.
  if (after.kind === 'division' && before.kind !== 'division') return false;
  if (after.start === before.end) return true;
  return after.start - before.end === 1 && text[before.end] === ' ' && after.kind !== 'division';
}

function asSpan(chain: readonly Part[]): EntitySpan {
  const kinds = new Set(chain.map(({ kind }) => kind));
  const [start, end] = [chain[0]!.start, chain.at(-1)!.end];
  const untilDoor =
    kinds.has('road') ||
    kinds.has('estate') ||
    kinds.has('door') ||
    (kinds.has('village') && chain.length > 1);
  const confidence =
    chain.length > 1 ? 0.85 : kinds.has('division') ? 0.75 : kinds.has('road') ? 0.7 : 0.6;
  return { start, end, type: untilDoor ? 'ADDRESS' : 'LOCATION', confidence };
}
