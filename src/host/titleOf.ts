import type { HostPlugin } from './Plugin.ts';
import type { HostButton } from './PluginButton.ts';

/** What a button is called: its title's message or, lacking both, its id. */
export function titleOf(plugin: HostPlugin, button: HostButton): string {
  const key = button.titleMsg ?? '';
  return (key && (plugin.msg?.(key) ?? key)) || button.id || '?';
}
