import { AutoComplete } from 'antd';
import { useState } from 'react';
import type { DataCrs } from '../../backend/data/dataTypes.ts';
import type { IntakeMsg } from './words/words.ts';

interface CrsFieldProps {
  id: string;
  /** The system of the file, as far as it is known. */
  crs: DataCrs;
  /** The user's own choice. */
  value: string | undefined;
  msg: IntakeMsg;
  /** An EPSG code with 'EPSG:' before it, or a definition as text. */
  onChange(crs: string): void;
}

/** The coordinate system: the file's, a likely one, or any by its EPSG code. */
export function CrsField({ id, crs, value, msg, onChange }: CrsFieldProps) {
  const known = new Map<string, string>();
  if (crs.epsg !== undefined) known.set(`EPSG:${crs.epsg}`, crs.name);
  for (const { epsg, name } of crs.candidates ?? []) known.set(`EPSG:${epsg}`, name);
  for (const [epsg, name] of COMMON) known.set(`EPSG:${epsg}`, name);
  const shown = (code: string) => {
    const name = known.get(code);
    return name === undefined ? code : `${name} (${code})`;
  };
  const fromFile =
    crs.from === 'unknown' ? '' : crs.epsg === undefined ? crs.name : shown(`EPSG:${crs.epsg}`);
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (value === undefined ? fromFile : shown(value));
  const choose = (given: string) => {
    setTyped(undefined);
    const code = /^(?:EPSG:?\s*)?(\d{4,6})$/i.exec(given.trim())?.[1] ?? /\(EPSG:(\d+)\)$/.exec(given)?.[1];
    if (code !== undefined) onChange(`EPSG:${code}`);
    else if (/^(\+proj|PROJ|GEOG)/i.test(given.trim())) onChange(given.trim());
  };
  const words = (typed ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (
    <AutoComplete
      id={id}
      value={text}
      placeholder={msg('crsHint')}
      aria-label={msg('crs')}
      options={[...known.keys()]
        .map(shown)
        .filter((option) => words.every((word) => option.toLowerCase().includes(word)))
        .map((option) => ({ value: option }))}
      onChange={(given: string) => setTyped(given)}
      onSelect={choose}
      onBlur={() => typed !== undefined && choose(typed)}
      onInputKeyDown={(event) => event.key === 'Enter' && typed !== undefined && choose(typed)}
    />
  );
}

/** Systems that planners' files are often in. Any other is chosen by its code. */
const COMMON: [epsg: number, name: string][] = [
  [4326, 'WGS 84'],
  [3857, 'WGS 84 / Pseudo-Mercator'],
  [27700, 'OSGB36 / British National Grid'],
  [2157, 'IRENET95 / Irish Transverse Mercator'],
  [28992, 'Amersfoort / RD New'],
  [31370, 'BD72 / Belgian Lambert 72'],
  [3812, 'ETRS89 / Belgian Lambert 2008'],
  [2154, 'RGF93 v1 / Lambert-93'],
  [25828, 'ETRS89 / UTM zone 28N'],
  [25829, 'ETRS89 / UTM zone 29N'],
  [25830, 'ETRS89 / UTM zone 30N'],
  [25831, 'ETRS89 / UTM zone 31N'],
  [25832, 'ETRS89 / UTM zone 32N'],
  [25833, 'ETRS89 / UTM zone 33N'],
  [31256, 'MGI / Austria GK East'],
  [31287, 'MGI / Austria Lambert'],
  [2056, 'CH1903+ / LV95'],
  [21781, 'CH1903 / LV03'],
  [3003, 'Monte Mario / Italy zone 1'],
  [5514, 'S-JTSK / Krovak East North'],
  [2180, 'ETRF2000-PL / CS92'],
  [3006, 'SWEREF99 TM'],
  [3067, 'ETRS89 / TM35FIN(E,N)'],
  [2193, 'NZGD2000 / New Zealand Transverse Mercator 2000'],
  [7856, 'GDA2020 / MGA zone 56'],
  [6677, 'JGD2011 / Japan Plane Rectangular CS IX'],
  [4269, 'NAD83'],
  [2263, 'NAD83 / New York Long Island (ftUS)'],
  [2227, 'NAD83 / California zone 3 (ftUS)'],
  [32632, 'WGS 84 / UTM zone 32N'],
  [32633, 'WGS 84 / UTM zone 33N'],
  [32637, 'WGS 84 / UTM zone 37N'],
];
