import { expect, it } from 'vitest';
import { showBytes, showMoment, showNumber, showPercent } from '../../../renderer/formats.ts';

it('writes numbers as the language does', () => {
  expect(showNumber(1234567.5, 'en')).toBe('1,234,567.5');
  expect(showNumber(0.1234567, 'zh-Hans')).toBe('0.123457');
  expect(showPercent(0.25, 'en')).toBe('25%');
});

it('writes sizes in the largest unit that fits', () => {
  expect(showBytes(0, 'en')).toBe('0 bytes');
  expect(showBytes(1, 'en')).toBe('1 byte');
  expect(showBytes(999, 'en')).toBe('999 bytes');
  expect(showBytes(1000, 'en')).toBe('1 kB');
  expect(showBytes(18_461, 'en')).toBe('18.5 kB');
  expect(showBytes(5e12, 'en')).toBe('5,000 GB');
  expect(showBytes(512, 'zh-Hans')).toBe('512字节');
});

it('writes moments, and leaves what is none', () => {
  expect(showMoment('2026-11-23T10:00:00Z', 'en')).toContain('2026');
  expect(showMoment('2026-11-23T10:00:00Z', 'zh-Hans')).toContain('年');
  expect(showMoment('?', 'en')).toBe('?');
});
