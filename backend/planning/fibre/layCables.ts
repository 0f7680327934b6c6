import type { Fibre, PlanCable } from '../Plan.ts';
import type { PlanRules } from '../rules.ts';
import { cableSizesFor } from './cableSizes.ts';
import type { Sections } from './sections.ts';

/** Cables that lie side by side along some sections, one below the other. */
interface Bundle {
  cables: number[];
  sizes: number[];
  /** The fibre of each circuit. */
  fibreOf: Map<number, Fibre>;
}

export interface LaidCables {
  /** `nodes` are nodes of the net; routes and metres are not known yet. */
  cables: Pick<PlanCable, 'kind' | 'size' | 'used' | 'nodes'>[];
  /** By section: where each circuit is. */
  bundleOf: (Pick<Bundle, 'fibreOf'> | undefined)[];
}

/**
 * Lays cables of a kind along the sections. `circuitsOf` has by section the numbers of the circuits that need a fibre in it. Where
 * a section needs the same sizes as the one above, its cables go on without a splice, in the branch that has most circuits.
 */
export function layCables(
  kind: PlanCable['kind'],
  sections: Sections,
  circuitsOf: readonly (readonly number[])[],
  rules: PlanRules,
  cables: LaidCables['cables'],
): LaidCables {
  const below = new Map<number, number[]>();
  for (const [section, { above }] of sections.list.entries()) {
    const there = below.get(above);
    if (there) there.push(section);
    else below.set(above, [section]);
  }
  const bundleOf: (Bundle | undefined)[] = [];
  const lay = (section: number, bundle: Bundle) => {
    const nodes = sections.list[section]?.nodes ?? [];
    for (const cable of bundle.cables) {
      const laid = cables[cable];
      // The first node of a section is the last of the one above.
      if (!laid) continue;
      for (const node of laid.nodes.length > 0 ? nodes.slice(1) : nodes) laid.nodes.push(node);
    }
    for (const circuit of circuitsOf[section] ?? []) {
      if (!bundle.fibreOf.has(circuit)) bundle.fibreOf.set(circuit, freeFibre(bundle, cables, rules));
    }
    bundleOf[section] = bundle;
  };
  for (const siblings of below.values()) {
    const above = bundleOf[sections.list[siblings[0] ?? 0]?.above ?? -1];
    const heaviestFirst = [...siblings].sort(
      (a, b) => (circuitsOf[b]?.length ?? 0) - (circuitsOf[a]?.length ?? 0) || a - b,
    );
    let isContinued = false;
    for (const section of heaviestFirst) {
      const circuits = circuitsOf[section] ?? [];
      if (circuits.length === 0) continue;
      const sizes = cableSizesFor(circuits.length, rules);
      if (above && !isContinued && canGoOn(above, circuits, sizes, rules)) {
        isContinued = true;
        lay(section, above);
        continue;
      }
      const own = sizes.map((size) => cables.push({ kind, size, used: 0, nodes: [] }) - 1);
      lay(section, { cables: own, sizes, fibreOf: new Map() });
    }
  }
  return { cables, bundleOf };
}

function canGoOn(
  bundle: Bundle,
  circuits: readonly number[],
  sizes: readonly number[],
  rules: PlanRules,
): boolean {
  const isSame = (other: readonly number[]) =>
    other.length === bundle.sizes.length && other.every((size, i) => size === bundle.sizes[i]);
  if (!isSame(sizes)) return false;
  let all = bundle.fibreOf.size;
  for (const circuit of circuits) if (!bundle.fibreOf.has(circuit)) all += 1;
  return isSame(cableSizesFor(all, rules));
}

/** The next fibre: of the first cable that keeps its spare, or else of the first that has one left. */
function freeFibre(bundle: Bundle, cables: LaidCables['cables'], { spareFibres }: PlanRules): Fibre {
  for (const share of [1 + spareFibres, 1]) {
    for (const cable of bundle.cables) {
      const laid = cables[cable];
      if (!laid || laid.used >= Math.floor(laid.size / share + 1e-9)) continue;
      laid.used += 1;
      return { cable, fibre: laid.used };
    }
  }
  throw new Error(`the cables ${bundle.sizes.join(' + ')} have no fibre left`);
}
