import { Alert, Button, Checkbox, Input, Progress, Radio, Tag, Typography } from 'antd';
import type { HostFeature } from '../../../src/host/contract.ts';
import {
  DraggableModal,
  FeatureDetails,
  Palette,
  Plugin,
  PluginButton,
  Toolbar,
} from '../../../src/host/index.ts';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path d="M10 2v16M4 6h12" stroke="#2b7de1" stroke-width="2"/></svg>',
)}`;

class ConnectButton extends PluginButton {
  static {
    ConnectButton.prototype.id = 'connect-button';
    ConnectButton.prototype.titleMsg = 'connect';
    ConnectButton.prototype.imgSrc = ICON;
  }
}
class MonitorButton extends PluginButton {
  static {
    MonitorButton.prototype.titleMsg = 'monitor';
  }
}
export class FramePlugin extends Plugin {
  static {
    FramePlugin.prototype.messageGroup = 'FRAME';
    FramePlugin.prototype.buttons = { connect: ConnectButton, monitor: MonitorButton };
  }
}

/** What an application with a frame looks like to its plugins. */
export const frameOptions = {
  plugins: { frame: FramePlugin },
  toolbar: ['frame.connect', 'frame.monitor'],
  palette: ['frame.connect', 'frame.monitor'],
  messages: {
    en: { FRAME: { connect: 'Connect customers', monitor: 'Task monitor' } },
    ar: { FRAME: { connect: 'توصيل العملاء', monitor: 'مراقبة المهام' } },
  },
};

export const polePicked: HostFeature = {
  id: 12,
  getType: () => 'pole',
  getUrn: () => 'pole/12',
  getTitle: () => 'Pole P-0012',
  properties: { name: 'P-0012', height: 9.5, guyed: true, owner: null, tags: ['oak', 'leaning'] },
  _myw: { delta: 'design/North' },
};

/** The host's frame, and a modal with the controls that plugins use. */
export function Frame({ background }: { background: string }) {
  return (
    <main style={{ display: 'grid', gap: 12, gridTemplateColumns: '220px 320px', padding: 12, background }}>
      <div style={{ gridColumn: '1 / -1' }}>
        <Toolbar />
      </div>
      <Palette />
      <FeatureDetails />
      <DraggableModal
        open
        title="Connect customers"
        width={420}
        footer={[
          <Button key="close">Close</Button>,
          <Button key="cancel" danger type="primary">
            Cancel task
          </Button>,
          <Button key="create" type="primary">
            Create
          </Button>,
        ]}
      >
        <p>
          Makes connections, see <Typography.Link href="#docs">the manual</Typography.Link> and{' '}
          <Button type="link">more</Button>.
        </p>
        <Input aria-label="Connections" placeholder="2,000" />
        <Radio.Group options={['random', 'nearest']} defaultValue="random" />
        <Checkbox defaultChecked>Zoom to the result</Checkbox>
        <Progress percent={62} aria-label="Progress" />
        <Tag color="success">succeeded</Tag>
        <Tag color="error">failed</Tag>
        <Tag color="warning">reconnecting</Tag>
        <Alert type="info" title="62 of 100 addresses" />
        <Alert type="warning" title="Reconnecting in 3 s" description="The task runs on." />
        <Alert type="error" title="Not enough addresses" />
      </DraggableModal>
    </main>
  );
}
