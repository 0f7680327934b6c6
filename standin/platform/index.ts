import type { RenderReactNode } from '../../src/host/contract.ts';
import { Events } from '../../src/host/events.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import { type ApplicationDefinition, applicationDefinition } from './applicationDefinition.ts';
import { Database } from './Database.ts';
import { Feature } from './Feature.ts';
import {
  FillStyle,
  GeoJSONVectorLayer,
  IconStyle,
  LayerFeature,
  LineStyle,
  Style,
  SymbolStyle,
  TextStyle,
} from './layers.ts';
import { MywClass } from './MywClass.ts';
import { boundsWithMethods, type LatLng } from './map.ts';
import { loadModuleLocale } from './moduleLocales.ts';
import { type Absent, absent } from './notImplemented.ts';
import { PlatformApplication } from './PlatformApplication.ts';
import { Plugin } from './Plugin.ts';
import { PluginButton } from './PluginButton.ts';
import * as react from './react.ts';
import * as registries from './registries.ts';
import { Transaction } from './Transaction.ts';
import type { useLocale } from './useLocale.ts';

/** A message of a group in the language of the latest application. */
export function msg(group: string, key: string, values?: Record<string, unknown>): string {
  return latestApplication()?.localisation.msg(group, key, values) ?? key;
}

/** A tracer of the platform; ours says nothing. */
export function trace(_name: string): (level: number, ...what: unknown[]) => void {
  return () => {};
}

export function latLng(lat: number, lng: number): LatLng {
  return { lat, lng };
}

export function latLngBounds(southWest: LatLng, northEast: LatLng) {
  return boundsWithMethods([southWest.lng, southWest.lat, northEast.lng, northEast.lat]);
}

// The module as an object: what plugins take from it has no types of ours.
const reactModule: { useLocale: typeof useLocale; renderReactNode: RenderReactNode } & Record<
  string,
  unknown
> = { ...react };

const members = {
  ...registries,
  Plugin,
  PluginButton,
  MywClass,
  Events,
  Application: PlatformApplication,
  Database,
  Transaction,
  Feature,
  MywFeature: Feature,
  MyWorldFeature: Feature,
  GeoJSONVectorLayer,
  LayerFeature,
  Style,
  LineStyle,
  FillStyle,
  SymbolStyle,
  IconStyle,
  TextStyle,
  msg,
  trace,
  latLng,
  latLngBounds,
  react: reactModule,
  hooks: reactModule,
  applicationDefinition,
  isTouchDevice: false,
  isNativeApp: false,
  localisation: {
    loadModuleLocale,
    msg,
    get language(): string {
      return latestApplication()?.localisation.language ?? 'en';
    },
  },
  /** The application that was started last; undefined before. */
  get app() {
    return latestApplication();
  },
  /** The application's settings. */
  get config(): Record<string, unknown> {
    const app = latestApplication();
    return app instanceof PlatformApplication ? app.system.settings : {};
  },
};

/** Members by name; a class of the platform that we do not have is one that throws where it is used. */
export type Myw = typeof members & { [name: string]: Absent | undefined };

const absentClasses = new Map<string, Absent>();

function member(name: string): Absent | undefined {
  // Classes have capitals; of all else plugins ask whether it is there.
  if (!/^[A-Z]/.test(name)) return undefined;
  const found = absentClasses.get(name) ?? absent(name);
  absentClasses.set(name, found);
  return found;
}

const myw: Myw = new Proxy(members as Myw, {
  get(target, key) {
    if (typeof key !== 'string' || key in target) return Reflect.get(target, key, target);
    return member(key);
  },
});

export default myw;
export { createApplicationDefinition } from './applicationDefinition.ts';
export type { DatabaseChange, DatabaseOptions, QueryOptions, Relationships } from './Database.ts';
export type { FeatureData } from './Feature.ts';
export type { DrawingMap, Shape } from './map.ts';
export { type ModuleLocales, provideModuleLocales } from './moduleLocales.ts';
export type { GeoJsonData } from './operations.ts';
export { PlatformApplication, type StartOptions, startApplication } from './PlatformApplication.ts';
export {
  type Absent,
  type ApplicationDefinition,
  absent,
  applicationDefinition,
  Database,
  Events,
  Feature,
  Feature as MyWorldFeature,
  Feature as MywFeature,
  FillStyle,
  GeoJSONVectorLayer,
  IconStyle,
  LayerFeature,
  LineStyle,
  MywClass,
  Plugin,
  PluginButton,
  Style,
  SymbolStyle,
  TextStyle,
  Transaction,
};

// Imported by plugins, and not in the stand-in: each throws where it is used.
export const TaskManager: Absent = absent('TaskManager');
export const Dialog: Absent = absent('Dialog');
export const Form: Absent = absent('Form');
export const Input: Absent = absent('Input');
export const Dropdown: Absent = absent('Dropdown');
export const Label: Absent = absent('Label');
export const UnitInput: Absent = absent('UnitInput');
export const DisplayMessage: Absent = absent('DisplayMessage');
export const FeatureEditor: Absent = absent('FeatureEditor');
export const FeatureViewer: Absent = absent('FeatureViewer');
export const FieldEditor: Absent = absent('FieldEditor');
export const FieldViewer: Absent = absent('FieldViewer');
export const StringFieldEditor: Absent = absent('StringFieldEditor');
export const TreeView: Absent = absent('TreeView');
export const VectorTileLayer: Absent = absent('VectorTileLayer');
export const UnitScale: Absent = absent('UnitScale');
