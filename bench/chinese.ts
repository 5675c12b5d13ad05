import { findChinese } from '../main/identify/chinese/find.ts';
import { segment } from '../main/identify/chinese/segment.ts';

export interface ChineseBench {
  readonly characters: number;
  /** Milliseconds of processor time until the first text is done: the lists are built then. */
  readonly first_ms: number;
  /** Median over the runs, characters per second of processor time. */
  readonly segment_characters_per_second: number;
  readonly find_characters_per_second: number;
  /** Time for four times the text divided by time for it: 4 where time grows linearly. */
  readonly growth_of_4: number;
}

const PARAGRAPHS = [
  '患者王建国，男，67岁，因反复咳嗽、咳痰3年，加重5天于2024年3月5日入住武汉市第三医院呼吸内科，住院号20240312。',
  '既往有高血压病史十余年，长期口服氨氯地平片，血压控制尚可。否认糖尿病、冠心病史，否认肝炎、结核等传染病史。',
  '查体：神志清楚，皮肤巩膜无黄染，双肺呼吸音粗，未闻及干湿性啰音，心率82次/分，律齐，腹软，无压痛及反跳痛。',
  '双方就合同金额、付款方式以及违约责任等事项进行了充分协商，于是决定按原方案执行，有关部门应当认真落实。',
  '家属李秀英住湖北省武汉市武昌区中南路12号3栋2单元501室，电话13800138000，张主任已向其交代病情。',
];

/** Speed of the segmentation and of the whole finder of Chinese on one long text of `rows` sentences. */
export function benchChinese(rows = 2000, runs = 3): ChineseBench {
  const text = PARAGRAPHS.join('').repeat(Math.ceil(rows / PARAGRAPHS.length));
  const first_ms = cost(() => findChinese(PARAGRAPHS[0]!));
  const median = (work: (text: string) => unknown, on = text): number =>
    Array.from({ length: runs }, () => cost(() => work(on))).toSorted((a, b) => a - b)[
      Math.floor(runs / 2)
    ]!;
  const whole = median(findChinese);
  const perSecond = (milliseconds: number): number =>
    Math.round((text.length / milliseconds) * 1000);
  return {
    characters: text.length,
    first_ms: Math.round(first_ms),
    segment_characters_per_second: perSecond(median(segment)),
    find_characters_per_second: perSecond(whole),
    growth_of_4: Number((median(findChinese, text.repeat(4)) / whole).toFixed(2)),
  };
}

function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
