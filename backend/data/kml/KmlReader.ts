import type { SaxesParser } from 'saxes';
import type { RawFeature, RawGeometry } from '../layers/LayerSource.ts';
import { LIMITS } from '../limits.ts';
import { reason } from '../reasons.ts';
import { describedValues } from './describedValues.ts';
import { parseCoordinates } from './parseCoordinates.ts';

const GEOMETRIES = new Set([
  'Point',
  'LineString',
  'LinearRing',
  'Polygon',
  'MultiGeometry',
  'Track',
  'MultiTrack',
  'Model',
]);
/** Texts of a placemark that are its own properties. */
const TEXTS = new Set(['name', 'address', 'phoneNumber', 'Snippet', 'when', 'begin', 'end']);

interface Shape {
  type: string;
  coordinates: number[][];
  rings: number[][][];
  parts: RawGeometry[];
}

interface Placemark {
  properties: [string, unknown][];
  shapes: Shape[];
  geometry: RawGeometry | null;
}

/** Makes features of the tags of a KML file, one placemark after the other. */
export class KmlReader {
  #path: string[] = [];
  #folders: string[] = [];
  #placemark: Placemark | undefined;
  #text = '';
  #attribute = '';
  #number = 0;
  #tooLarge = false;
  ready: RawFeature[] = [];
  hasLinks = false;
  isKml = false;

  constructor(parser: SaxesParser) {
    parser.on('opentag', ({ name, attributes }) => this.#open(plain(name), attributes));
    parser.on('closetag', ({ name }) => this.#close(plain(name)));
    parser.on('text', (text) => this.#add(text));
    parser.on('cdata', (text) => this.#add(text));
    // The reader goes on after a mistake, as viewers of KML do.
    parser.on('error', () => {});
  }

  /** A placemark is open: the file ends in the middle of it. */
  get isCut(): boolean {
    return this.#path.length > 0;
  }

  get next(): number {
    return this.#number + 1;
  }

  #open(name: string, attributes: Record<string, string | object>): void {
    this.#path.push(name);
    this.#text = '';
    if (name === 'kml' || name === 'Document' || name === 'Placemark') this.isKml = true;
    if (name === 'Folder') this.#folders.push('');
    if (name === 'NetworkLink') this.hasLinks = true;
    if (name === 'Placemark') {
      this.#placemark = { properties: [], shapes: [], geometry: null };
      this.#tooLarge = false;
      if (typeof attributes.id === 'string') this.#placemark.properties.push(['id', attributes.id]);
    }
    if ((name === 'Data' || name === 'SimpleData') && typeof attributes.name === 'string')
      this.#attribute = attributes.name;
    if (this.#placemark && GEOMETRIES.has(name)) {
      this.#placemark.shapes.push({ type: name, coordinates: [], rings: [], parts: [] });
    }
  }

  #add(text: string): void {
    if (this.#text.length > LIMITS.featureText) this.#tooLarge = true;
    else this.#text += text;
  }

  #close(name: string): void {
    this.#path.pop();
    const parent = this.#path.at(-1);
    const text = this.#text.trim();
    this.#text = '';
    if (name === 'Folder') this.#folders.pop();
    if (name === 'name' && parent === 'Folder') this.#folders.splice(-1, 1, text);
    const placemark = this.#placemark;
    if (!placemark) return;
    if (name === 'Placemark') {
      this.#finish(placemark);
      return;
    }
    if (GEOMETRIES.has(name)) closeShape(placemark);
    else if (name === 'coordinates') placemark.shapes.at(-1)?.coordinates.push(...parseCoordinates(text));
    else if (name === 'coord')
      placemark.shapes.at(-1)?.coordinates.push(...parseCoordinates(text.replace(/\s+/g, ',')));
    else if (name === 'value' && parent === 'Data') placemark.properties.push([this.#attribute, text]);
    else if (name === 'SimpleData') placemark.properties.push([this.#attribute, text]);
    else if (name === 'description' && parent === 'Placemark')
      placemark.properties.push(...describedValues(text));
    else if (TEXTS.has(name) && parent !== 'Folder') placemark.properties.push([name, text]);
  }

  #finish({ properties, geometry }: Placemark): void {
    this.#placemark = undefined;
    const folder = this.#folders.filter((name) => name !== '').join('/');
    const all: [string, unknown][] = folder === '' ? properties : [...properties, ['folder', folder]];
    const feature: RawFeature = { number: ++this.#number, geometry, properties: Object.fromEntries(all) };
    if (this.#tooLarge) feature.problem = reason('feature-too-large');
    this.ready.push(feature);
  }
}

function closeShape(placemark: Placemark): void {
  const shape = placemark.shapes.pop();
  if (!shape) return;
  const outer = placemark.shapes.at(-1);
  if (shape.type === 'LinearRing' && outer?.type === 'Polygon') {
    outer.rings.push(shape.coordinates);
    return;
  }
  const geometry = geometryOf(shape);
  if (outer) outer.parts.push(geometry);
  else if (placemark.geometry) {
    placemark.geometry = { type: 'GeometryCollection', geometries: [placemark.geometry, geometry] };
  } else placemark.geometry = geometry;
}

function geometryOf({ type, coordinates, rings, parts }: Shape): RawGeometry {
  switch (type) {
    case 'Point':
      return { type, coordinates: coordinates[0] };
    case 'Polygon':
      return { type, coordinates: rings };
    case 'MultiGeometry':
    case 'MultiTrack':
      return { type: 'GeometryCollection', geometries: parts };
    case 'Model':
      return { type: 'model' };
    default:
      return { type: 'LineString', coordinates };
  }
}

/** The name without its prefix: 'gx:Track' is 'Track'. */
function plain(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
