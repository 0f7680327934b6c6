import { useState } from 'react';
import type { HarnessMsg } from '../messages/messages.ts';

const ENTRIES = ['pole', 'designPole', 'address', 'committed', 'uncommitted'] as const;

/** Shows users what the signs on the map mean. On a narrow screen it is folded at first: the map comes first there. */
export function Legend({ msg }: { msg: HarnessMsg }) {
  const [open] = useState(() => matchMedia('(min-width: 641px)').matches);
  return (
    <details className="map-legend" open={open}>
      <summary>{msg('legend')}</summary>
      <ul aria-label={msg('legend')}>
        {ENTRIES.map((entry) => (
          <li key={entry}>
            <span className={`map-sign map-sign-${entry}`} aria-hidden="true" />
            {msg(`legend_${entry}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
