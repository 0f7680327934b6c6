import type { DataReport } from '../../../../backend/data/dataTypes.ts';
import type { ChosenLayer } from '../../../../backend/intake/ChosenLayer.ts';
import { printable } from './printable.ts';

const CRS_FROM = {
  file: 'the file says so',
  prj: 'the .prj says so',
  table: 'its table says so',
  standard: 'as the format wants',
  mapping: 'as you said',
  guessed: 'guessed; --crs says another',
  unknown: 'unknown',
};
const ENCODING_FROM = {
  bom: 'by its mark',
  declared: 'as declared',
  detected: 'detected; --encoding says another',
  standard: 'as the format wants',
  mapping: 'as you said',
};

/** Says in lines for an operator what was read of a layer, guessed and left out. */
export function describeReport({ layer, mapping }: ChosenLayer, report: DataReport): string {
  const { crs, encoding, read, given, leftOut, duplicates, takenApart, turnedIntoPoints, wrapped, filled } =
    report;
  const epsg = crs.epsg === undefined ? '' : ` (EPSG:${crs.epsg})`;
  const columns = Object.entries(mapping.columns).map(
    ([role, names]) => `${role}=${[names].flat().join('+')}`,
  );
  const lines = [
    `${layer.path.join('/')}: ${mapping.kind}, ${layer.format}`,
    `  ${crs.name}${epsg}, ${CRS_FROM[mapping.crs === layer.suggestion.crs ? layer.crs.from : 'mapping']}${mapping.swapAxes ? '; latitude came first and was turned' : ''}`,
    ...(encoding ? [`  ${encoding.name}, ${ENCODING_FROM[encoding.from]}`] : []),
    ...(columns.length > 0 ? [`  ${columns.join(', ')}`] : []),
    `  ${count(read)} read, ${count(given)} taken, ${count(leftOut.count)} left out`,
  ];
  if (mapping.kind === 'addresses') {
    lines.push(
      `  ${count(filled.street)} of ${count(given)} have a street name, ${count(filled.number)} a number`,
    );
  }
  if (duplicates.count > 0) {
    const pairs = duplicates.first.slice(0, 3).map(({ number, sameAs }) => `${number} as ${sameAs}`);
    const kept = mapping.duplicates === 'leave-out' ? 'left out' : 'kept';
    lines.push(
      `  ${count(duplicates.count)} came before, at the same place with the same words (${pairs.join(', ')}); ${kept}`,
    );
  }
  if (takenApart.features > 0) {
    lines.push(`  ${count(takenApart.features)} of several parts became ${count(takenApart.parts)}`);
  }
  if (turnedIntoPoints > 0) lines.push(`  ${count(turnedIntoPoints)} areas or lines became points`);
  if (wrapped > 0) lines.push(`  ${count(wrapped)} positions beyond 180 degrees were brought back`);
  for (const { text } of report.notes) lines.push(`  ${text}`);
  return lines.map(printable).join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
