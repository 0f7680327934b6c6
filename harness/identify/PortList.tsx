import { useState } from 'react';
import type { PortUse } from '../../src/contract/index.ts';
import { type FactsProps, nameOf } from './factsProps.ts';
import { Section } from './Section.tsx';

const FEW = 32;

/** The ports of a splitter, a terminal or a feed, and who is on each. */
export function PortList({ ports, words, msg, onFollow }: FactsProps & { ports: readonly PortUse[] }) {
  const [all, setAll] = useState(false);
  if (ports.length === 0) return null;
  const used = ports.filter(({ peer }) => peer).length;
  const shown = all ? ports : ports.slice(0, FEW);
  return (
    <Section title={msg('factsPorts')} count={msg('factsPortsUsed', { used, count: ports.length })}>
      <ul>
        {shown.map(({ side, pin, peer, end, address, lengthMetres }) => {
          const who = address ?? end ?? peer;
          return (
            <li key={`${side} ${pin}`}>
              <span className="facts-pin">{msg(`factsPin_${side}`, { pin })}</span>
              {who ? (
                <button type="button" onClick={() => onFollow(who.urn)}>
                  <bdi>{nameOf(who, words)}</bdi>
                </button>
              ) : (
                <span className="facts-quiet">{msg('factsFree')}</span>
              )}
              {lengthMetres !== undefined && (
                <span className="facts-quiet">{words.metres(lengthMetres)}</span>
              )}
            </li>
          );
        })}
      </ul>
      {shown.length < ports.length && (
        <button type="button" onClick={() => setAll(true)}>
          {msg('factsAll', { count: ports.length })}
        </button>
      )}
    </Section>
  );
}
