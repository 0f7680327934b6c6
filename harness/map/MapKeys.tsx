import { type KeyboardEvent, useRef, useState } from 'react';
import { type HostFeature, useFeatureText } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import type { NetworkMap } from './NetworkMap.ts';

/** The features that lay in the middle of the map, and which of them the keyboard has selected. */
interface Picked {
  hits: readonly HostFeature[];
  at: number;
}

/**
 * Lets those who use the keyboard select a feature: Enter or Space takes what is in the middle of the map, and once more the next
 * feature there; Escape selects nothing.
 */
export function useMapKeys(map: NetworkMap) {
  const [picked, setPicked] = useState<Picked>();
  const last = useRef<Picked>(undefined);
  const show = (next: Picked | undefined) => {
    last.current = next;
    setPicked(next);
  };
  return {
    picked,
    onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') {
        map.onSelect([]);
        show(undefined);
        return;
      }
      if (event.key !== 'Enter' && event.key !== ' ') return;
      // A page would scroll.
      event.preventDefault();
      const hits = map.hitsInMiddle();
      const before = last.current;
      const isSame = before !== undefined && namesOf(before.hits) === namesOf(hits);
      const at = isSame && hits.length > 0 ? (before.at + 1) % hits.length : 0;
      map.onSelect(hits, at);
      show({ hits, at });
    },
    onBlur: () => show(undefined),
  };
}

const namesOf = (hits: readonly HostFeature[]) => hits.map((hit) => hit.getUrn()).join(' ');

/** Marks the middle of the map as long as the keyboard is on the map, and says what the keys do and what they have selected. */
export function MapKeys({ id, picked, msg }: { id: string; picked: Picked | undefined; msg: HarnessMsg }) {
  const words = useFeatureText();
  const feature = picked?.hits[picked.at];
  const name = feature && (words.urn(feature.getTitle()) ?? feature.getTitle());
  return (
    <div className="map-keys">
      <svg className="map-middle" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 2v7m0 6v7M2 12h7m6 0h7" fill="none" strokeWidth="5" stroke="var(--map-ground)" />
        <path d="M12 2v7m0 6v7M2 12h7m6 0h7" fill="none" strokeWidth="2" stroke="var(--map-selection)" />
      </svg>
      <div className="map-keys-words">
        <div role="status">
          {feature ? (
            <strong>
              <bdi>{name}</bdi> · {words.table(feature.getType())}
              {picked.hits.length > 1 &&
                ` · ${msg('factsLineOf', { place: picked.at + 1, count: picked.hits.length })}`}
            </strong>
          ) : (
            picked && <strong>{msg('mapNothing')}</strong>
          )}
        </div>
        <div id={id}>{msg('mapKeys')}</div>
      </div>
    </div>
  );
}
