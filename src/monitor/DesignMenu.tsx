import { Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslator } from '../parts/MessagesContext.ts';
import { designOf } from '../parts/taskWords.ts';
import { Chip } from './Chip.tsx';
import { Icon } from './icons.tsx';
import type { MonitorTasks } from './MonitorTasks.ts';

export interface DesignMenuProps {
  store: MonitorTasks;
  /** The design that the list is filtered by. */
  design: string | undefined;
  onDesign(design: string | undefined): void;
}

/** A longer menu is no help to anyone: the form of all filters can be searched. */
const MOST = 100;
/** No design has an empty name. */
const ANY = '';

/** The chip "Design" with its menu: the designs of the tasks that the list has read, and any. */
export function DesignMenu({ store, design, onDesign }: DesignMenuProps) {
  const { msg, language } = useTranslator();
  const [designs, setDesigns] = useState<readonly string[]>([]);
  const read = () => {
    const found = new Set<string>();
    for (const task of store.tasks.values()) found.add(designOf(task) ?? ANY);
    // A design of an address may be that of no task here.
    if (design !== undefined) found.add(design);
    found.delete(ANY);
    setDesigns([...found].sort((one, other) => one.localeCompare(other, language)).slice(0, MOST));
  };
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      onOpenChange={(isOpen) => {
        if (isOpen) read();
      }}
      menu={{
        selectable: true,
        selectedKeys: [design ?? ANY],
        style: { maxHeight: 320, overflow: 'auto' },
        items: [
          { key: ANY, label: msg('any') },
          ...designs.map((name) => ({ key: name, label: <bdi>{name}</bdi> })),
        ],
        onClick: ({ key }) => onDesign(key === ANY ? undefined : key),
      }}
    >
      <Chip isOn={design !== undefined} aria-haspopup="menu">
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {msg('design')}: {design === undefined ? msg('any') : <bdi>{design}</bdi>}
        </span>
        <Icon name="open" />
      </Chip>
    </Dropdown>
  );
}
