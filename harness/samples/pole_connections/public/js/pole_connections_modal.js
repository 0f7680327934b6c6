import myw from 'myWorld-client';
import { Button, DraggableModal, Input, useLocale } from 'myWorld-client/react';
import React, { useEffect, useRef, useState } from 'react';

/**
 * Connects addresses to the selected pole. As many plugins in the field it gives the task more than it declares, the
 * pole's position here, and leaves it to the host to show that the server has refused a task.
 */
export const PoleConnectionsModal = ({ open }) => {
  const { msg } = useLocale('poleConnections');
  const [app] = useState(myw.app);
  const [isOpen, setIsOpen] = useState(open);
  const [pole, setPole] = useState(app.currentFeature);
  const [progress, setProgress] = useState(null);
  const [outcome, setOutcome] = useState('');
  const stream = useRef({ close() {} });

  useEffect(() => {
    const follow = () => setPole(app.currentFeature);
    app.on('currentFeature-changed', follow);
    return () => {
      app.off('currentFeature-changed', follow);
      stream.current.close();
    };
  }, [app]);

  const isPole = pole?.getType() === 'pole';
  const design = isPole ? pole._myw.delta : undefined;

  const connect = async () => {
    const [lng, lat] = pole.geometry.coordinates;
    setOutcome('');
    try {
      const task = await app.system.enqueueTask('customer_connection_task', {
        design,
        lng,
        lat,
        pole_id: pole.id,
      });
      setProgress({ percent: 0, message: '' });
      stream.current = app.system.streamTaskProgress(task.id, {
        onProgress: setProgress,
        onSuccess: () => setOutcome(msg('done')),
        onFailure: (error) => setOutcome(msg('failed', { reason: error.message })),
        onEnd: () => setProgress(null),
      });
    } catch {
      setProgress(null);
    }
  };

  return (
    <DraggableModal
      open={isOpen}
      title={msg('title')}
      width={420}
      onCancel={() => setIsOpen(false)}
      footer={[
        <Button key="close" onClick={() => setIsOpen(false)}>
          {msg('close')}
        </Button>,
        <Button key="connect" type="primary" disabled={!design || progress !== null} onClick={connect}>
          {msg('connect')}
        </Button>,
      ]}
    >
      <label htmlFor="pole-connections-pole">{msg('pole')}</label>
      <Input id="pole-connections-pole" disabled value={isPole ? pole.getTitle() : msg('select_pole')} />
      {isPole && !design && <p>{msg('no_design')}</p>}
      <div role="status">
        {progress && (
          <p>
            {Math.floor(progress.percent ?? 0)}% {progress.message}
          </p>
        )}
        {outcome && <p>{outcome}</p>}
      </div>
    </DraggableModal>
  );
};
