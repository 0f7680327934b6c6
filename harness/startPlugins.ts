import { type Application, type ApplicationOptions, createApplication } from '../src/host/index.ts';
import { LrtPlugin } from '../src/index.ts';
import type { MonitorPlace } from './monitor/MonitorPlace.ts';
import { monitorPlugin } from './monitor/monitorPlugin.ts';
import { PlanPlugin } from './planPlugin.ts';
import { openRun } from './run/runAddress.ts';
import { openTable } from './table/tableAddress.ts';

/** A dialog is a card beside the map in a window of this kind, and a sheet over the map in others. */
const ROOM_FOR_BOTH = '(min-width: 640px)';

interface Parts {
  taskName: string | undefined;
  monitorPlace: MonitorPlace;
  listPoles(design: string): Promise<{ id: number; title: string }[]>;
}

/** Makes the application with our own plugins. */
export function startPlugins(
  options: ApplicationOptions,
  { taskName, monitorPlace, listPoles }: Parts,
): Application {
  const app = createApplication(options);
  const places = {
    openRun: (run: string) => openRun({ run }),
    openTable(run: string) {
      openTable({ kind: 'run', run });
      // The sheet of the dialog would leave no room for the map between it and the table.
      if (!matchMedia(ROOM_FOR_BOTH).matches) closeDialogsBut('', app.plugins);
    },
  };
  // An application needs no more than this to have the plugin: it registers the plugin, and places its button.
  app.registerPlugin('lrtPlugin', LrtPlugin, {
    listPoles,
    taskName,
    ...places,
  });
  app.registerPlugin('plan', PlanPlugin, places);
  const { MonitorPlugin, options: monitor } = monitorPlugin(monitorPlace);
  app.registerPlugin('monitor', MonitorPlugin, monitor);
  monitorPlace.restore(app.plugins.monitor);
  app.setToolbar(['lrtPlugin.dialog', 'plan.dialog', 'monitor.tasks']);
  app.setPalette(['lrtPlugin.dialog', 'plan.dialog']);
  return app;
}

/** Closes the dialogs of plugins except that of a button: they dock at the same corner of the map. */
export function closeDialogsBut(button: string, { lrtPlugin, plan }: Record<string, unknown>): void {
  if (button !== 'lrt-button' && lrtPlugin instanceof LrtPlugin) lrtPlugin.hideModal();
  if (button !== 'lrt-plan-button' && plan instanceof PlanPlugin) plan.hideModal();
}
