import type { HostBinding } from '../plugin/hostBinding.ts';
import { MESSAGE_GROUP } from './messageGroup.ts';
import { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';

export interface MonitorDialogProps
  extends TaskMonitorProps,
    Pick<HostBinding, 'DraggableModal' | 'useLocale'> {
  isOpen: boolean;
  title: string;
}

/** The monitor in the dialog of a host that has no column for it. */
export function MonitorDialog({ isOpen, title, DraggableModal, useLocale, ...monitor }: MonitorDialogProps) {
  const host = useLocale(MESSAGE_GROUP);
  return (
    <DraggableModal
      open={isOpen}
      title={title}
      width={440}
      footer={null}
      onCancel={() => monitor.onClose?.()}
    >
      {isOpen ? (
        <div style={{ height: 'min(560px, 70vh)' }}>
          <TaskMonitor {...monitor} host={host} />
        </div>
      ) : null}
    </DraggableModal>
  );
}
