import type { GeoFeature, Geometry, TaskItem } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import { isRecord } from '../common/json.ts';
import type { ProgressUpdate } from './defineTask.ts';

// Checks what a task says to its engine, where it says it. Task authors write JavaScript too, and a wrong value that
// got as far as a client would look like a fault of the server.

const LEVELS = ['info', 'warning', 'error'] as const;
const MAX_ID = 200;
const MAX_CODE = 100;
const MAX_ITEM_MESSAGE = 500;
/** The largest feature and the largest failed item, in characters of JSON. Larger ones do not fit into an event. */
const MAX_FEATURE_CHARS = 4 * 2 ** 20;
const MAX_ITEM_CHARS = 64 * 2 ** 10;
/**
 * The depth to which each type nests its coordinates (RFC 7946): 1 is a position. The contract knows Point, LineString
 * and Polygon; a feature may be of the others as well, for a map that draws them.
 */
const DEPTHS = new Map([
  ['Point', 1],
  ['MultiPoint', 2],
  ['LineString', 2],
  ['MultiLineString', 3],
  ['Polygon', 3],
  ['MultiPolygon', 4],
]);

/** A feature beside its JSON, which is made once: for its check, its event and its way to the clients. */
export interface CheckedFeature {
  feature: GeoFeature;
  text: string;
}

/** One call of `progress()`, checked. */
export type CheckedUpdate = Omit<ProgressUpdate, 'features'> & { features?: CheckedFeature[] };

/**
 * Checks the argument of `progress()`, and returns it with the features and items as they are kept. Throws a TypeError
 * that names the call, the field and the fix.
 */
export function checkProgress(update: unknown): CheckedUpdate {
  if (!isRecord(update)) throw wrong('progress', 'its argument', 'an object such as { percent: 50 }', update);
  const { percent, step, stepCount, message, done, total, features, items } = update;
  const checked: CheckedUpdate = {};
  if (percent !== undefined) checked.percent = numberOrNull('percent', percent);
  if (step !== undefined) checked.step = numberOrNull('step', step);
  if (stepCount !== undefined) checked.stepCount = number('stepCount', stepCount);
  if (done !== undefined) checked.done = number('done', done);
  if (total !== undefined) checked.total = number('total', total);
  if (message !== undefined) {
    if (typeof message !== 'string') throw wrong('progress', 'message', 'text', message);
    checked.message = message;
  }
  if (features !== undefined) checked.features = featuresOf(features);
  if (items !== undefined) checked.items = itemsOf(items);
  return checked;
}

/** Throws a TypeError where `log()` was given something else than a level and a text. */
export function checkLog(level: unknown, message: unknown): void {
  if (!LEVELS.some((known) => known === level)) {
    throw wrong(
      'log',
      'level',
      `${LEVELS.map((known) => `'${known}'`).join(' or ')} (the message comes second)`,
      level,
    );
  }
  if (typeof message !== 'string') throw wrong('log', 'message', 'text', message);
}

const DRAWN = ['Point', 'LineString', 'Polygon'];

function featuresOf(features: unknown): CheckedFeature[] {
  if (!Array.isArray(features)) throw wrong('progress', 'features', 'an array of GeoJSON features', features);
  return features.map((feature: unknown, i) => {
    const field = `features[${i}]`;
    checkFeature(field, feature);
    return { feature, text: jsonWithin(field, feature, MAX_FEATURE_CHARS) };
  });
}

/** The value as JSON. Throws where it is not JSON, or is more of it than an event can carry. */
function jsonWithin(field: string, value: { id: string }, maxChars: number): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(
      `progress(): "${field}" must be JSON (${boundText(reason, 200)}); leave out what is not`,
    );
  }
  if (text.length > maxChars) {
    throw new TypeError(
      `progress(): "${field}" (${boundText(value.id, 60)}) has ${text.length} characters as JSON and may have ${maxChars}; simplify its geometry or cut it into several`,
    );
  }
  return text;
}

