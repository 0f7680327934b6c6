import { Toolbar } from '../../../src/host/index.ts';
import * as client from '../../../standin/platform/index.ts';
import * as react from '../../../standin/platform/react.ts';
import { declarePluginInHost } from '../../contracts/pluginInHost.contract.tsx';

declarePluginInHost('the stand-in host, by the platform’s modules', ({ system, messages, app: more }) => {
  let app: client.PlatformApplication | undefined;
  let root: ReturnType<typeof react.renderReactNode> | undefined;
  const running = () => {
    if (!app) throw new Error('The application is not started');
    return app;
  };
  return {
    modules: { client: { ...client }, react: { ...react } },
    get app() {
      return running();
    },
    // Not by `setCurrentFeature`, which takes only features of the stand-in's database.
    select(feature) {
      Object.assign(running(), { currentFeature: feature });
      running().fire('currentFeature-changed currentFeatureSet-changed', feature);
    },
    start({ plugins, toolbar }) {
      const definition = client.createApplicationDefinition();
      Object.assign(definition.plugins, plugins);
      app = client.startApplication({
        definition,
        system: system as never,
        messages: { en: messages ?? {} },
      });
      for (const [name, value] of Object.entries(more ?? {})) {
        Object.defineProperty(app, name, { value, configurable: true });
      }
      app.setToolbar(toolbar);
      app.renderReactNode(null, Toolbar, {});
    },
    pressInPalette(id, button) {
      const plugin = running().plugins[id] as { buttons: Record<string, new () => { action(): void }> };
      Reflect.apply(plugin.buttons[button]?.prototype.action, { owner: plugin }, []);
    },
    render(component, props) {
      root = react.renderReactNode(null, component, props, root);
    },
    listening: () => running().listenerCount('currentFeature-changed'),
    dispose: () => running().dispose(),
  };
});
