/**
 * What runs inside the page, where it can be measured. Each function stands alone: the driver sends
 * its text. The tests are compiled without the types of a page, so the few used are named here.
 */
export interface Stop {
  readonly what: string;
  readonly width: number;
  readonly height: number;
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Style {
  readonly display: string;
  readonly outlineStyle: string;
  readonly outlineWidth: string;
  readonly outlineColor: string;
  readonly boxShadow: string;
  readonly transitionDuration: string;
  readonly animationName: string;
  readonly scrollBehavior: string;
  readonly overflowX: string;
}

interface Node {
  readonly tagName: string;
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly tabIndex: number;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly textContent: string | null;
  readonly parentElement: Node | null;
  checkVisibility(options?: object): boolean;
  closest(selector: string): Node | null;
  contains(other: Node | null): boolean;
  focus(options?: object): void;
  blur(): void;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): Rect;
  getClientRects(): ArrayLike<Rect>;
  matches(selector: string): boolean;
}

interface Marks {
  readonly stops: readonly Node[];
  /** The shadow of each stop without the focus. */
  readonly shadows: readonly string[];
  readonly before: Node | null;
  readonly scrolled: number;
}

interface PageSide {
  marks?: Marks;
  readonly scrollY: number;
  readonly innerWidth: number;
  readonly innerHeight: number;
  scrollTo(left: number, top: number): void;
  getComputedStyle(element: Node): Style;
  readonly document: {
    readonly title: string;
    readonly body: Node;
    readonly documentElement: Node;
    readonly activeElement: Node | null;
    querySelectorAll(selector: string): Iterable<Node>;
    elementFromPoint(left: number, top: number): Node | null;
    getAnimations(): readonly { readonly playState: string }[];
  };
}

/** The headings, the title, all that Tab should reach in the order it stands there, the targets. */
export function measure(): { headings: string[]; title: string; stops: Stop[]; targets: Stop[] } {
  const view = globalThis as unknown as PageSide;
  const { document } = view;
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const modal = [...document.querySelectorAll('dialog:modal')][0];
  const reached = [...document.querySelectorAll(all)].filter(
    (node) =>
      node.disabled !== true &&
      (modal === undefined || modal.contains(node)) &&
      node.checkVisibility({ visibilityProperty: true }),
  );
  const radios = reached.filter(({ type }) => type === 'radio');
  // Of a group of radio buttons Tab reaches the one that is chosen, or else the first.
  const isEntry = (node: Node): boolean => {
    const group = radios.filter(({ name }) => name === node.name);
    return (group.find(({ checked }) => checked === true) ?? group[0]) === node;
  };
  const stops = reached.filter(
    (node) => node.tabIndex >= 0 && (node.type !== 'radio' || isEntry(node)),
  );
  const say = (node: Node): string =>
    `${node.tagName.toLowerCase()}${node.id === '' ? '' : `#${node.id}`} ` +
    `${node.getAttribute('aria-label') ?? node.textContent?.trim().slice(0, 40) ?? ''}`.trim();
  const box = (node: Node): Stop => {
    const { width, height } = node.getBoundingClientRect();
    return { what: say(node), width, height };
  };
  // Exempt: links within a sentence, and frames that scroll, which nobody presses.
  const isTarget = (node: Node): boolean => {
    if (node.getAttribute('role') === 'region' || node.tabIndex < 0) return false;
    const around = node.parentElement?.textContent?.trim() ?? '';
    const inSentence = around.length > (node.textContent?.trim() ?? '').length;
    return !(
      node.tagName === 'A' &&
      view.getComputedStyle(node).display === 'inline' &&
      inSentence
    );
  };
  view.marks = {
    stops,
    shadows: stops.map((node) => view.getComputedStyle(node).boxShadow),
    before: document.activeElement,
    scrolled: view.scrollY,
  };
  return {
    headings: [...document.querySelectorAll('h1')].map((node) => node.textContent?.trim() ?? ''),
    title: document.title,
    stops: stops.map(box),
    targets: reached.filter(isTarget).map(box),
  };
}

/** What makes the page wider than the window; wide tables scroll in frames of their own. */
export function overhang(): string[] {
  const { document, getComputedStyle } = globalThis as unknown as PageSide;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isFramed = ({ parentElement: around }: Node): boolean =>
    around !== null &&
    around !== document.body &&
    (getComputedStyle(around).overflowX !== 'visible' || isFramed(around));
  return [
    `${scrollWidth} in ${clientWidth}`,
    ...[...document.querySelectorAll('body *')]
      .filter((node) => {
        const { left, width } = node.getBoundingClientRect();
        // The words of a narrow box may stand out of it.
        const inside = node.clientWidth > 0 ? Math.max(width, node.scrollWidth) : width;
        return left + inside > clientWidth + 1 && !isFramed(node);
      })
      .map((node) => `${node.tagName} ${node.getAttribute('class') ?? ''} ${node.id}`),
  ];
}

/** What moves, or would, on this page. */
export function motions(): string[] {
  const { document, getComputedStyle } = globalThis as unknown as PageSide;
  const styled = [...document.querySelectorAll('*')].flatMap((node) => {
    const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
    const moves =
      /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
    return moves ? [node.tagName] : [];
  });
  const running = document.getAnimations().filter(({ playState }) => playState === 'running');
  return [...styled, ...running.map(() => 'an animation')];
}

/** Gives the second stop the focus: the first is reached from there, by the keyboard. */
export function beginWalk(): void {
  (globalThis as unknown as PageSide).marks?.stops[1]?.focus();
}

/** Gives the focus back to where it was before the walk. */
export function endWalk(): void {
  const { document, marks, scrollTo } = globalThis as unknown as PageSide;
  if (marks === undefined) return;
  const { before, scrolled } = marks;
  if (before === null || before === document.body) document.activeElement?.blur();
  else before.focus({ preventScroll: true });
  scrollTo(0, scrolled);
}

export interface Seen {
  /** The place among the stops; -1 for none of them. */
  readonly at: number;
  readonly what: string;
  readonly fault: string | null;
}

/** What has the focus now, and what is wrong with how it shows. */
export function seeFocus(): Seen {
  const { document, marks, getComputedStyle } = globalThis as unknown as PageSide;
  const node = document.activeElement;
  if (node === null || node === document.body || marks === undefined) {
    return { at: -1, what: 'nothing', fault: null };
  }
  const at = marks.stops.indexOf(node);
  const what = `${node.tagName.toLowerCase()}#${node.id} ${node.textContent?.trim().slice(0, 40) ?? ''}`;

  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(node);
  const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  const isClear = /^(transparent|rgba\(.*, 0\))$/.test(outlineColor);
  if (!outlined || (isClear && boxShadow === marks.shadows[at])) {
    return { at, what, fault: `no mark: ${outlineStyle} ${outlineWidth} ${outlineColor}` };
  }
  // Not wholly hidden: of a grid of its points inside the window one at least is its own.
  const { left, top, width, height } = node.getClientRects()[0] ?? node.getBoundingClientRect();
  const parts = [0.02, 0.25, 0.5, 0.75, 0.98];
  const isSeen = parts.some((across) =>
    parts.some((down) => {
      const hit = document.elementFromPoint(left + across * width, top + down * height);
      return hit !== null && node.contains(hit);
    }),
  );
  return { at, what, fault: isSeen ? null : 'hidden behind something, or outside the window' };
}