function checkFeature(field: string, feature: unknown): asserts feature is GeoFeature {
  if (!isRecord(feature) || feature.type !== 'Feature') {
    throw wrong('progress', field, "a GeoJSON feature with type: 'Feature'", feature);
  }
  checkId(`${field}.id`, feature.id);
  if (!hasCoordinates(feature.geometry))
    throw wrongGeometry(`${field}.geometry`, [...DEPTHS.keys()], feature.geometry);
  const { properties } = feature;
  if (!isRecord(properties)) throw wrong('progress', `${field}.properties`, 'an object', properties);
  if (typeof properties.table !== 'string') {
    throw wrong(
      'progress',
      `${field}.properties.table`,
      "the name of the feature's table, such as 'pole'",
      properties.table,
    );
  }
  if (properties.name !== undefined && typeof properties.name !== 'string') {
    throw wrong('progress', `${field}.properties.name`, 'text, or left out', properties.name);
  }
}

function itemsOf(items: unknown): TaskItem[] {
  if (!Array.isArray(items))
    throw wrong('progress', 'items', 'an array of { id, ok: true } or { id, code, message }', items);
  return items.map((item: unknown, i) => itemOf(`items[${i}]`, item));
}

function itemOf(field: string, item: unknown): TaskItem {
  if (!isRecord(item))
    throw wrong('progress', field, 'an object { id, ok: true } or { id, code, message }', item);
  const { id, ok, code, message, geometry } = item;
  checkId(`${field}.id`, id);
  if (ok === true) return { id: String(id), ok };
  if (ok !== undefined && ok !== false)
    throw wrong('progress', `${field}.ok`, 'true, or left out where it failed', ok);
  if (typeof code !== 'string' || code.length < 1 || code.length > MAX_CODE) {
    throw wrong('progress', `${field}.code`, `text of 1 to ${MAX_CODE} characters such as 'too-far'`, code);
  }
  if (typeof message !== 'string')
    throw wrong('progress', `${field}.message`, 'text that says what failed', message);
  const failure = { id: String(id), code, message: boundText(message, MAX_ITEM_MESSAGE) };
  if (geometry === undefined) return failure;
  if (!isGeometry(geometry)) throw wrongGeometry(`${field}.geometry`, DRAWN, geometry);
  const located = { ...failure, geometry };
  jsonWithin(field, located, MAX_ITEM_CHARS);
  return located;
}

function wrongGeometry(field: string, types: readonly string[], got: unknown): TypeError {
  return wrong(
    'progress',
    field,
    `a GeoJSON geometry (${types.join(', ')}) with coordinates of finite numbers`,
    got,
  );
}

/** True for GeoJSON of a type that maps draw: a point, a line or a polygon with finite coordinates. */
export function isGeometry(value: unknown): value is Geometry {
  return isRecord(value) && DRAWN.some((type) => type === value.type) && hasCoordinates(value);
}

function hasCoordinates(value: unknown): boolean {
  const depth = isRecord(value) && typeof value.type === 'string' ? DEPTHS.get(value.type) : undefined;
  return depth !== undefined && isRecord(value) && areCoordinates(value.coordinates, depth);
}

function areCoordinates(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  return depth === 1
    ? value.length >= 2 && value.every((number) => Number.isFinite(number))
    : value.every((part) => areCoordinates(part, depth - 1));
}

/** Throws a TypeError where `item()` was given something else than an id. */
export function checkItemId(id: unknown): void {
  if (typeof id === 'string' && id.length >= 1 && id.length <= MAX_ID) return;
  throw new TypeError(
    `item(): its id must be text of 1 to ${MAX_ID} characters such as 'pole/12', not ${shown(id)}`,
  );
}

function checkId(field: string, id: unknown): void {
  if (typeof id !== 'string' || id.length < 1 || id.length > MAX_ID) {
    throw wrong('progress', field, `text of 1 to ${MAX_ID} characters such as 'pole/12'`, id);
  }
}

function number(field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrong('progress', field, 'a finite number, or left out', value);
}

function numberOrNull(field: string, value: unknown): number | null {
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw wrong('progress', field, 'a finite number, or null where it is not known', value);
}

function wrong(call: 'progress' | 'log', field: string, expected: string, got: unknown): TypeError {
  const name = field === 'its argument' ? field : `"${field}"`;
  return new TypeError(`${call}(): ${name} must be ${expected}, not ${shown(got)}`);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  return boundText(typeof value === 'string' ? JSON.stringify(value) : String(value), 60);
}
