import { Select } from 'antd';
import type {
  ColumnRole,
  DataColumn,
  DataKind,
  DataLayer,
  DataMapping,
  PlaceColumns,
} from '../../backend/data/dataTypes.ts';
import { Labelled } from './Labelled.tsx';
import { useSteps } from './useSteps.ts';
import type { IntakeMsg } from './words/words.ts';

/** The columns that mean something, by what a layer holds. */
const ROLES: Record<DataKind, readonly ColumnRole[]> = {
  addresses: ['street', 'number', 'unit', 'postcode', 'city', 'address', 'id'],
  poles: ['name', 'id'],
  streets: ['name', 'id'],
  designs: ['name'],
  designPoles: ['name', 'design', 'id'],
};

interface ColumnFieldsProps {
  layer: DataLayer;
  kind: DataKind;
  mapping: DataMapping;
  msg: IntakeMsg;
  onColumns(columns: DataMapping['columns']): void;
  onPlace(place: PlaceColumns): void;
}

/** The user says which column means what. Several that are chosen for one meaning are joined. */
export function ColumnFields({ layer, kind, mapping, msg, onColumns, onPlace }: ColumnFieldsProps) {
  const options = layer.columns.map((column) => ({
    value: column.name,
    label: column.name,
    title: column.examples.join(' · '),
    column,
  }));
  // A field of antd takes some ten milliseconds, so they come a few at a time.
  const step = useSteps(4);
  if (options.length === 0) return null;
  const { place } = mapping;
  return (
    <fieldset className="intake-fields">
      <legend>{msg('columns')}</legend>
      {ROLES[kind].slice(0, 3 * (step + 1)).map((role) => (
        <Labelled key={role} label={msg(`role_${role}`)}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              showSearch
              allowClear
              placeholder={msg('noColumn')}
              value={[mapping.columns[role] ?? []].flat()}
              options={options}
              optionRender={({ data }) => <Column column={data.column} />}
              popupMatchSelectWidth={false}
              onChange={(names: string[]) => onColumns(withRole(mapping.columns, role, names))}
            />
          )}
        </Labelled>
      ))}
      {step > 2 &&
        layer.format === 'csv' &&
        (place === undefined || place.type === 'xy') &&
        (['x', 'y'] as const).map((axis) => (
          <Labelled key={axis} label={msg(axis === 'x' ? 'placeX' : 'placeY')}>
            {(id) => (
              <Select
                id={id}
                showSearch
                placeholder={msg('noColumn')}
                value={place?.[axis] || undefined}
                options={options}
                optionRender={({ data }) => <Column column={data.column} />}
                popupMatchSelectWidth={false}
                onChange={(name) => onPlace({ x: '', y: '', ...place, type: 'xy', [axis]: name })}
              />
            )}
          </Labelled>
        ))}
    </fieldset>
  );
}

function Column({ column: { name, examples } }: { column: DataColumn }) {
  return (
    <span className="intake-column">
      <bdi>{name}</bdi> <small dir="auto">{examples.join(' · ')}</small>
    </span>
  );
}

function withRole(
  columns: DataMapping['columns'],
  role: ColumnRole,
  names: string[],
): DataMapping['columns'] {
  const { [role]: _before, ...others } = columns;
  const [first] = names;
  if (first === undefined) return others;
  return { ...others, [role]: names.length === 1 ? first : names };
}
