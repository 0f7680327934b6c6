import { InputNumber } from 'antd';
import type { HostApplication } from 'lrt-plugin/host';
import {
  Facts,
  MessagesProvider,
  TaskPanel,
  TaskSetup,
  TaskSummary,
  useMessages,
  useSelectedFeature,
} from 'lrt-plugin/parts';
import { useId, useState } from 'react';
import { DraggableModal, useLocale } from './host.ts';
import { GROUP, packs } from './locales/index.ts';
import type { PlaceClosuresSession } from './placeClosuresSession.ts';

// As the task has them: see task/placeClosures.ts.
const MIN_RADIUS = 10;
const MAX_RADIUS = 1000;

interface ModalProps {
  app: HostApplication;
  session: PlaceClosuresSession;
  open: boolean;
  onClose(): void;
}

export function PlaceClosuresModal(props: ModalProps) {
  return (
    <MessagesProvider app={props.app} group={GROUP} packs={packs} host={useLocale(GROUP)}>
      <Dialog {...props} />
    </MessagesProvider>
  );
}

function Dialog({ app, session, open, onClose }: ModalProps) {
  const { msg } = useMessages();
  return (
    <DraggableModal open={open} title={msg('title')} width={420} onCancel={onClose} footer={null}>
      <TaskPanel
        session={session}
        setup={<Setup app={app} session={session} />}
        facts={({ params }) => [[msg('design'), designName(params?.design)]]}
        summary={(task) => (
          <TaskSummary
            session={session}
            task={task}
            heading={msg('placed', { count: task.result?.placed ?? 0 })}
          />
        )}
      />
    </DraggableModal>
  );
}

/** Before the task: what it will work on, and with which parameters. */
function Setup({ app, session }: Omit<ModalProps, 'open' | 'onClose'>) {
  const { msg } = useMessages();
  const radiusId = useId();
  const [radius, setRadius] = useState<number | null>(200);
  const feature = useSelectedFeature(app);
  const pole = feature?.getType() === 'pole' ? feature : undefined;
  const design = pole?._myw?.delta;
  const valid = radius !== null && radius >= MIN_RADIUS && radius <= MAX_RADIUS;
  return (
    <TaskSetup
      session={session}
      startLabel={msg('start')}
      params={pole && design && valid ? { design, pole_id: Number(pole.id), radius } : undefined}
      reason={design ? msg('radius_invalid', { min: MIN_RADIUS, max: MAX_RADIUS }) : msg('select_pole')}
    >
      <p style={{ marginBlockStart: 0 }}>{msg('intro')}</p>
      <Facts
        facts={[
          [msg('design'), designName(design)],
          [msg('pole'), pole?.getTitle() ?? '–'],
          [
            msg('radius'),
            <InputNumber key="radius" id={radiusId} value={radius} precision={0} onChange={setRadius} />,
            radiusId,
          ],
        ]}
      />
    </TaskSetup>
  );
}

/** 'FTTH-North' of 'design/FTTH-North'. */
function designName(design: unknown) {
  return typeof design === 'string' ? design.replace(/^design\//, '') : '–';
}
