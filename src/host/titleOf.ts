import type { HostPlugin } from './Plugin.ts';
import type { HostButton } from './PluginButton.ts';

/** The title of a button: its message or, lacking that, its id. */
export function titleOf(plugin: HostPlugin, button: HostButton): string {
  const key = button.titleMsg ?? '';
  return (key && (plugin.msg?.(key) ?? key)) || button.id || '?';
}
