/** What stands where something else was expected. Written as JSON, which can say more than JSON.stringify does. */
const HOSTILE = [
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '1e999',
  '-1e999',
  '9007199254740993',
  '""',
  '"text"',
  '"__proto__"',
  '[]',
  '[null]',
  '{}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":null,"length":-1}',
];

interface Place {
  owner: Record<string, unknown>;
  name: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((name) => [{ owner, name }, ...placesIn(owner[name])]);
}

/** Park and Miller: the same numbers in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** JSON of the value with one thing wrong: a field that is missing, of another name, or something else altogether. */
export function* mutations(value: object, count: number): Generator<string> {
  const next = numbersFrom(20_260_101);
  for (let i = 0; i < count; i++) {
    const copy: unknown = structuredClone(value);
    const places = placesIn(copy);
    const place = places[next(places.length)];
    const kind = next(HOSTILE.length + 2);
    if (!place) return;
    const { owner, name } = place;
    if (kind === HOSTILE.length) delete owner[name];
    else if (kind > HOSTILE.length) {
      owner[`${name}_`] = owner[name];
      delete owner[name];
    } else owner[name] = '%HOSTILE%';
    yield JSON.stringify(copy).replace('"%HOSTILE%"', () => HOSTILE[kind] ?? 'null');
  }
}
