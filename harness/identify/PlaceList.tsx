import { useState } from 'react';
import { type FactsProps, nameOf } from './factsProps.ts';
import { Section } from './Section.tsx';

/** A longer list is folded to so many entries. */
const FEW = 8;

interface ListedPlace {
  urn: string;
  table: string;
  name?: string;
  detail?: string;
}

/** Records as links that select them. */
export function PlaceList({
  title,
  places,
  words,
  msg,
  onFollow,
}: FactsProps & { title: string; places: readonly ListedPlace[] }) {
  const [all, setAll] = useState(false);
  if (places.length === 0) return null;
  const shown = all ? places : places.slice(0, FEW);
  return (
    <Section title={title} count={words.number(places.length)}>
      <ul>
        {shown.map((place) => (
          <li key={place.urn}>
            <button type="button" onClick={() => onFollow(place.urn)}>
              <bdi>{nameOf(place, words)}</bdi>
            </button>
            <span className="facts-quiet">
              {[place.name && words.table(place.table), place.detail].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < places.length && (
        <button type="button" onClick={() => setAll(true)}>
          {msg('factsAll', { count: places.length })}
        </button>
      )}
    </Section>
  );
}
