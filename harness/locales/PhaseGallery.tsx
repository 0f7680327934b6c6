import { theme } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { BoundingBox } from '../../src/contract/index.ts';
import { useApplication } from '../../src/host/ApplicationContext.ts';
import { type DraggableModalProps, useLocale } from '../../src/host/index.ts';
import { createLrtModal, type LrtModalProps } from '../../src/index.ts';
import type { TaskSessionState, TaskState } from '../../src/parts/index.ts';
import { EXAMPLE_RESULT } from '../fakeSystem.ts';
import { HostStage } from '../host/HostStage.tsx';
import { poleOfDesign } from '../modal/features.ts';
import { stillSession } from '../parts/stillSession.ts';
import { taskState } from '../parts/tasks.ts';

const running: Partial<TaskState> = {
  params: { design: 'design/FTTH-North', pole_id: 12, count: 2000 },
  progress: { percent: 55, step: 4, stepCount: 5, done: 1100, total: 2000, message: '' },
};

/** The modal in its phases, so that each kind of text is seen. */
const PHASES: Partial<TaskSessionState>[] = [
  { available: false },
  {
    refusal: {
      code: 'invalid-params',
      message: '',
      details: { available: 12 },
      parameters: [
        { parameter: 'count', code: 'too-many', message: '' },
        { parameter: 'pole_id', code: 'in-other-design', message: '' },
      ],
    },
  },
  {
    task: taskState({
      ...running,
      status: 'queued',
      progress: { percent: null, step: null, message: '' },
      running: undefined,
      connection: { state: 'reconnecting', attempt: 2, retryAt: Date.now() + 20_000, reason: 'reset' },
    }),
  },
  { task: taskState({ ...running, attempt: 2 }) },
  { task: taskState({ ...running, status: 'succeeded', result: EXAMPLE_RESULT, ended: true }) },
  {
    task: taskState({
      ...running,
      status: 'failed',
      error: { code: 'timeout', message: '' },
      ended: true,
    }),
  },
  { task: taskState({ ...running, status: 'cancelled', ended: true }) },
];

// With a map, so that there is 'Zoom to result'.
const OPTIONS = { map: { getBounds: (): BoundingBox => [0, 52, 1, 53], fitBounds() {}, zoomTo() {} } };

// Beside each other instead of on top of each other, as a host's dialogs are.
const LrtModal = createLrtModal({ useLocale, DraggableModal: StillDialog });

interface PhaseGalleryProps {
  language: string;
  theme: 'light' | 'dark';
  packs?: LrtModalProps['packs'];
}

/** The modal in every phase, in one language. */
export function PhaseGallery({ packs, ...stage }: PhaseGalleryProps) {
  return (
    <HostStage {...stage} options={OPTIONS}>
      <Phases packs={packs} />
    </HostStage>
  );
}

function Phases({ packs }: Pick<PhaseGalleryProps, 'packs'>) {
  const app = useApplication();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    app.setCurrentFeature(poleOfDesign);
    setReady(true);
  }, [app]);
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'flex-start' }}>
      {(ready ? PHASES : []).map((state) => (
        <LrtModal
          key={state.task?.status ?? String(state.available)}
          open
          onClose={() => {}}
          app={app}
          session={stillSession(state)}
          packs={packs}
        />
      ))}
    </div>
  );
}

function StillDialog({ title, children }: DraggableModalProps) {
  const { token } = theme.useToken();
  const titleId = useId();
  // Not a region: seven of the same name would be seven landmarks.
  return (
    <fieldset
      aria-labelledby={titleId}
      style={{
        boxSizing: 'border-box',
        margin: 0,
        minInlineSize: 0,
        inlineSize: 400,
        maxInlineSize: '100%',
        padding: token.paddingLG,
        border: `1px solid ${token.colorBorderSecondary}`,
        borderRadius: token.borderRadiusLG,
        background: token.colorBgElevated,
        color: token.colorText,
        fontFamily: token.fontFamily,
        fontSize: token.fontSize,
        lineHeight: token.lineHeight,
      }}
    >
      <h2 id={titleId} style={{ margin: 0, marginBlockEnd: token.margin, fontSize: token.fontSizeLG }}>
        {title}
      </h2>
      {children}
    </fieldset>
  );
}
