import { folded } from '../english/tokens.ts';
import { Keyed } from './keyed.ts';

/** Names that any gender bears and that serve as given and family names alike. */
const NAMES =
  'Adair Addison Ainsley Alder Alexis Arden Ariel Ashby Ashton Aubrey Auden Avery Bailey Baylor Bellamy Berkeley Blaine Blair Blake Bowie Briar Brooke Caelan Cameron Campbell Carey Carlin Carson Casey Cassidy Channing Charley Clancy Cody Collins Corey Dakota Dale Dallas Darby Darcy Delaney Dell Devin Devon Drew Eden Ellery Ellis Ellison Emerson Emery Ezra Fallon Farley Farrell Finley Flynn Frances Frankie Gale Garland Gray Greer Hadley Halley Harley Harlow Harper Hartley Haven Hayden Hollis Hunter Indigo Ira Jackie Jaden Jamie Jay Jesse Joby Jordan Jules Justice Kai Keegan Keeley Kelly Kelsey Kendall Kennedy Kerry Kieran Kim Kinsley Kirby Kit Lacey Lane Laurel Leigh Lennon Lennox Leslie Linden Lindsay Logan London Loren Lou Lyle Lynn Mackenzie Madison Marley Marlow Mason Maxwell Merle Merritt Micah Milan Monroe Morgan Murphy Nevada Nico Noel North Oakley Ocean Palmer Paris Parker Pat Paxton Payton Perry Peyton Phoenix Piper Presley Quincy Quinn Rae Randall Raven Reagan Reece Reese Regan Remy Rene Rhodes Ridley Riley Rio River Robin Rory Rowan Royce Rylan Sage Salem Sawyer Selby Shannon Shay Shelby Sidney Skyler Sloan Spencer Stacy Starling Stevie Storm Sutton Sydney Tanner Tatum Taylor Teagan Temple Terry Toby Tracy Tristan Tyler Vale Vivian Wallis Wesley West Whitney Winter Wren Wynn Yael Zion'.split(
    ' ',
  );
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const GIVEN = [
  ...'安宁文思清和晨晓远航子一欣然乐平嘉心怡泽言书悦辰新云景明雨宇佳艺凡可希之予知行舟白青林',
];

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/**
 * A name for a name: every word by itself, so that "Ana Lind" and "Ana" stay the same person.
 * Particles and the way of writing (capitals, initials) stay; Chinese names get a family name for
 * the first character and given names for the others.
 */
export function nameFor(key: Uint8Array, name: string): string {
  return name.replace(WORD, (word) => {
    if (/^\p{Script=Han}+$/u.test(word)) return chineseNameFor(key, word);
    const plain = folded(word);
    // "van", "de la": written small and short beside other words.
    const particle = word === word.toLowerCase() && word.length <= 3 && name.length > word.length;
    if (particle) return word;
    if (word.length === 1) return initialFor(key, plain, word);
    return written(word, differing(key, plain));
  });
}

function initialFor(key: Uint8Array, plain: string, initial: string): string {
  const keyed = new Keyed(key, 'initial', plain);
  const letters = [...'abcdefghijklmnoprstvw'].filter((letter) => letter !== plain);
  const letter = keyed.pick(letters);
  return initial === initial.toLowerCase() ? letter : letter.toUpperCase();
}

function differing(key: Uint8Array, plain: string): string {
  const keyed = new Keyed(key, 'name', plain);
  return keyed.pick(NAMES.filter((name) => !overlaps(name.toLowerCase(), plain)));
}

const overlaps = (one: string, other: string): boolean =>
  one.includes(other) || other.includes(one);

function written(like: string, name: string): string {
  if (like === like.toLowerCase()) return name.toLowerCase();
  return like === like.toUpperCase() ? name.toUpperCase() : name;
}

function chineseNameFor(key: Uint8Array, name: string): string {
  const used = new Set(name);
  const [first = '', ...rest] = [...name];
  const of = (purpose: string, character: string, list: readonly string[]): string =>
    new Keyed(key, purpose, character).pick(list.filter((one) => !used.has(one)));
  return of('surname', first, SURNAMES) + rest.map((one) => of('given', one, GIVEN)).join('');
}
