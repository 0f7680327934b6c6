import { Button } from 'antd';
import { TaskPanel, type TaskSession } from 'lrt-plugin/parts';

export interface InspectionProps {
  session: TaskSession;
  map: { fitBounds(bounds: readonly [number, number, number, number]): void };
  onExport(taskId: string): void;
}

/** A panel with a button of its own in every phase, and a map on which the failed items can be found. */
export function Inspection({ session, map, onExport }: InspectionProps) {
  return (
    <TaskPanel
      session={session}
      setup={<Button onClick={() => session.start({ design: 'design/FTTH-North' })}>Inspect</Button>}
      map={map}
      actions={({ id, status }) => (
        <Button disabled={status !== 'succeeded'} onClick={() => onExport(id)}>
          Export the list
        </Button>
      )}
    />
  );
}
