import type { RenderRoot } from '../../../src/host/contract.ts';
import { MessageBox, messageKind } from '../MessageBox.tsx';
import { elementOf } from '../nodes.ts';
import { renderFramed } from '../renderFramed.ts';
import { disposers } from '../widgets.ts';

const roots = new WeakMap<HTMLElement, RenderRoot>();

/**
 * Shows a message in an element, in place of what is in it: `new DisplayMessage({ el, type: 'error', message })`. An empty
 * message clears the element.
 */
export class DisplayMessage {
  /** `el`: an element, its `$el` or a selector. `type`: 'info', 'success', 'warning' or 'error'. */
  constructor({ el, type, message }: { el?: unknown; type?: string; message?: unknown } = {}) {
    const element = elementOf(el);
    if (!element) return;
    roots.get(element)?.unmount();
    roots.delete(element);
    element.replaceChildren();
    const text = message instanceof Error ? message.message : String(message ?? '');
    if (text === '') return;
    const place = document.createElement('div');
    element.append(place);
    const root = renderFramed(place, MessageBox, { kind: messageKind(type), children: text });
    roots.set(element, root);
    disposers.set(place, () => root.unmount());
  }
}
