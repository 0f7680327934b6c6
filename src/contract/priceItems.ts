import type { PlanBillLine } from './planArea.ts';

type Unit = PlanBillLine['unit'];

/** By item of a bill: what it is counted in. A number stands at the end of those that have sizes: 'cable-48'. */
const SIZED: Readonly<Record<string, Unit>> = {
  cable: 'metre',
  splitter: 'piece',
  terminal: 'piece',
  odf: 'piece',
};
const SINGLE: Readonly<Record<string, Unit>> = {
  'drop-cable': 'metre',
  handhole: 'piece',
  closure: 'piece',
  splice: 'piece',
  'wall-box': 'piece',
  ont: 'piece',
  'route-street': 'metre',
  'route-span': 'metre',
  'route-lateral': 'metre',
};

/** Says what an item of a bill is counted in; undefined where no bill has such an item. */
export function unitOfItem(item: string): Unit | undefined {
  if (Object.hasOwn(SINGLE, item)) return SINGLE[item];
  const [, kind = ''] = /^([a-z]+)-[1-9]\d{0,4}$/.exec(item) ?? [];
  return Object.hasOwn(SIZED, kind) ? SIZED[kind] : undefined;
}

/** The name of a bill for an item that a list writes in another way: 'Cable 48', 'DROP_CABLE'. Others stay as they are. */
export function itemName(written: string): string {
  const name = written
    .toLowerCase()
    .trim()
    .replace(/[\s_]+/g, '-');
  return unitOfItem(name) === undefined ? written.trim() : name;
}

/** Words for units, and how many metres or pieces one of them is. */
const METRES: Readonly<Record<string, number>> = {
  m: 1,
  metre: 1,
  metres: 1,
  meter: 1,
  meters: 1,
  lfm: 1,
  mètre: 1,
  mètres: 1,
  metro: 1,
  metros: 1,
  メートル: 1,
  متر: 1,
  '100m': 100,
  '1000m': 1_000,
  km: 1_000,
  ft: 0.3048,
  foot: 0.3048,
  feet: 0.3048,
};
const PIECES: readonly string[] = [
  ...['piece', 'pieces', 'pc', 'pcs', 'ea', 'each', 'unit', 'units', 'stück', 'stueck', 'stk', 'st'],
  ...[
    'pièce',
    'pièces',
    'u',
    'ud',
    'uds',
    'unidad',
    'unidades',
    'pieza',
    'piezas',
    '個',
    '本',
    '台',
    '箇所',
    'قطعة',
  ],
];

/** Says how many of the item's own units a unit is; undefined where it cannot be the unit of the item. An unknown item may have any. */
export function unitFactor(item: string, written: string): number | undefined {
  const unit = written
    .toLowerCase()
    .replace(/[\s.]/g, '')
    .replace(/^(?:per|pro|\/)/, '');
  const own = unitOfItem(item);
  if (unit === '' || own === undefined) return 1;
  if (own === 'piece') return PIECES.includes(unit) ? 1 : undefined;
  return Object.hasOwn(METRES, unit) ? METRES[unit] : undefined;
}
