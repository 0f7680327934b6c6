import type { HarnessMsg } from '../messages/messages.ts';

const ENTRIES = ['pole', 'designPole', 'address', 'committed', 'uncommitted'] as const;

/** What the signs on the map mean. */
export function Legend({ msg }: { msg: HarnessMsg }) {
  return (
    <ul className="map-legend" aria-label={msg('legend')}>
      {ENTRIES.map((entry) => (
        <li key={entry}>
          <span className={`map-sign map-sign-${entry}`} aria-hidden="true" />
          {msg(`legend_${entry}`)}
        </li>
      ))}
    </ul>
  );
}
