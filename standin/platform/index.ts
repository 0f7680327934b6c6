import type { RenderReactNode } from '../../src/host/contract.ts';
import { Events } from '../../src/host/events.ts';
import { latestApplication } from '../../src/host/latestApplication.ts';
import { type ApplicationDefinition, applicationDefinition } from './applicationDefinition.ts';
import { boundsWithMethods, type LatLng } from './bounds.ts';
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
import { loadModuleLocale } from './moduleLocales.ts';
import { type NotImplemented, notImplemented } from './notImplemented.ts';
import { PlatformApplication } from './PlatformApplication.ts';
import { PlatformButton } from './PlatformButton.ts';
import { PlatformPlugin } from './PlatformPlugin.ts';
import * as react from './react.ts';
import * as registries from './registries.ts';
import { Transaction } from './Transaction.ts';
import { Control } from './ui/Control.ts';
import { Button, Checkbox, Dropdown, Input, Label, Textarea } from './ui/controls.tsx';
import { Dialog, type DialogOptions } from './ui/Dialog.ts';
import { DisplayMessage } from './ui/DisplayMessage.tsx';
import { Form } from './ui/Form.ts';
import type { usePlatformLocale } from './usePlatformLocale.ts';

/**
 * A message of a group in the language of the latest application.
 *
 * @example msg('drops', 'count', { n: 3 })
 */
export function msg(group: string, key: string, values?: Record<string, unknown>): string {
  return latestApplication()?.localisation.msg(group, key, values) ?? key;
}

/**
 * A tracer of the platform. The stand-in's writes nothing.
 *
 * @example trace('drops')(1, 'connected', pole)
 */
export function trace(_name: string): (level: number, ...what: unknown[]) => void {
  return () => {};
}

/**
 * A position of the platform: degrees of WGS 84, the latitude first.
 *
 * @example latLng(52.2, 0.12)
 */
export function latLng(lat: number, lng: number): LatLng {
  return { lat, lng };
}

/**
 * Bounds of the platform, from their south-west to their north-east corner.
 *
 * @example latLngBounds(latLng(52, 0), latLng(53, 1)).getCenter()
 */
export function latLngBounds(southWest: LatLng, northEast: LatLng) {
  return boundsWithMethods([southWest.lng, southWest.lat, northEast.lng, northEast.lat]);
}

// The module as an object: what plugins take from it has no types of ours.
const reactModule: { useLocale: typeof usePlatformLocale; renderReactNode: RenderReactNode } & Record<
  string,
  unknown
> = { ...react };

/**
 * Makes a dialog and opens it.
 *
 * @example dialog({ title: 'Stored', contents: 'The name is stored.', modal: false, destroyOnClose: true })
 */
export function dialog(options: DialogOptions): Dialog {
  return new Dialog(options);
}

function lateSettings(): Record<string, unknown> {
  const settings = (): Record<string, unknown> => {
    const app = latestApplication();
    return app instanceof PlatformApplication ? app.system.settings : {};
  };
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, key) => Reflect.get(settings(), key),
      set: (_, key, value) => Reflect.set(settings(), key, value),
      has: (_, key) => key in settings(),
      ownKeys: () => Reflect.ownKeys(settings()),
      getOwnPropertyDescriptor(_, key) {
        const value: unknown = Reflect.get(settings(), key);
        return key in settings()
          ? { value, configurable: true, enumerable: true, writable: true }
          : undefined;
      },
    },
  );
}

const members = {
  ...registries,
  Plugin: PlatformPlugin,
  PluginButton: PlatformButton,
  MywClass,
  Events,
  Application: PlatformApplication,
  Database,
  Transaction,
  Feature,
  MywFeature: Feature,
  MyWorldFeature: Feature,
  Control,
  Dialog,
  dialog,
  DisplayMessage,
  Form,
  Input,
  Textarea,
  Dropdown,
  Checkbox,
  Button,
  Label,
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
  /** The settings of the application that was started last, also for a module that took `myw.config` before. */
  config: lateSettings(),
};

/** Members by name; a class of the platform that we do not have is one that throws where it is used. */
export type Myw = typeof members & { [name: string]: NotImplemented | undefined };

const missingClasses = new Map<string, NotImplemented>();

function member(name: string): NotImplemented | undefined {
  // Classes have capitals; of all else plugins ask whether it is there.
  if (!/^[A-Z]/.test(name)) return undefined;
  const found = missingClasses.get(name) ?? notImplemented(name);
  missingClasses.set(name, found);
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
export type { DialogButtonOptions, DialogOptions } from './ui/Dialog.ts';
export type { FormOptions, FormRow } from './ui/Form.ts';
export type { ControlOptions, FormControl } from './ui/FormControl.tsx';
export {
  type ApplicationDefinition,
  applicationDefinition,
  Button,
  Checkbox,
  Control,
  Database,
  Dialog,
  DisplayMessage,
  Dropdown,
  Events,
  Feature,
  Feature as MyWorldFeature,
  Feature as MywFeature,
  FillStyle,
  Form,
  GeoJSONVectorLayer,
  IconStyle,
  Input,
  Label,
  LayerFeature,
  LineStyle,
  MywClass,
  type NotImplemented as Absent,
  notImplemented as absent,
  PlatformButton as PluginButton,
  PlatformPlugin as Plugin,
  Style,
  SymbolStyle,
  Textarea,
  TextStyle,
  Transaction,
};

// Imported by plugins, and not in the stand-in: each throws where it is used.
export const TaskManager: NotImplemented = notImplemented('TaskManager');
export const UnitInput: NotImplemented = notImplemented('UnitInput');
export const FeatureEditor: NotImplemented = notImplemented('FeatureEditor');
export const FeatureViewer: NotImplemented = notImplemented('FeatureViewer');
export const FieldEditor: NotImplemented = notImplemented('FieldEditor');
export const FieldViewer: NotImplemented = notImplemented('FieldViewer');
export const StringFieldEditor: NotImplemented = notImplemented('StringFieldEditor');
export const TreeView: NotImplemented = notImplemented('TreeView');
export const VectorTileLayer: NotImplemented = notImplemented('VectorTileLayer');
export const UnitScale: NotImplemented = notImplemented('UnitScale');
