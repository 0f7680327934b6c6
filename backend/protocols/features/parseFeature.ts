import type { Geometry, ParameterProblem } from '../../../src/contract/index.ts';
import { boundText } from '../../common/boundText.ts';
import { isRecord } from '../../common/json.ts';
import { isTaskRefusal, TaskRefusal } from '../../common/TaskRefusal.ts';
import type { NewRecord } from '../../network/NetworkStore.ts';
import { describe, ParseLocation } from '../../network/ParseLocation.ts';
import type { TableDefinition } from '../../network/tables.ts';
import { unstorableText } from '../../network/unstorableText.ts';

/** An answer names so many problems at most. */
const MAX_PROBLEMS = 100;
const MAX_DEPTH = 20;

/** The place in the network that a feature is stored in. */
export interface FeaturePlace {
  table: TableDefinition;
  /** 'design/NAME', or null for master. */
  design: string | null;
  /** The record that the feature replaces: 'pole/12'. Undefined: the feature is new, and its id is not looked at. */
  urn?: string;
}

/** Throws 'invalid-record', which names each problem and its fix. */
export function parseFeature(input: unknown, place: FeaturePlace): NewRecord {
  const { record, problems } = readFeature(input, place, '');
  if (!record) throw invalidRecord(problems);
  return record;
}

/** The features of a collection. Throws 'invalid-record', which names each feature that is refused by its index, from 0. */
export function parseFeatures(input: unknown, place: FeaturePlace): NewRecord[] {
  if (!Array.isArray(input)) {
    throw invalidRecord([problem('features', `is ${describe(input)}`, 'give an array of features')]);
  }
  const found = input.map((feature: unknown, i) => readFeature(feature, place, `features[${i}]`));
  const problems = found.flatMap((one) => one.problems);
  if (problems.length > 0) throw invalidRecord(problems);
  return found.flatMap(({ record }) => (record ? [record] : []));
}

/** GeoJSON of 2008 could name a reference system. Throws 'invalid-record' where that is another one than ours. */
export function refuseOtherReferenceSystem(crs: unknown): void {
  const name = isRecord(crs) && isRecord(crs.properties) ? crs.properties.name : undefined;
  if (typeof name !== 'string' || /CRS:?84$|EPSG:{1,2}4326$/i.test(name)) return;
  const fix = 'reproject to EPSG:4326 (WGS 84 longitude and latitude in degrees)';
  throw invalidRecord([problem('crs', `is ${describe(name)}`, fix)]);
}

function readFeature(
  input: unknown,
  place: FeaturePlace,
  at: string,
): { record?: NewRecord; problems: ParameterProblem[] } {
  if (!isRecord(input) || input.type !== 'Feature') {
    const found = isRecord(input) ? `has the type ${describe(input.type)}` : `is ${describe(input)}`;
    return { problems: [problem(at || 'body', found, 'give a GeoJSON Feature')] };
  }
  const problems: ParameterProblem[] = [];
  const path = (name: string) => (at ? `${at}.${name}` : name);
  if (place.urn !== undefined && input.id !== undefined && input.id !== place.urn) {
    problems.push(problem(path('id'), `is ${describe(input.id)}`, `give '${place.urn}', or leave it out`));
  }
  const geometry = readGeometry(input.geometry, place.table, path('geometry'), problems);
  const properties = readProperties(input.properties, place, path('properties'), problems);
  return problems.length > 0 ? { problems } : { record: { geometry, properties }, problems };
}

function readGeometry(
  input: unknown,
  { name, geometry: kind }: TableDefinition,
  at: string,
  problems: ParameterProblem[],
): Geometry | null {
  if (input === null || (input === undefined && kind === null)) return null;
  const wanted = kind === null ? 'give null' : `give a ${kind}, or null`;
  if (!isRecord(input)) {
    problems.push(problem(at, input === undefined ? 'is missing' : `is ${describe(input)}`, wanted));
    return null;
  }
  if (input.type !== kind) {
    const isMulti = kind !== null && input.type === `Multi${kind}`;
    const fix = isMulti ? `split it into one ${kind} each` : wanted;
    problems.push(problem(at, `is of type ${describe(input.type)}, which table ${name} does not take`, fix));
    return null;
  }
  if (hasAltitude(input.coordinates)) {
    problems.push(problem(at, 'has an altitude, which cannot be stored', 'give [longitude, latitude]'));
    return null;
  }
  const location = new ParseLocation('');
  try {
    if (kind === 'Point') return location.point(input);
    return kind === 'LineString' ? (location.lineStrings(input)[0] ?? null) : location.polygon(input);
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    const [wrong = '', fix = ''] = error.error.message.trim().replace(/\.$/, '').split('; ');
    problems.push(problem(at, wrong, fix));
    return null;
  }
}

function hasAltitude(coordinates: unknown): boolean {
  if (!Array.isArray(coordinates)) return false;
  return typeof coordinates[0] === 'number' ? coordinates.length > 2 : coordinates.some(hasAltitude);
}

/** Without `table` and `design`, which say where a feature that was read is stored: a caller may send them back. */
function readProperties(
  input: unknown,
  { table, design }: FeaturePlace,
  at: string,
  problems: ParameterProblem[],
): Record<string, unknown> {
  if (input === null || input === undefined) return {};
  if (!isRecord(input)) {
    problems.push(problem(at, `is ${describe(input)}`, 'give an object, or null where there are none'));
    return {};
  }
  const { table: ownTable, design: ownDesign, ...properties } = input;
  if (ownTable !== undefined && ownTable !== table.name) {
    problems.push(
      problem(`${at}.table`, `is ${describe(ownTable)}`, `give '${table.name}', or leave it out`),
    );
  }
  if (ownDesign !== undefined && ownDesign !== null && ownDesign !== design) {
    const fix = design === null ? 'leave it out' : `give '${design}', or leave it out`;
    problems.push(problem(`${at}.design`, `is ${describe(ownDesign)}`, fix));
  }
  for (const [name, value] of Object.entries(properties)) {
    const refused = refusalOf(name, value);
    if (refused) problems.push(problem(`${at}.${boundText(name, 100)}`, ...refused));
  }
  return properties;
}

function refusalOf(name: string, value: unknown): [wrong: string, fix: string] | undefined {
  if (name === '' || name === '__proto__' || name.length > 200) {
    return ['has a name that cannot be stored', 'give it another name, of 1 to 200 characters'];
  }
  if (isDeep(value, MAX_DEPTH)) return ['is nested too deeply', `nest at most ${MAX_DEPTH} levels`];
  if (unstorableText({ [name]: value }) === undefined) return undefined;
  return ['has a NUL character or half a surrogate pair, which cannot be stored', 'leave that character out'];
}

function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeep(item, levels - 1));
}

function problem(parameter: string, wrong: string, fix: string): ParameterProblem {
  return { parameter, code: 'invalid-record', message: `${parameter} ${wrong}; ${fix}`, expected: fix };
}

function invalidRecord(problems: readonly ParameterProblem[]): TaskRefusal {
  const named = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length > named.length ? `; and ${problems.length - named.length} more` : '';
  return new TaskRefusal({
    code: 'invalid-record',
    message: `${named
      .slice(0, 10)
      .map(({ message }) => message)
      .join('. ')}${more}.`,
    parameters: named,
    details: { count: problems.length },
  });
}
