/** Lays out the graph of a workflow. */
import type { GraphIndex } from './graphIndex.ts';
import type { GraphLayout } from './graphLayout.ts';
import { layOutRanks } from './layoutRanks.ts';

/** dagre needs half a second for a thousand nodes, and holds up the page meanwhile. Larger graphs are laid out by ranks alone. */
export const MOST_FOR_DAGRE = 60;
/** Lays out a graph. dagre is fetched for the first one that is small enough for it; where it cannot be fetched, ranks do. */
export async function layOutGraph(index: GraphIndex): Promise<GraphLayout> {
  if (index.nodes.size > MOST_FOR_DAGRE || index.links.length > MOST_FOR_DAGRE * 4) return layOutRanks(index);
  try {
    const { layOutWithDagre } = await import('./dagreLayout.ts');
    return layOutWithDagre(index);
  } catch {
    return layOutRanks(index);
  }
}
