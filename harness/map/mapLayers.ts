/** The layers that a user switches, from the ground up. */
export const MAP_LAYERS = [
  'streets',
  'designs',
  'addresses',
  'poles',
  'routes',
  'drops',
  'cables',
  'equipment',
  'names',
] as const;
export type MapLayerName = (typeof MAP_LAYERS)[number];

export interface MapLayerState {
  isOn: boolean;
  /** From 0 to 1. */
  opacity: number;
}

export type MapLayerStates = Readonly<Record<MapLayerName, MapLayerState>>;

export const SHOWN: MapLayerState = { isOn: true, opacity: 1 };

export const ALL_SHOWN: MapLayerStates = {
  streets: SHOWN,
  designs: SHOWN,
  addresses: SHOWN,
  poles: SHOWN,
  routes: SHOWN,
  drops: SHOWN,
  cables: SHOWN,
  equipment: SHOWN,
  names: SHOWN,
};
