import { useEffect, useState } from 'react';
import type { GeoFeature } from '../../src/contract/index.ts';
import type { NetworkMap } from '../map/NetworkMap.ts';

/** The list is sorted and filtered at once, which takes half a frame for so many. */
const MOST = 5_000;

/** The features that the map shows, read again when it comes to rest and when `content` is another. */
export function useFeaturesInView(
  map: NetworkMap,
  content: unknown,
): { features: GeoFeature[]; isCut: boolean } {
  const [shown, setShown] = useState<{ features: GeoFeature[]; isCut: boolean }>({
    features: [],
    isCut: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another list
  useEffect(() => {
    const read = () => {
      const features = map.featuresInView(MOST + 1);
      setShown({ features: features.slice(0, MOST), isCut: features.length > MOST });
    };
    read();
    const ends = [map.onMove(({ moving }) => !moving && read()), map.clicks.onLayers(read)];
    return () => {
      for (const end of ends) end();
    };
  }, [map, content]);
  return shown;
}
