/** Files of a run for the stories and tests of what is handed on: a small network with a feed, streets, spans and drops. */
import type { ExportedFile } from '../../src/client/SystemClient.ts';
import type { HandoverRequest, Position } from '../../src/contract/index.ts';

const ROWS = 6;
const COLUMNS = 9;
const CORNER: Position = [10.18, 48.846];
const STEP = 0.0006;

const place = (column: number, row: number): Position => [
  CORNER[0] + column * STEP,
  CORNER[1] + row * STEP * 0.66 + Math.sin(column) * STEP * 0.1,
];

function features(): object[] {
  const all: object[] = [];
  const add = (table: string, geometry: object, properties: object = {}) =>
    all.push({
      type: 'Feature',
      id: `${table}/${all.length + 1}`,
      geometry,
      properties: { ...properties, table, design: 'design/FTTH-South' },
    });
  const point = (coordinates: Position) => ({ type: 'Point', coordinates });
  const line = (...coordinates: Position[]) => ({ type: 'LineString', coordinates });
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const at = place(column, row);
      add(row % 2 === 0 ? 'pole' : 'handhole', point(at), { name: `P-${row}${column}` });
      const next = column + 1 < COLUMNS ? place(column + 1, row) : place(column, row + 1);
      if (column + 1 < COLUMNS || row + 1 < ROWS) {
        const isStreet = row % 2 === 1;
        add(isStreet ? 'ug_route' : 'oh_route', line(at, next), { kind: isStreet ? 'street' : 'span' });
      }
      for (let side = -1; side <= 1; side += 2) {
        const home: Position = [at[0] + STEP * 0.25 * side, at[1] + STEP * 0.22];
        add('oh_route', line(at, home), { kind: 'drop' });
        add('wall_box', point(home));
      }
      if (column % 4 === 1) add('fiber_splitter', point(at));
    }
  }
  add('fiber_odf', point(place(0, 0)), { name: 'ODF' });
  return all;
}

const BILL = `item,unit,quantity,price_per_unit,cost,currency
cable-12,metre,412.5,0.9,371.25,EUR
cable-48,metre,1312.08,1.6,2099.328,EUR
closure,piece,14,85,1190,EUR
drop-cable,metre,2801.4,0.35,980.49,EUR
handhole,piece,27,240,6480,EUR
splice,piece,216,4.5,972,EUR
splitter-32,piece,12,38,456,EUR
terminal-16,piece,54,,,
wall-box,piece,108,9.5,1026,EUR
`;

const ADDRESSES = `address_urn,address,served,reason,remark
${Array.from({ length: 108 }, (_, i) => `address/${i + 1},Mill Lane ${i + 1},true,,`).join('\n')}
address/201,"Hazel Way 7, rear",false,out-of-reach,address/201 is out of reach of 60 m: 413 m away
address/202,شارع النخيل 12,false,out-of-reach,"address/202 is out of reach of 60 m: 77 m away"
address/203,'=Fern Close 1,false,no-network,address/203 has no street and no pole around it
`;

const SPLICES = `connection,kind,structure,structure_urn
${Array.from({ length: 120 }, (_, i) => `connection/${i},${i % 3 === 0 ? 'patch' : 'splice'},CL-${(i % 14) + 1},handhole/${i % 14}`).join('\n')}
`;

const REPORTS = { bill: BILL, addresses: ADDRESSES, splices: SPLICES };

/** The file of a run that built the sample network. */
export async function handedOn({ format, report }: HandoverRequest): Promise<ExportedFile> {
  if (format === 'csv') {
    const text = REPORTS[report ?? 'bill'].replaceAll('\n', '\r\n');
    return { name: `run-12-${report}.csv`, blob: new Blob(['\ufeff', text]) };
  }
  const lines = features().map((feature) => JSON.stringify(feature));
  const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
  return { name: `run-12.${format}`, blob: new Blob([text]) };
}
