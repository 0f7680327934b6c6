import type { GeoFeature } from '../../src/contract/index.ts';
import type { FeatureText } from '../../src/host/index.ts';
import type { HarnessMsg } from '../messages/messages.ts';
import { titleOf } from './titleOf.ts';

/** One feature as the table shows it, in the user's words. */
export interface TableRow {
  urn: string;
  feature: GeoFeature;
  table: string;
  name: string;
  detail: string;
  design: string;
}

export const COLUMNS = ['table', 'name', 'detail', 'design'] as const;
export type Column = (typeof COLUMNS)[number];

export interface TableQuery {
  /** Only this table; empty: all. */
  table: string;
  /** Only rows that have this somewhere. */
  text: string;
  sort: Column;
  isDescending: boolean;
}

/** These say most about a feature, in this order. */
const TELLING = [
  'kind',
  'root_housing',
  'splitter',
  'drop_metres',
  'fiber_count',
  'length_metres',
  'length',
  'n_fiber_out_ports',
  'loss_db',
  'way_metres',
  'postcode',
];

export interface RowWords {
  language: string;
  msg: HarnessMsg;
}

export function rowOf(feature: GeoFeature, words: FeatureText, msg: HarnessMsg): TableRow {
  const { id, properties } = feature;
  const title = titleOf(feature);
  const detail = TELLING.flatMap((property) => {
    const value = properties[property];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const shown = words.value(property, value);
    // A length says by its unit what it is, and a kind by its word.
    return property === 'kind' || property.startsWith('length')
      ? [shown]
      : [`${words.property(property)}: ${shown}`];
  });
  if (properties.served === false) detail.unshift(msg('resultsUnserved'));
  return {
    urn: id,
    feature,
    table: words.table(properties.table),
    name: title ?? words.urn(id) ?? id,
    detail: detail.join(' · '),
    design: typeof properties.design === 'string' ? properties.design.replace(/^design\//, '') : '',
  };
}

/** Says whether a row fits. */
export function fits({ table, text }: TableQuery, language: string): (row: TableRow) => boolean {
  const wanted = text.trim().toLocaleLowerCase(language);
  return (row) =>
    (table === '' || row.feature.properties.table === table) &&
    (wanted === '' ||
      COLUMNS.some((column) => row[column].toLocaleLowerCase(language).includes(wanted)) ||
      row.urn === wanted);
}

/** Says which of two rows comes first. Names are compared as people count: P-9 stands before P-10. */
export function orderOf(
  { sort, isDescending }: TableQuery,
  language: string,
): (one: TableRow, other: TableRow) => number {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const sign = isDescending ? -1 : 1;
  return (one, other) => sign * (compare(one[sort], other[sort]) || compare(one.name, other.name));
}
