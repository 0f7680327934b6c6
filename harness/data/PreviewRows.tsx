import type { SurveyedLayer } from './messages.ts';
import type { IntakeMsg } from './words/words.ts';

/** Beside these a row shows a few columns of the file. */
const OWN = ['street_name', 'street_number', 'unit', 'postcode', 'city', 'name', 'design'];
const WIDEST = 8;

/** The first rows of a layer as they will be stored. */
export function PreviewRows({ surveyed, msg }: { surveyed: SurveyedLayer | undefined; msg: IntakeMsg }) {
  const rows = surveyed?.rows ?? [];
  const found = new Set(rows.flatMap(({ properties }) => Object.keys(properties)));
  const own = OWN.filter((name) => found.has(name));
  const columns = [...own, ...[...found].filter((name) => !own.includes(name))].slice(0, WIDEST);
  return (
    // It scrolls sideways, so the keyboard has to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="intake-rows" aria-label={msg('preview')} tabIndex={0}>
      <table>
        <caption>{msg('preview')}</caption>
        <thead>
          <tr>
            <th scope="col">{msg('number')}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                <bdi>{name}</bdi>
              </th>
            ))}
            <th scope="col">{msg('place')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, geometry, properties }) => (
            <tr key={`${number} ${JSON.stringify(geometry.coordinates).slice(0, 60)}`}>
              <td>{number}</td>
              {columns.map((name) => (
                <td key={name} dir="auto">
                  {textOf(properties[name])}
                </td>
              ))}
              <td dir="ltr">{placeOf(geometry.coordinates)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function placeOf(coordinates: unknown): string {
  if (!Array.isArray(coordinates)) return '–';
  const [x, y]: unknown[] = coordinates;
  return typeof x === 'number' && typeof y === 'number' ? `${x.toFixed(5)}, ${y.toFixed(5)}` : placeOf(x);
}
