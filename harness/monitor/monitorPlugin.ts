import { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from '../../src/host/index.ts';
import { createMonitorPlugin, type MonitorPluginOptions } from '../../src/monitor/index.ts';
import { linkToRun, openRun } from '../run/runAddress.ts';
import type { MonitorPlace } from './MonitorPlace.ts';

/** Binds the plugin of the monitor to the stand-in host, and puts the monitor into the page's column. */
export function monitorPlugin(place: MonitorPlace) {
  const options: MonitorPluginOptions = {
    dock: place.dock,
    onChange: place.keep,
    onOpenRun: (run) => openRun({ run }),
    linkTo: (run) => linkToRun({ run }),
  };
  return {
    MonitorPlugin: createMonitorPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal }),
    options,
  };
}
