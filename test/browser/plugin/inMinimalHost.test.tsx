import { declarePluginInHost } from '../../contracts/pluginInHost.contract.tsx';
import { createMinimalHost } from '../../support/host/minimalHost.tsx';

declarePluginInHost('a minimal host', (setup) => {
  const host = createMinimalHost(setup);
  let root: ReturnType<typeof host.renderReactNode> | undefined;
  return {
    modules: host.modules,
    app: host.app,
    select: (feature) => host.app.setCurrentFeature(feature),
    start: host.start,
    pressInPalette: host.pressInPalette,
    render(component, props) {
      root = host.renderReactNode(null, component, props, root);
    },
    listening: () => host.app.listening,
    dispose: host.dispose,
  };
});
