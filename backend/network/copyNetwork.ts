import type { Network } from './layers.ts';

/**
 * A copy for readers. It has the records that the network has now; none of them is ever changed, so they are not copied, and a
 * million of them take some milliseconds. It lacks what only writers look at.
 */
export function copyNetwork({ master, designs, built }: Network): Network {
  return {
    master: { ...master, layer: master.layer.copy() },
    designs: new Map(
      Array.from(designs, ([name, design]) => [name, { ...design, layer: design.layer.copy() }]),
    ),
    built: new Map(built),
    lastIds: new Map(),
    reservedNames: new Map(),
  };
}
