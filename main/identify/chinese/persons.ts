import type { EntitySpan } from '../../contract/identify.ts';
import { isHan } from './fold.ts';
import { lexicon } from './lexicon.ts';
import { titleAt } from './name-context.ts';
import { nameModel } from './name-model.ts';
import type { Token } from './segment.ts';
import { matchSpans } from './spans.ts';
import { isSound, UNITS } from './transliterated.ts';

const FIELD =
  /(?:姓名|名字|联系人|申请人|经办人|签名|签字|记录者|报告人|收款人|投诉人|户主|法定代表人|法人代表|监护人|被询问人|负责人|户名|持卡人|收件人|家属签名|医师签名|护士签名)[:： ]{1,3}([\u4e00-\u9fa5]{2,4}(?:·[\u4e00-\u9fa5]{1,8}){0,3})(?=[\s,，。；;、(（)）/|]|$)/gu;
const NO_NAME =
  /^(?:无|不详|未知|本人|如上|同上|不明|未填|患者|家属|同前|医师|护士|性别|年龄|匿名|其他|父亲|母亲|配偶|儿子|女儿)/u;
const MASKED = /([\u4e00-\u9fa5])(某{1,2}[甲乙丙丁]?|[*＊×○□●]{1,3}|[xX]{1,2}(?![A-Za-z0-9]))/gu;
/** 某地, 某日, 某医院: some place or day, not someone. */
const NOT_SOMEONE = /[地年月日天些个种医处时院校公单次项药中大小县市省区村镇乡厂局]/u;
/** Before 于某 and the like, which may as well be 位于某地. */
const BEFORE_MASK = /[\s,，。；;、:：（(“"与和被将对叫让及]/u;
const MASKED_COMPOUND =
  /(?:欧阳|上官|司马|诸葛|皇甫|慕容|司徒|夏侯|尉迟)(?:某{1,2}|[*＊×○]{1,3})/gu;
const DOT = /[·•‧・]/gu;
const CALLED = /(?<=[我他她人贵者])姓([\u4e00-\u9fa5]{1,2})(?=[\s,，。；;、]|$)/gu;
const LONGEST_PART = 8;

/** Names in running text: those the segmentation chose, those of forms, masked and transliterated ones. */
export function personsIn(text: string, tokens: readonly Token[]): EntitySpan[] {
  const chosen = tokens
    .filter(({ kind }) => kind === 'name')
    .map(({ start, end, evidence }): EntitySpan => ({
      start,
      end,
      type: 'PERSON',
      confidence: evidence >= 5 ? 0.9 : evidence >= 2.5 ? 0.8 : 0.65,
    }));
  const found = [
    ...chosen,
    ...fieldNames(text),
    ...maskedNames(text),
    ...dottedNames(text),
    ...calledBySurname(text),
  ];
  const all = [...found, ...repeated(text, found)];
  return [...all, ...titlesBehind(text, all)];
}

function fieldNames(text: string): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (const match of text.matchAll(FIELD)) {
    const name = match[1]!;
    if (NO_NAME.test(name)) continue;
    const end = match.index + match[0].length;
    spans.push({ start: end - name.length, end, type: 'PERSON', confidence: 0.95 });
  }
  return spans;
}

function maskedNames(text: string): EntitySpan[] {
  const { surnames, grammar } = nameModel();
  const spans: EntitySpan[] = [];
  for (const match of text.matchAll(MASKED)) {
    const [whole, surname, mask] = match;
    if (!surnames.has(surname!)) continue;
    const plain = mask!.startsWith('某');
    const end = match.index + whole.length;
    if (plain ? NOT_SOMEONE.test(text.slice(end, end + 1)) : grammar.has(surname!)) continue;
    if (grammar.has(surname!) && !BEFORE_MASK.test(text[match.index - 1] ?? '\n')) continue;
    spans.push({ start: match.index, end, type: 'PERSON', confidence: plain ? 0.88 : 0.82 });
  }
  for (const match of text.matchAll(MASKED_COMPOUND)) {
    const end = match.index + match[0].length;
    spans.push({ start: match.index, end, type: 'PERSON', confidence: 0.9 });
  }
  return spans;
}

/** Names with a dot between their parts: as far to both sides as such names are written. */
function dottedNames(text: string): EntitySpan[] {
  const spans: EntitySpan[] = [];
  let until = 0;
  for (const { index } of text.matchAll(DOT)) {
    if (index < until) continue;
    let start = index;
    while (start > until && index - start < LONGEST_PART) {
      const unit = [5, 4, 3].find(
        (size) => start - size >= until && UNITS.has(text.slice(start - size, start)),
      );
      if (unit === undefined && !isSound(text[start - 1])) break;
      start -= unit ?? 1;
    }
    let end = index;
    for (let parts = 0; parts < 4 && /[·•‧・]/u.test(text[end] ?? ''); parts++) {
      let next = end + 1;
      while (next - end <= LONGEST_PART && isHan(text, next) && isSound(text[next])) next++;
      if (next === end + 1) break;
      end = next;
    }
    if (start === index || end === index) continue;
    spans.push({ start, end, type: 'PERSON', confidence: 0.92 });
    until = end;
  }
  return spans;
}

function calledBySurname(text: string): EntitySpan[] {
  const { surnames } = nameModel();
  return matchSpans(
    text,
    CALLED,
    'PERSON',
    (surname) => (surnames.has(surname) ? 0.8 : undefined),
    1,
  );
}

const LONGEST_NAME = 20;

/** A full name found once with good evidence is found wherever else it stands. */
function repeated(text: string, found: readonly EntitySpan[]): EntitySpan[] {
  const { words } = lexicon();
  const byStart = new Map<string, Set<string>>();
  for (const { start, end, confidence } of found) {
    const name = text.slice(start, end);
    if (name.length < 2 || name.length > LONGEST_NAME || confidence < 0.65) continue;
    if (confidence < 0.85 && words.has(name)) continue;
    if (
      !isHan(text, start) ||
      /[某*＊×○□●xX]/u.test(name) ||
      (/^[小老阿]/u.test(name) && name.length === 2)
    )
      continue;
    const names = byStart.get(name.slice(0, 2)) ?? new Set();
    byStart.set(name.slice(0, 2), names.add(name));
  }
  if (byStart.size === 0) return [];
  const known = new Set(found.map(({ start, end }) => `${start} ${end}`));
  const spans: EntitySpan[] = [];
  for (let start = 0; start + 1 < text.length; start++) {
    const names = byStart.get(text.slice(start, start + 2));
    if (names === undefined) continue;
    for (let length = 2; length <= LONGEST_NAME && start + length <= text.length; length++) {
      const end = start + length;
      if (!names.has(text.slice(start, end)) || known.has(`${start} ${end}`)) continue;
      spans.push({ start, end, type: 'PERSON', confidence: 0.85 });
    }
  }
  return spans;
}

function titlesBehind(text: string, persons: readonly EntitySpan[]): EntitySpan[] {
  const spans: EntitySpan[] = [];
  for (const { end } of persons) {
    const title = titleAt(text, end);
    if (title !== undefined)
      spans.push({ start: end, end: end + title.length, type: 'TITLE', confidence: 0.8 });
  }
  return spans;
}
