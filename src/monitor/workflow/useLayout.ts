/** The layout of a graph, once it is computed. */
import { useEffect, useState } from 'react';
import type { GraphIndex } from './graphIndex.ts';
import type { GraphLayout } from './graphLayout.ts';
import { layOutGraph } from './layout.ts';

export function useLayout(index: GraphIndex | undefined): GraphLayout | undefined {
  const [made, setMade] = useState<{ of: GraphIndex; layout: GraphLayout }>();
  useEffect(() => {
    if (!index) return;
    let isOver = false;
    void layOutGraph(index).then((layout) => {
      if (!isOver) setMade({ of: index, layout });
    });
    return () => {
      isOver = true;
    };
  }, [index]);
  return made && made.of === index ? made.layout : undefined;
}
