import { fireEvent } from '@testing-library/svelte';

/** The light DOM does not know that the chosen option of a list is ':checked'. */
export function choose(list: HTMLSelectElement, value: string): Promise<unknown> {
  const option = [...list.options].find((one) => one.value === value);
  Object.assign(list, { querySelector: () => option ?? null });
  return fireEvent.change(list, { target: { value } });
}
