import type { idle as english } from '../en/idle.ts';

/** 多久不用就锁定保险库。 */
export const idle: typeof english = {
  now: (shown) => `${shown} 分钟不使用，保险库就会锁定。`,
  change: '更改锁定前的等待时间',
  title: '多久不使用就锁定保险库？',
  hint: '别人也能接触到这台电脑时，选短一些。锁定后，正在进行的工作会继续，已填写的内容都已保存。屏幕锁定或电脑休眠时，保险库会立即锁定。',
  minutes: (shown) => `${shown} 分钟`,
  button: '保存',
  kept: '这项设置记在这台电脑上、保险库之外，对所有使用者都有效。',
};
