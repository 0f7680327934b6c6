import { ConfigProvider } from 'antd';
import { createApplication, DraggableModal, type HostMap, HostProvider, themes } from 'lrt-plugin/host';
import { TaskMonitor } from 'lrt-plugin/monitor';
import { type SystemClient, TaskErrorBoundary } from 'lrt-plugin/parts';
import { parseQwc2Api, type Qwc2Api } from 'lrt-plugin/qwc2';
import { useEffect } from 'react';

/** QWC2's name for the tool: `LrtTasks` in config.json. */
const TASK = 'LrtTasks';
const TITLES: Record<string, string> = {
  'en-US': 'Tasks',
  'de-DE': 'Aufgaben',
  'fr-FR': 'Tâches',
  'es-ES': 'Tareas',
  'ja-JP': 'タスク',
  'ar-EG': 'المهام',
};

/** Adds the tool "Tasks" to QWC2 as soon as its API is there: the task monitor in a window. */
export function registerTasks(system: SystemClient): void {
  const register = () => {
    const qwc2 = parseQwc2Api(Reflect.get(window, 'qwc2'));
    qwc2.addPlugin(`${TASK}Plugin`, createTasks(qwc2, system), translations(viewOf(qwc2.getState()).code));
  };
  if (Reflect.has(window, 'qwc2')) register();
  else window.addEventListener('QWC2ApiReady', register, { once: true });
}

function createTasks(qwc2: Qwc2Api, system: SystemClient) {
  const app = createApplication({ system, map: mapOf(qwc2) });

  function Tasks({ current, code, colorScheme, title }: View) {
    useEffect(() => app.setLanguage(code), [code]);
    useEffect(() => app.setTheme(/dark/i.test(colorScheme) ? themes.dark : themes.light), [colorScheme]);
    const close = () => qwc2.setCurrentTask(null);
    return (
      <HostProvider app={app}>
        {/* antd draws a wave in a root of its own, and QWC2 does not share what makes roots. */}
        <ConfigProvider wave={{ disabled: true }}>
          <DraggableModal open={current === TASK} title={title} width={440} footer={null} onCancel={close}>
            <TaskErrorBoundary>
              <div style={{ height: 'min(560px, 70vh)' }}>
                <TaskMonitor app={app} />
              </div>
            </TaskErrorBoundary>
          </DraggableModal>
        </ConfigProvider>
      </HostProvider>
    );
  }

  return qwc2.libs.connect(viewOf)<object>(Tasks);
}

interface View {
  current: string;
  /** QWC2's code of the language: 'de-DE'. */
  code: string;
  colorScheme: string;
  title: string;
}

/** What the tool needs of QWC2's state. */
function viewOf(state: unknown): View {
  const code = textAt(state, 'locale', 'current') ?? 'en-US';
  return {
    current: textAt(state, 'task', 'id') ?? '',
    code,
    colorScheme: textAt(state, 'localConfig', 'colorScheme') ?? '',
    title: textAt(state, 'locale', 'messages', `appmenu.items.${TASK}`) ?? titleIn(code),
  };
}

function valueAt(state: unknown, ...path: string[]): unknown {
  let found = state;
  for (const key of path) found = typeof found === 'object' && found ? Reflect.get(found, key) : undefined;
  return found;
}

function textAt(state: unknown, ...path: string[]): string | undefined {
  const value = valueAt(state, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** "Zoom to task", and the filter for the part of the world that the map shows. */
function mapOf(qwc2: Qwc2Api): HostMap {
  return {
    getBounds() {
      const state = qwc2.getState();
      const bounds = valueAt(state, 'map', 'bbox', 'bounds');
      const [west = 0, south = 0, east = 0, north = 0] = qwc2.CoordinatesUtils.reprojectBbox(
        Array.isArray(bounds) ? bounds : [0, 0, 0, 0],
        textAt(state, 'map', 'projection') ?? 'EPSG:3857',
        'EPSG:4326',
      );
      return [west, south, east, north];
    },
    fitBounds: (bounds) => qwc2.zoomToExtent(bounds, 'EPSG:4326'),
    zoomTo() {},
  };
}

/** QWC2 looks for exactly the language that it runs in ('de-CH'), and fails where there is nothing. */
function translations(current: string): Record<string, object> {
  return Object.fromEntries(
    [...Object.keys(TITLES), current].map((code) => [
      code,
      { appmenu: { items: { [TASK]: titleIn(code) } } },
    ]),
  );
}

function titleIn(code: string): string {
  const [language = ''] = code.split('-');
  const near = Object.keys(TITLES).find((known) => known.startsWith(`${language}-`));
  return TITLES[code] ?? TITLES[near ?? 'en-US'] ?? TASK;
}
