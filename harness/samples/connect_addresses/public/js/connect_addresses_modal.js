import myw from 'myWorld-client';
import { Button, DraggableModal, Input, useLocale } from 'myWorld-client/react';
import { Alert, Progress } from 'antd';
import React, { useEffect, useRef, useState } from 'react';

const TASK = 'customer_connection_task';
const MOST = 10000;

/**
 * Takes the selected pole, asks how many addresses to connect, and follows the task that does it. Closing the modal
 * does not stop the task: what it is at is shown when the modal is opened again.
 */
export const ConnectAddressesModal = ({ open, onClose }) => {
  const { msg } = useLocale('connectAddresses');
  const [app] = useState(myw.app);
  const pole = useSelectedPole(app);
  const [count, setCount] = useState('200');
  const task = useTask(app);

  const design = pole?._myw.delta;
  const isCount = /^\d+$/.test(count) && Number(count) >= 1 && Number(count) <= MOST;
  const isReady = Boolean(design) && isCount && !task.running;

  const start = () => task.start(TASK, { design, pole_id: Number(pole.id), count: Number(count) });

  return (
    <DraggableModal
      open={open}
      title={msg('title')}
      width={440}
      wrapClassName="connect-addresses-modal"
      onCancel={onClose}
      footer={[
        task.running && app.system.cancelTask ? (
          <Button key="stop" danger loading={task.stopping} onClick={task.stop}>
            {msg('stop')}
          </Button>
        ) : (
          <Button key="close" onClick={onClose}>
            {msg('close')}
          </Button>
        ),
        <Button key="start" type="primary" disabled={!isReady} onClick={start}>
          {msg('start')}
        </Button>,
      ]}
    >
      <p style={{ marginTop: 0 }}>{msg('description')}</p>
      <label htmlFor="connect-addresses-pole">{msg('pole')}</label>
      <Input
        id="connect-addresses-pole"
        readOnly
        value={pole ? pole.getTitle() : ''}
        placeholder={msg('select_pole')}
      />
      {pole && !design && <Alert style={{ marginTop: 8 }} type="warning" message={msg('no_design')} />}
      <label htmlFor="connect-addresses-count" style={{ display: 'block', marginTop: 12 }}>
        {msg('count')}
      </label>
      <Input
        id="connect-addresses-count"
        inputMode="numeric"
        value={count}
        disabled={task.running}
        status={isCount ? undefined : 'error'}
        aria-invalid={!isCount}
        onChange={(event) => setCount(event.target.value.trim())}
      />
      <div role="status" style={{ marginTop: 12 }}>
        {task.running && (
          <>
            <Progress percent={task.percent} status="active" aria-label={msg('progress')} />
            <div dir="auto">{task.message || msg('waiting')}</div>
          </>
        )}
        {task.outcome && (
          <Alert
            type={task.outcome.type}
            message={msg(task.outcome.key)}
            description={task.outcome.reason && <span dir="auto">{task.outcome.reason}</span>}
          />
        )}
      </div>
    </DraggableModal>
  );
};

/** The selected feature, where it is a pole; the last one that was. */
function useSelectedPole(app) {
  const [pole, setPole] = useState(null);
  useEffect(() => {
    const follow = () => {
      const feature = app.currentFeature;
      if (feature?.getType() === 'pole') setPole(feature);
    };
    follow();
    app.on('currentFeature-changed currentFeatureSet-changed', follow);
    return () => app.off('currentFeature-changed currentFeatureSet-changed', follow);
  }, [app]);
  return pole;
}

const IDLE = { running: false, percent: 0, message: '', outcome: null, stopping: false };

/** Starts a task and follows it until it has ended; the stream is closed with the component. */
function useTask(app) {
  const { system } = app;
  const [state, setState] = useState(IDLE);
  const stream = useRef(null);
  const id = useRef(null);
  useEffect(() => () => stream.current?.close(), []);

  const end = (outcome) => setState({ ...IDLE, outcome });
  const fail = (error) =>
    error?.code === 'cancelled'
      ? end({ type: 'info', key: 'cancelled' })
      : end({ type: 'error', key: 'failed', reason: error?.message });

  const start = async (name, params) => {
    setState({ ...IDLE, running: true });
    try {
      const task = await system.enqueueTask(name, params);
      id.current = task.id;
      stream.current?.close();
      stream.current = system.streamTaskProgress(task.id, {
        onProgress: ({ percent, message }) =>
          setState((before) => ({ ...before, percent: Math.floor(percent ?? 0), message: message ?? '' })),
        onSuccess: () => {
          end({ type: 'success', key: 'done' });
          // What shows the network reads it again.
          app.fire('featureCollection-modified', { featureType: 'oh_route', changeType: 'insert' });
        },
        onFailure: fail,
      });
    } catch (error) {
      fail(error);
    }
  };

  const stop = async () => {
    setState((before) => ({ ...before, stopping: true }));
    try {
      await system.cancelTask(id.current);
    } catch (error) {
      setState((before) => ({ ...before, stopping: false, message: error.message }));
    }
  };

  return { ...state, start, stop };
}
