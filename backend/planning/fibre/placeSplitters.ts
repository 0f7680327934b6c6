import { type FibreTree, meetingOf, wayBetween } from './FibreTree.ts';

/** Addresses of a terminal that hang on one splitter. */
export interface Share {
  terminal: number;
  /** Numbers of addresses in the input. */
  addresses: number[];
}

export interface NewSplitter {
  node: number;
  shares: Share[];
}

export interface SplitterSite {
  tree: FibreTree;
  /** By terminal: its node and its addresses. */
  terminals: readonly { node: number; addresses: readonly number[] }[];
  /** Says whether the node is a pole, where a splitter hangs without a hole in the ground. */
  isPole: (node: number) => boolean;
  /** By node: the longest way from the feed that the rule of detours allows. */
  longest: Float64Array;
  /** Addresses of one splitter. */
  room: number;
}

/**
 * Goes up the tree from its leaves and gathers addresses until a splitter is full; what is left at the feed shares the last
 * one. A splitter is placed where the ways of its addresses meet, or at its heaviest terminal where that is no pole.
 */
export function placeSplitters(site: SplitterSite): NewSplitter[] {
  const { tree, room } = site;
  const pending = new Map<number, Share[]>();
  for (const [terminal, { node, addresses }] of site.terminals.entries()) {
    const there = pending.get(node) ?? [];
    there.push({ terminal, addresses: [...addresses] });
    pending.set(node, there);
  }
  const splitters: NewSplitter[] = [];
  for (let i = tree.order.length - 1; i >= 0; i--) {
    const node = tree.order[i] ?? tree.feed;
    const shares = pending.get(node);
    if (!shares) continue;
    pending.delete(node);
    for (let count = size(shares); count >= room; count = size(shares)) {
      splitters.push(siteOf(take(shares, room), site));
    }
    if (shares.length === 0) continue;
    if (node === tree.feed) {
      splitters.push(siteOf(shares, site));
      continue;
    }
    const above = tree.parent[node] ?? tree.feed;
    const gathered = pending.get(above);
    if (gathered) gathered.push(...shares);
    else pending.set(above, shares);
  }
  // The nearest to the feed comes first.
  return splitters.reverse();
}

function size(shares: readonly Share[]): number {
  return shares.reduce((sum, { addresses }) => sum + addresses.length, 0);
}

/** Takes so many addresses out of the shares, from the last ones: these came up the tree together. */
function take(shares: Share[], count: number): Share[] {
  const taken: Share[] = [];
  let left = count;
  while (left > 0) {
    const share = shares.pop();
    if (!share) break;
    if (share.addresses.length > left) {
      const addresses = share.addresses.splice(-left);
      shares.push(share);
      taken.push({ terminal: share.terminal, addresses });
      break;
    }
    left -= share.addresses.length;
    taken.push(share);
  }
  return taken;
}

function siteOf(shares: Share[], { tree, terminals, isPole, longest }: SplitterSite): NewSplitter {
  const nodeOf = ({ terminal }: Share) => terminals[terminal]?.node ?? tree.feed;
  const nodes = shares.map(nodeOf);
  const meeting = nodes.reduce((a, b) => meetingOf(tree, a, b));
  if (isPole(meeting) || nodes.includes(meeting)) return { node: meeting, shares };
  let heaviest = shares[0];
  for (const share of shares)
    if (share.addresses.length > (heaviest?.addresses.length ?? 0)) heaviest = share;
  const node = heaviest ? nodeOf(heaviest) : meeting;
  const depth = tree.depth[node] ?? 0;
  const keepsLimits = nodes.every((to) => depth + wayBetween(tree, node, to) <= (longest[to] ?? 0));
  return { node: keepsLimits ? node : meeting, shares };
}
