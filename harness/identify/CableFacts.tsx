import { useState } from 'react';
import type { CableDetails } from '../../src/contract/index.ts';
import { type FactsProps, nameOf } from './factsProps.ts';
import { Section } from './Section.tsx';

const FEW = 12;

/** Where a cable begins and ends, and what each of its fibres is joined to. */
export function CableFacts({ cable, words, msg, onFollow }: FactsProps & { cable: CableDetails }) {
  const [all, setAll] = useState(false);
  const shown = all ? cable.fibres : cable.fibres.slice(0, FEW);
  const link = (place: { urn: string; name?: string }) => (
    <button type="button" onClick={() => onFollow(place.urn)}>
      <bdi>{nameOf(place, words)}</bdi>
    </button>
  );
  return (
    <Section
      title={msg('factsFibres')}
      count={msg('factsFibresUsed', { used: cable.fibresUsed, count: cable.fibreCount })}
    >
      <p className="facts-ends">
        {cable.from && link(cable.from)}
        <span className="facts-quiet">{words.metres(cable.lengthMetres)}</span>
        {cable.to && link(cable.to)}
      </p>
      <ul>
        {shown.map(({ fibre, joints }) => (
          <li key={fibre}>
            <span className="facts-pin">{msg('factsFibre', { fibre })}</span>
            {joints.length === 0 && <span className="facts-quiet">{msg('factsFree')}</span>}
            {joints.map(({ peer }) => (
              <span key={`${peer.urn} ${peer.side} ${peer.pin}`}>{link(peer)}</span>
            ))}
          </li>
        ))}
      </ul>
      {shown.length < cable.fibres.length && (
        <button type="button" onClick={() => setAll(true)}>
          {msg('factsAll', { count: cable.fibres.length })}
        </button>
      )}
    </Section>
  );
}
