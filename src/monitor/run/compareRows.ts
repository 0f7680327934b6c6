/** Compares what two runs were started with and what they gave back, row by row. */
import type { TaskSnapshot } from '../../contract/index.ts';
import { formatDuration, numberFormat } from '../../locales/intl.ts';
import { changeText, fieldsOf, type ShownField } from './resultFields.ts';
import { durationSeconds } from './runTimes.ts';
import type { RunWords } from './useRunWords.ts';

/** One row of the table. */
export interface ComparedRow {
  key: string;
  label: string;
  /** A dash where a run has no such value. */
  a: string;
  b: string;
  differs: boolean;
  /** The change from A to B with its sign, or the word that they differ; empty where they do not. */
  change: string;
}

/**
 * The rows of two runs: their outcomes, parameters, results, items and durations. The fields of both are there, in the order
 * of A's and then those that only B has.
 *
 * @example
 * compareRows(a, b, words).filter(({ differs }) => differs);
 */
export function compareRows(a: TaskSnapshot, b: TaskSnapshot, words: RunWords): ComparedRow[] {
  const { msg, language } = words;
  const number = (value: number | undefined) =>
    value === undefined ? undefined : numberFormat(language).format(value);
  const counted = (
    key: string,
    label: string,
    of: (task: TaskSnapshot) => number | undefined,
  ): ComparedRow[] => {
    const [from, to] = [of(a), of(b)];
    if (from === undefined && to === undefined) return [];
    return [
      row(key, label, number(from), number(to), from !== to, {
        word: msg('compare_differs'),
        change: from === undefined || to === undefined ? undefined : changeText(key, to - from, language),
      }),
    ];
  };
  const [secondsA, secondsB] = [durationSeconds(a), durationSeconds(b)];
  const duration = (seconds: number | undefined) =>
    seconds === undefined ? undefined : formatDuration(seconds, language);
  return [
    row(
      'outcome',
      msg('compare_outcome'),
      msg(`status_${a.status}`),
      msg(`status_${b.status}`),
      a.status !== b.status,
      {
        word: msg('compare_differs'),
      },
    ),
    ...fieldRows(
      'parameter',
      fieldsOf(a.params, 'parameter', words),
      fieldsOf(b.params, 'parameter', words),
      words,
    ),
    ...fieldRows('result', resultOf(a, words), resultOf(b, words), words),
    ...counted('items-ok', msg('compare_ok_items'), ({ items }) => items?.ok),
    ...counted('items-failed', msg('compare_failed_items'), ({ items }) => items?.failed),
    ...(secondsA === undefined && secondsB === undefined
      ? []
      : [
          row(
            'duration',
            msg('result_duration'),
            duration(secondsA),
            duration(secondsB),
            duration(secondsA) !== duration(secondsB),
            {
              word: msg('compare_differs'),
              change:
                secondsA === undefined || secondsB === undefined
                  ? undefined
                  : changeText('durationSeconds', Math.round(secondsB) - Math.round(secondsA), language),
            },
          ),
        ]),
  ];
}

/** Without the fields that repeat a parameter, and without the box of the work: the map shows that better. */
function resultOf({ result, params }: TaskSnapshot, words: RunWords): ShownField[] {
  const given = new Map(fieldsOf(params, 'parameter', words).map(({ key, json }) => [key, json]));
  return fieldsOf(result, 'result', words).filter(
    ({ key, json }) => key !== 'bbox' && given.get(key) !== json,
  );
}

function fieldRows(
  group: string,
  a: readonly ShownField[],
  b: readonly ShownField[],
  { msg, language }: RunWords,
): ComparedRow[] {
  const ofA = new Map(a.map((field) => [field.key, field]));
  const ofB = new Map(b.map((field) => [field.key, field]));
  return [...new Set([...ofA.keys(), ...ofB.keys()])].map((key) => {
    const [from, to] = [ofA.get(key), ofB.get(key)];
    const change =
      from?.number !== undefined && to?.number !== undefined
        ? changeText(key, to.number - from.number, language)
        : undefined;
    return row(
      `${group}-${key}`,
      from?.label ?? to?.label ?? key,
      textOf(from),
      textOf(to),
      from?.json !== to?.json,
      { word: msg('compare_differs'), change },
    );
  });
}

/** An object in a cell is JSON in one line. */
const textOf = (field: ShownField | undefined) => field && (field.text ?? field.json.replace(/\s+/g, ' '));

function row(
  key: string,
  label: string,
  a: string | undefined,
  b: string | undefined,
  differs: boolean,
  { change, word }: { change?: string | undefined; word: string },
): ComparedRow {
  return { key, label, a: a ?? '–', b: b ?? '–', differs, change: differs ? change || word : '' };
}
