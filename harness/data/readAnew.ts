import type { DataLayer, DataMapping, PlaceColumns } from '../../backend/data/dataTypes.ts';
import type { LayerChoice } from './LayerChoice.ts';

/**
 * A choice for the layer as it is with another encoding: columns are the same by their place, though their names are not. The user keeps
 * what they chose, and gets the new guesses for the rest.
 */
export function readAnew(
  { layer: before, mapping, kind }: LayerChoice,
  layer: DataLayer,
): Pick<LayerChoice, 'layer' | 'mapping' | 'kind'> {
  const guessed = layer.suggestion;
  const isTouched = (part: keyof DataMapping) =>
    JSON.stringify(mapping[part]) !== JSON.stringify(before.suggestion[part]);
  const renamed = (name: string) =>
    layer.columns[before.columns.findIndex((column) => column.name === name)]?.name ?? name;
  const columns = Object.fromEntries(
    Object.entries(mapping.columns).map(([role, names]) => [
      role,
      typeof names === 'string' ? renamed(names) : names.map(renamed),
    ]),
  );
  const place = isTouched('place') && mapping.place ? renamedPlace(mapping.place, renamed) : guessed.place;
  return {
    layer,
    kind: kind === before.suggestion.kind ? guessed.kind : kind,
    mapping: {
      ...guessed,
      ...(isTouched('kind') && { kind: mapping.kind }),
      ...(isTouched('columns') && { columns }),
      ...(place && { place }),
      ...(isTouched('crs') && mapping.crs !== undefined && { crs: mapping.crs }),
      ...(isTouched('swapAxes') && { swapAxes: mapping.swapAxes ?? false }),
      ...(mapping.duplicates && { duplicates: mapping.duplicates }),
      ...(mapping.encoding !== undefined && { encoding: mapping.encoding }),
    },
  };
}

function renamedPlace(place: PlaceColumns, renamed: (name: string) => string): PlaceColumns {
  return place.type === 'xy'
    ? { type: 'xy', x: renamed(place.x), y: renamed(place.y) }
    : { type: place.type, column: renamed(place.column) };
}
