import { overlayColours } from '../../src/maps/openlayers/index.ts';

/** Colours of the map, one set per theme. Blue is stored, amber is not stored yet, magenta is selected. */
export interface MapPalette {
  ground: string;
  street: string;
  streetEdge: string;
  address: string;
  pole: string;
  halo: string;
  design: string;
  designFill: string;
  committed: string;
  uncommitted: string;
  selection: string;
  failed: string;
  label: string;
  labelQuiet: string;
}

export type MapTheme = 'light' | 'dark';

export const mapPalettes: Record<MapTheme, MapPalette> = {
  light: {
    ground: '#eceff2',
    street: '#ffffff',
    streetEdge: '#d3dae1',
    address: '#9aa6b2',
    pole: '#4d5b69',
    halo: '#ffffff',
    design: '#1765c1',
    designFill: 'rgba(23, 101, 193, 0.05)',
    committed: overlayColours.light.settled,
    uncommitted: overlayColours.light.pending,
    selection: '#d5006d',
    failed: overlayColours.light.failed,
    label: '#26323e',
    labelQuiet: '#66737f',
  },
  dark: {
    ground: '#101418',
    street: '#28323d',
    streetEdge: '#1a222b',
    address: '#56636f',
    pole: '#9cabb9',
    halo: '#101418',
    design: '#62adff',
    designFill: 'rgba(98, 173, 255, 0.05)',
    committed: overlayColours.dark.settled,
    uncommitted: overlayColours.dark.pending,
    selection: '#ff6db8',
    failed: overlayColours.dark.failed,
    label: '#e3e9ef',
    labelQuiet: '#8795a3',
  },
};
