/** The keyboard of the graph: it is one stop, and the arrow keys walk it. */
import type { KeyboardEvent } from 'react';
import type { GraphIndex } from './graphIndex.ts';
import type { GraphLayout } from './graphLayout.ts';

export interface TreeKeys {
  index: GraphIndex;
  layout: GraphLayout;
  isRtl: boolean;
  goTo(key: string): void;
  onOpen(key: string): void;
  onMark(key: string): void;
  /** The next link that leads on from this node. */
  onLink(key: string): void;
  onCloseLink(): void;
  zoom(factor: number): void;
  fit(): void;
}

/** Right and Left follow links, Up and Down walk a rank. In a page from right to left the graph is mirrored, and so are the keys. */
export function treeKey(event: KeyboardEvent<HTMLElement>, keys: TreeKeys): void {
  const { target } = event;
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const key =
    target instanceof HTMLElement ? target.closest<HTMLElement>('[data-node]')?.dataset.node : undefined;
  if (key === undefined) return;
  const to = walk(event.key, key, keys);
  if (to !== undefined) keys.goTo(to);
  else if (event.key === 'Enter') keys.onOpen(key);
  else if (event.key === ' ') keys.onMark(key);
  else if (event.key === 'l' || event.key === 'L') keys.onLink(key);
  else if (event.key === '+' || event.key === '=') keys.zoom(1.25);
  else if (event.key === '-') keys.zoom(0.8);
  else if (event.key === '0') keys.fit();
  else if (event.key === 'Escape') {
    keys.onCloseLink();
    // Whoever shows the view may close something by Escape as well.
    return;
  } else if (!event.key.startsWith('Arrow')) return;
  event.preventDefault();
}

function walk(pressed: string, key: string, { index, layout, isRtl }: TreeKeys): string | undefined {
  const forward = isRtl ? 'ArrowLeft' : 'ArrowRight';
  const back = isRtl ? 'ArrowRight' : 'ArrowLeft';
  const own = layout.nodes.get(key);
  if (!own) return undefined;
  const nearest = (keys: Iterable<string>) =>
    [...keys]
      .flatMap((each) => layout.nodes.get(each) ?? [])
      .sort((one, other) => Math.abs(one.y - own.y) - Math.abs(other.y - own.y))[0]?.key;
  switch (pressed) {
    case forward:
      return nearest((index.from.get(key) ?? []).map(({ to }) => to));
    case back:
      return nearest((index.into.get(key) ?? []).map(({ from }) => from));
    case 'ArrowDown':
    case 'ArrowUp': {
      const rank = [...layout.nodes.values()]
        .filter((node) => node.rank === own.rank)
        .sort((one, other) => one.x - other.x || one.y - other.y);
      return rank[rank.indexOf(own) + (pressed === 'ArrowDown' ? 1 : -1)]?.key;
    }
    case 'Home':
      return index.order[0];
    case 'End':
      return index.order.at(-1);
    default:
      return undefined;
  }
}
