import {
  COLUMN_ROLES,
  type ColumnRole,
  DATA_KINDS,
  type DataKind,
  type DataLayer,
  type DataMapping,
  type PlaceColumns,
} from '../../../../backend/data/dataTypes.ts';
import type { ChosenLayer } from '../../../../backend/intake/ChosenLayer.ts';
import { ConfigError } from '../../config/ConfigError.ts';
import { nearest } from '../../config/nearest.ts';

/** The options about layers, as given. Each may begin with 'LAYER:', the name of a file or of a layer in it. */
export interface LayerOptions {
  map: readonly string[];
  kind: readonly string[];
  crs: readonly string[];
  encoding: readonly string[];
  swapAxes: readonly string[];
}

/** An operator says this of a layer that is not to be read. */
const NOTHING = 'none';

/**
 * The layers to read, with their guesses and what the operator says instead. Throws a ConfigError that names a wrong
 * option, what there is, and the fix.
 */
export function chooseLayers(layers: readonly DataLayer[], options: LayerOptions): ChosenLayer[] {
  const chosen = layers.map((layer) => ({ layer, mapping: structuredClone(layer.suggestion), left: false }));
  const each = (flag: string, values: readonly string[], apply: (choice: Choice, value: string) => void) => {
    for (const given of values) {
      const { targets, value } = targetsOf(chosen, given);
      if (value === '') throw new ConfigError(`${flag} ${given}: says nothing of the layer`);
      for (const target of targets) apply(target, value);
    }
  };
  each('--kind', options.kind, (choice, value) => setKind(choice, value));
  each('--crs', options.crs, (choice, value) => {
    choice.mapping.crs = /^\d+$/.test(value) ? `EPSG:${value}` : value;
    // It is what the operator says even where it is what was guessed.
    choice.layer = { ...choice.layer, crs: { ...choice.layer.crs, from: 'mapping' } };
  });
  each('--encoding', options.encoding, ({ mapping }, value) => {
    mapping.encoding = encodingOf(value);
  });
  for (const given of options.swapAxes) {
    const { targets, value } =
      given === 'all' ? { targets: chosen, value: '' } : targetsOf(chosen, `${given}:`);
    if (value !== '') {
      const names = chosen.map(({ layer }) => layer.name);
      throw new ConfigError(
        `--swap-axes ${given}: there is no such layer; give all, or one of ${names.join(', ')}`,
      );
    }
    for (const { mapping } of targets) mapping.swapAxes = !mapping.swapAxes;
  }
  for (const given of options.map) mapColumns(chosen, given);
  return chosen.filter(({ left }) => !left).map(({ layer, mapping }) => ({ layer, mapping }));
}

/** The encodings that the operator says, by the id of the layer. */
export function encodingsOf(
  layers: readonly DataLayer[],
  { encoding }: Pick<LayerOptions, 'encoding'>,
): Record<string, string> {
  const chosen = layers.map((layer) => ({ layer, mapping: layer.suggestion, left: false }));
  return Object.fromEntries(
    encoding.flatMap((given) => {
      const { targets, value } = targetsOf(chosen, given);
      return targets.map(({ layer }) => [layer.id, encodingOf(value)]);
    }),
  );
}

interface Choice extends ChosenLayer {
  left: boolean;
}

/** All layers, unless the text begins with the name of some of them. */
function targetsOf(chosen: readonly Choice[], given: string): { targets: readonly Choice[]; value: string } {
  for (let colon = given.indexOf(':'); colon > 0; colon = given.indexOf(':', colon + 1)) {
    const named = chosen.filter(({ layer }) => isNamed(layer, given.slice(0, colon)));
    if (named.length > 0) return { targets: named, value: given.slice(colon + 1) };
  }
  return { targets: chosen, value: given };
}

function isNamed({ file, path, name, id }: DataLayer, text: string): boolean {
  const wanted = text.toLowerCase();
  return [file, path.join('/'), path.at(-1), name, id].some((known) => known?.toLowerCase() === wanted);
}

function setKind(choice: Choice, value: string): void {
  if (value === NOTHING) {
    choice.left = true;
    return;
  }
  const kind = DATA_KINDS.find((known): known is DataKind => known === value);
  if (!kind) throw new ConfigError(`--kind ${value}: a layer holds ${DATA_KINDS.join(', ')} or ${NOTHING}`);
  choice.mapping.kind = kind;
}

function encodingOf(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new ConfigError(
      `--encoding ${label}: there is no such encoding; give one such as windows-1252 or utf-8`,
    );
  }
}

/** 'street=STREETNAME,number=HOUSE_NO': the parts apply to the layers that have the columns, and at least one has to. */
function mapColumns(chosen: readonly Choice[], given: string): void {
  const { targets, value } = targetsOf(chosen, given);
  for (const part of value.split(new RegExp(`,(?=(?:${KEYS.join('|')})=)`))) {
    const [key = '', columns = ''] = splitOnce(part);
    if (!KEYS.includes(key)) {
      const near = nearest(key, KEYS);
      throw new ConfigError(
        `--map ${part}: give MEANING=COLUMN; ${near ? `did you mean ${near}?` : `the meanings are ${KEYS.join(', ')}`}`,
      );
    }
    const names = columns === '' ? [] : columns.split('+');
    const having = targets.filter(({ layer }) => names.every((name) => columnOf(layer, name) !== undefined));
    if (having.length === 0) throw noColumn(targets, part, names);
    for (const { layer, mapping } of having) {
      setColumn(
        mapping,
        key,
        names.map((name) => columnOf(layer, name) ?? name),
      );
    }
  }
}

const KEYS: readonly string[] = [...COLUMN_ROLES, 'x', 'y', 'pair', 'geometry'];

function setColumn(mapping: DataMapping, key: string, names: readonly string[]): void {
  const [first = ''] = names;
  const role = COLUMN_ROLES.find((known): known is ColumnRole => known === key);
  if (role) {
    if (names.length === 0) delete mapping.columns[role];
    else mapping.columns[role] = names.length === 1 ? first : [...names];
    return;
  }
  mapping.place = placeOf(mapping.place, key, first);
}

function placeOf(known: PlaceColumns | undefined, key: string, column: string): PlaceColumns {
  if (key === 'pair' || key === 'geometry') return { type: key, column };
  const { x, y } = known?.type === 'xy' ? known : { x: '', y: '' };
  return { type: 'xy', x, y, [key]: column };
}

/** Names of columns differ in case from program to program. */
function columnOf({ columns }: DataLayer, name: string): string | undefined {
  const exact = columns.find((column) => column.name === name);
  return (exact ?? columns.find((column) => column.name.toLowerCase() === name.toLowerCase()))?.name;
}

function noColumn(targets: readonly Choice[], part: string, names: readonly string[]): ConfigError {
  const known = [...new Set(targets.flatMap(({ layer }) => layer.columns.map(({ name }) => name)))];
  const missing = names.find((name) => !known.some((one) => one.toLowerCase() === name.toLowerCase())) ?? '';
  const near = nearest(missing, known);
  const shown = known.slice(0, 20).join(', ') + (known.length > 20 ? ` and ${known.length - 20} more` : '');
  return new ConfigError(
    `--map ${part}: there is no column ${missing}; ${near ? `did you mean ${near}?` : `the columns are ${shown}`}`,
  );
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}
