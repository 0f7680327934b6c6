import type { HostApplication } from '../host/contract.ts';
import { localesWith, withTitle } from '../locales/customerConnection/connectionLocales.ts';
import { createLrtModal } from '../modal/createLrtModal.tsx';
import { MESSAGE_GROUP } from '../modal/messageGroup.ts';
import { createTaskPlugin, type TaskPluginInstance } from './createTaskPlugin.ts';
import type { HostBinding } from './hostBinding.ts';
import { icon } from './icon.ts';
import { type LrtPluginOptions, parseOptions } from './options.ts';

export interface LrtPluginInstance extends TaskPluginInstance {}

export type LrtPluginClass<Owner extends object = HostApplication> = new (
  owner: Owner,
  options?: LrtPluginOptions,
) => LrtPluginInstance;

/**
 * The plugin for a host, which connects customers. `src/index.ts` binds it to the standalone host.
 *
 * @example
 * export const LrtPlugin = createLrtPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal });
 */
export function createLrtPlugin<Owner extends object = HostApplication>(
  host: HostBinding<Owner>,
): LrtPluginClass<Owner> {
  return createTaskPlugin(host, {
    messageGroup: MESSAGE_GROUP,
    buttonId: 'lrt-button',
    icon,
    parse: (given) => parseOptions(given),
    locales: localesWith,
    withTitle,
    Modal: createLrtModal(host),
    modalProps: (shared, { count, listPoles }) => ({ ...shared, defaultCount: count, listPoles }),
  });
}
