import { useEffect, useState } from 'react';
import type { GeoFeature } from '../../src/contract/index.ts';
import type { FeatureText } from '../../src/host/index.ts';
import { Stretches } from '../map/stretches.ts';
import { fits, orderOf, type RowWords, rowOf, type TableQuery, type TableRow } from './tableRows.ts';

/** So many features become rows in one piece of work. */
const SLICE = 200;

/**
 * The rows that fit a query, in its order. They are made and sorted in stretches, so that a table of 20,000 rows does not hold up the
 * page; the rows before them are shown until then.
 */
export function useTableRows(
  features: readonly GeoFeature[],
  query: TableQuery,
  { words, language, msg }: RowWords & { words: FeatureText },
): { rows: readonly TableRow[]; isReady: boolean } {
  const [all, setAll] = useState<{ of: readonly GeoFeature[]; rows: TableRow[] }>();
  const [shown, setShown] = useState<{ of: object; query: TableQuery; rows: TableRow[] }>();
  useEffect(() => {
    let isCurrent = true;
    const rows: TableRow[] = [];
    const work = new Stretches().each(features, SLICE, (slice) => {
      if (isCurrent) for (const feature of slice) rows.push(rowOf(feature, words, msg));
    });
    void work.then(() => isCurrent && setAll({ of: features, rows }));
    return () => {
      isCurrent = false;
    };
  }, [features, words, msg]);
  useEffect(() => {
    if (!all) return;
    let isCurrent = true;
    const stretches = new Stretches();
    const isFitting = fits(query, language);
    const fitting: TableRow[] = [];
    stretches
      .each(all.rows, SLICE, (slice) => {
        if (isCurrent) for (const row of slice) if (isFitting(row)) fitting.push(row);
      })
      .then(() => stretches.sorted(fitting, SLICE, orderOf(query, language), () => isCurrent))
      .then((rows) => isCurrent && setShown({ of: all, query, rows }));
    return () => {
      isCurrent = false;
    };
  }, [all, query, language]);
  return { rows: shown?.rows ?? [], isReady: all?.of === features && shown?.of === all };
}
