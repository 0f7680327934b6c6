import { builtRanges, endDesign } from './builtRanges.ts';
import { createNetwork, type DesignLayer, type Layer, type Network } from './layers.ts';
import type { DesignInfo } from './NetworkStore.ts';
import { keptSets } from './undo/changeSets.ts';
import type { ChangeSet } from './undo/undoTypes.ts';

/** One change of what is committed. A commit is a list of them, which a store that keeps a file writes there first. */
export type NetworkChange =
  /** `design`: its name, or null for master. `taskId`: the task that writes. `set`: what a design keeps of it. */
  | {
      kind: 'write';
      design: string | null;
      layer: Layer;
      taskId?: string | undefined;
      set?: ChangeSet | undefined;
    }
  | { kind: 'create'; design: DesignInfo }
  /** The design goes, with all that was planned in it. `isPosted`: master is given its records by the change after this one. */
  | { kind: 'drop'; design: string; isPosted?: boolean };

/** Carries the changes out. It takes over the layers that are written. */
export function applyChanges(network: Network, changes: readonly NetworkChange[]): void {
  for (const change of changes) {
    if (change.kind === 'create') {
      const all = [...network.designs.values(), ...createNetwork([change.design]).designs.values()];
      network.designs = byName(all);
    } else if (change.kind === 'drop') {
      forgetReservations(network, change.design);
      network.designs.delete(change.design);
      endDesign(network.built, change.design, change.isPosted === true);
    } else {
      applyWrites(network, change);
    }
  }
}

function applyWrites(
  network: Network,
  { design: name, layer, taskId, set }: Extract<NetworkChange, { kind: 'write' }>,
): void {
  const target = name === null ? network.master : network.designs.get(name);
  if (!target) throw new Error(`there is no design/${name} to write to`);
  target.version += 1;
  if (target.info === null) {
    for (const [table, { hidden }] of layer.entries()) {
      const changedAt = network.master.changedAt.get(table) ?? new Map<number, number>();
      for (const id of hidden.keys()) changedAt.set(id, network.master.version);
      if (changedAt.size > 0) network.master.changedAt.set(table, changedAt);
    }
  }
  if (taskId !== undefined && name !== null) {
    const ranges = builtRanges(layer, name);
    if (ranges.length > 0) network.built.set(taskId, [...(network.built.get(taskId) ?? []), ...ranges]);
  }
  if (set && target.info !== null) target.history = keptSets([...target.history, set]);
  target.layer.absorb(layer);
}

/** The network with the changes. The network itself stays as it is; the two share what the changes do not touch. */
export function withChanges(network: Network, changes: readonly NetworkChange[]): Network {
  const written = new Set(changes.map((change) => (change.kind === 'write' ? change.design : undefined)));
  const { master, designs } = network;
  const copy: Network = {
    master: {
      ...master,
      layer: written.has(null) ? master.layer.copy() : master.layer,
      changedAt: new Map(Array.from(master.changedAt, ([table, ids]) => [table, new Map(ids)])),
    },
    designs: byName(
      Array.from(designs.values(), (design) => ({
        ...design,
        layer: written.has(design.info.name) ? design.layer.copy() : design.layer,
      })),
    ),
    lastIds: network.lastIds,
    reservedNames: new Map(),
    built: new Map(network.built),
  };
  const own = changes.map((change) =>
    change.kind === 'write' ? { ...change, layer: change.layer.copy() } : change,
  );
  applyChanges(copy, own);
  return copy;
}

function byName(designs: DesignLayer[]): Map<string, DesignLayer> {
  designs.sort((a, b) => (a.info.name < b.info.name ? -1 : 1));
  return new Map(designs.map((design) => [design.info.name, design]));
}

function forgetReservations({ designs, reservedNames }: Network, name: string): void {
  const design = designs.get(name);
  for (const names of reservedNames.values()) {
    for (const [reserved, by] of names) if (by === design) names.delete(reserved);
  }
}
