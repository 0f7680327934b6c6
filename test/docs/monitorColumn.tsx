import type { HostApplication } from 'lrt-plugin/host';
import { filterFromSearch, filterToSearch, type MonitorFilter, TaskMonitor } from 'lrt-plugin/monitor';
import { useState } from 'react';

interface TasksProps {
  app: HostApplication;
  onOpenRun(taskId: string): void;
}

const search = () => new URLSearchParams(location.search);

/** The monitor as a column beside the map or as a page. The address keeps whether it is open, and its filter. */
export function Tasks({ app, onOpenRun }: TasksProps) {
  const [filter, setFilter] = useState(() => filterFromSearch(search()));
  const [variant, setVariant] = useState<'panel' | 'page'>('panel');
  function show(next: MonitorFilter | undefined) {
    setFilter(next);
    history.replaceState(history.state, '', `?${filterToSearch(next, search())}${location.hash}`);
  }
  if (!filter) {
    return (
      <button type="button" onClick={() => show({})}>
        Tasks
      </button>
    );
  }
  return (
    <div style={variant === 'panel' ? { width: 408, height: '100%' } : { position: 'fixed', inset: 0 }}>
      <TaskMonitor
        app={app}
        filter={filter}
        onFilter={show}
        variant={variant}
        onVariant={setVariant}
        onClose={() => show(undefined)}
        onOpenRun={onOpenRun}
        packs={{ en: { task_label_poles: 'Label poles' } }}
      />
    </div>
  );
}
