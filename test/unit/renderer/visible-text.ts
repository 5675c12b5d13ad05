import { isPseudo } from '../../pseudo.ts';

/** Visible texts of a page that no sentence stands behind: neither pseudo, nor a name, nor a figure. */
export function untranslated(root: Element, known: readonly string[]): string[] {
  const texts: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === 3) texts.push((node.textContent ?? '').trim());
    if (node.nodeType !== 1) return;
    const element = node as Element;
    if (['SCRIPT', 'STYLE'].includes(element.tagName)) return;
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const value = element.getAttribute(name);
      if (value !== null) texts.push(value.trim());
    }
    element.childNodes.forEach(walk);
  };
  walk(root);
  return texts.filter(
    (text) => /\p{L}/u.test(text) && !isPseudo(text) && !known.some((name) => text.includes(name)),
  );
}
