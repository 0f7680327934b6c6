// Keeps the style sheets of antd small for component tests. jsdom lays nothing out: of a style, Testing Library asks only
// whether it hides an element. It asks that of every element that it looks at, and jsdom then tries each rule of each
// sheet. So a sheet keeps the rules that hide or show, and no others: these were a third of the time of all component tests.

const HIDES_OR_SHOWS = /(?:^|[;{\s])(?:display|visibility)\s*:/;

/**
 * @returns The rules of a sheet that set `display` or `visibility`. At-rules are left out, except layers: jsdom knows no
 * width of a window and draws no animation.
 * @example hidingRules('.a{color:red}.b{display:none}@media print{.c{display:none}}'); // '.b{display:none}'
 */
export function hidingRules(css: string): string {
  let kept = '';
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) break;
    const close = closingBrace(css, open);
    const head = css.slice(at, open).trim();
    const body = css.slice(open + 1, close);
    if (head.startsWith('@layer')) kept += hidingRules(body);
    else if (!head.startsWith('@') && HIDES_OR_SHOWS.test(body)) kept += `${head}{${body}}`;
    at = close + 1;
  }
  return kept;
}

/** The index of the brace that closes the one at `open`, or of the end. */
function closingBrace(css: string, open: number): number {
  let depth = 0;
  for (let i = open; i < css.length; i += 1) {
    if (css[i] === '{') depth += 1;
    else if (css[i] === '}' && --depth === 0) return i;
  }
  return css.length;
}

/** From now on, a style element of this window that is given a sheet keeps its `hidingRules`. It reads as it was written. */
export function keepHidingRules(): void {
  const { prototype } = HTMLStyleElement;
  // Files that share a window run this once each.
  if (Object.hasOwn(prototype, 'innerHTML')) return;
  const given = new WeakMap<HTMLStyleElement, string>();
  Object.defineProperty(prototype, 'innerHTML', {
    configurable: true,
    get(this: HTMLStyleElement) {
      return given.get(this) ?? this.textContent;
    },
    set(this: HTMLStyleElement, css: string) {
      given.set(this, css);
      this.textContent = hidingRules(css);
    },
  });
}
