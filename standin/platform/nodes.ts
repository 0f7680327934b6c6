/** Anything that plugins put into an element: a node, a text of HTML, a jQuery object, or several of them. */
export type Contents = unknown;

/** The nodes of what a plugin puts into an element. A text is read as HTML, as jQuery reads it. */
export function nodesOf(contents: Contents): Node[] {
  if (contents === null || contents === undefined) return [];
  if (contents instanceof Node) return [contents];
  if (typeof contents === 'object' && 'length' in contents) {
    return Array.from({ length: Number(contents.length) }, (_, index) =>
      Reflect.get(contents, index),
    ).flatMap(nodesOf);
  }
  // A control or a form, instead of its element.
  if (typeof contents === 'object' && 'el' in contents) return nodesOf(contents.el);
  return htmlNodes(String(contents));
}

/** The first element of what a plugin names by an element, a jQuery object or a selector. */
export function elementOf(given: unknown): HTMLElement | undefined {
  if (typeof given === 'string') return document.querySelector<HTMLElement>(given) ?? undefined;
  return nodesOf(given).find((node) => node instanceof HTMLElement);
}

function htmlNodes(html: string): Node[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const element of template.content.querySelectorAll('*')) {
    // The text may have the name of a feature in it: it runs no code.
    for (const name of element.getAttributeNames()) if (/^on/i.test(name)) element.removeAttribute(name);
  }
  return [...template.content.childNodes];
}
