import type { GeoFeature } from '../../src/contract/index.ts';
import type { FeatureText } from '../../src/host/index.ts';
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
  'fiber_count',
  'length_metres',
  'length',
  'n_fiber_out_ports',
  'loss_db',
  'way_metres',
  'postcode',
];

export function rowsOf(features: readonly GeoFeature[], words: FeatureText): TableRow[] {
  return features.map((feature) => {
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
    return {
      urn: id,
      feature,
      table: words.table(properties.table),
      name: title ?? words.urn(id) ?? id,
      detail: detail.join(' · '),
      design: typeof properties.design === 'string' ? properties.design.replace(/^design\//, '') : '',
    };
  });
}

/** Rows that fit, in order. Names are compared as people count: P-9 stands before P-10. */
export function queried(
  rows: readonly TableRow[],
  { table, text, sort, isDescending }: TableQuery,
  language: string,
): TableRow[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const wanted = text.trim().toLocaleLowerCase(language);
  const fitting = rows.filter(
    (row) =>
      (table === '' || row.feature.properties.table === table) &&
      (wanted === '' ||
        COLUMNS.some((column) => row[column].toLocaleLowerCase(language).includes(wanted)) ||
        row.urn === wanted),
  );
  const sign = isDescending ? -1 : 1;
  return fitting.sort(
    (one, other) => sign * (compare(one[sort], other[sort]) || compare(one.name, other.name)),
  );
}
