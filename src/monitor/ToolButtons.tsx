import { Button, theme } from 'antd';
import { useTranslator } from '../parts/MessagesContext.ts';
import { Icon } from './icons.tsx';
import { type MonitorFilter, narrows } from './monitorFilter.ts';

/** The tools that the user has opened. */
export interface OpenedTools {
  /** The form of all filters is shown. */
  hasFilters: boolean;
  /** In a narrow monitor, the field of the search is shown. */
  isSearching: boolean;
}

export interface ToolButtonProps {
  kind: 'filters' | 'search';
  filter: MonitorFilter;
  opened: OpenedTools;
  onOpened(opened: OpenedTools): void;
  size?: 'small' | 'middle';
}

/** Opens and closes the search or all filters. It has the primary colour while something is filtered that it hides. */
export function ToolButton({ kind, filter, opened, onOpened, size }: ToolButtonProps) {
  const { token } = theme.useToken();
  const { msg } = useTranslator();
  const isSearch = kind === 'search';
  const isOpen = isSearch ? opened.isSearching : opened.hasFilters;
  const chips = { mine: undefined, inView: undefined, bbox: undefined, design: undefined };
  const isOn = isSearch
    ? Boolean(filter.q)
    : narrows({ ...filter, q: undefined, ...(size === 'small' && chips) });
  const label = msg(isSearch ? 'search' : size === 'small' ? 'all_filters' : 'filters');
  return (
    <Button
      type="text"
      size={size}
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      icon={<Icon name={isSearch ? 'search' : 'filter'} />}
      style={isOn || isOpen ? { color: token.colorPrimary } : {}}
      onClick={() =>
        onOpened(isSearch ? { ...opened, isSearching: !isOpen } : { ...opened, hasFilters: !isOpen })
      }
    />
  );
}
