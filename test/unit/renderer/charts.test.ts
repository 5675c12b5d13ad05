import { render } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import Chart from '../../../main/paper/Chart.svelte';
import { CHARTS, ROC, TRAINING } from '../paper/chart-samples.ts';

it('draws every chart in the window, with its table folded and no style of its own', () => {
  for (const chart of CHARTS) {
    const { container, unmount } = render(Chart, { props: { chart, language: 'zh-CN' } });
    expect(container.querySelector('svg')?.getAttribute('role')).toBe('img');
    expect(container.querySelector('details')?.open).toBe(false);
    expect(container.querySelectorAll('[style], style')).toHaveLength(0);
    unmount();
  }
});

it('follows a training as it goes, and the language', async () => {
  const [first, second] = TRAINING.points;
  const start = { ...TRAINING, points: first ? [first] : [] };
  const { container, rerender } = render(Chart, { props: { chart: start, language: 'en' } });
  expect(container.querySelectorAll('tbody tr')).toHaveLength(1);
  const later = { ...start, points: first && second ? [first, second] : [] };
  await rerender({ chart: later, language: 'en' });
  expect(container.querySelectorAll('tbody tr')).toHaveLength(2);
  expect(container.textContent).toContain('Steps done: 100 of 2,000');
  await rerender({ chart: later, language: 'zh-CN' });
  expect(container.textContent).toContain('已完成步数：100，共 2,000');
});

it('lists every point of a ROC curve', () => {
  const { container } = render(Chart, { props: { chart: ROC, language: 'en' } });
  expect(container.querySelectorAll('tbody tr')).toHaveLength(ROC.points.length + 1);
});
