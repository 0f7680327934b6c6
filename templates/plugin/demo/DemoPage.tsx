import { Flex, Select, Typography, theme } from 'antd';
import { HostProvider, Toolbar } from 'lrt-plugin/host';
import { useSelectedFeature } from 'lrt-plugin/parts';
import { useId, useSyncExternalStore } from 'react';
import type { Demo } from './createDemo.ts';
import { DESIGN, toHostFeature } from './TownLayers.ts';
import { TownMap } from './TownMap.tsx';

/** The application's frame: its toolbar, something to select a feature with, and the map. */
export function DemoPage({ demo }: { demo: Demo }) {
  return (
    <HostProvider app={demo.app}>
      <Frame {...demo} />
    </HostProvider>
  );
}

function Frame({ app, layers }: Demo) {
  const { token } = theme.useToken();
  const selectId = useId();
  const { poles, ...closures } = useSyncExternalStore(layers.subscribe, layers.getState, layers.getState);
  const selected = useSelectedFeature(app)?.getUrn();
  const own = poles.filter(({ properties }) => properties.design === DESIGN);
  const select = (urn: string) => {
    const pole = own.find(({ id }) => id === urn);
    app.setCurrentFeature(pole ? toHostFeature(pole) : null);
  };
  return (
    <Flex
      component="main"
      vertical
      gap="small"
      style={{ height: '100vh', padding: 16, boxSizing: 'border-box', background: token.colorBgLayout }}
    >
      <Flex gap="small" align="center" wrap>
        <Toolbar />
        <Typography.Text>
          <label htmlFor={selectId}>{DESIGN}</label>
        </Typography.Text>
        <Select
          id={selectId}
          value={selected}
          onChange={select}
          options={own.map(({ id, properties }) => ({ value: id, label: `${properties.name}` }))}
          style={{ width: 140 }}
        />
      </Flex>
      <TownMap
        poles={poles}
        {...closures}
        bounds={layers.getBounds()}
        selected={selected}
        onSelect={select}
      />
    </Flex>
  );
}
