import type {
  ButtonStatusSource,
  HostApplication,
  PluginOptions,
  RenderReactNode,
} from '../host/contract.ts';
import type { ModalHost } from '../modal/createLrtModal.tsx';

/** The members of a host's Plugin; older hosts have no `remove`. */
export interface PluginInstance {
  readonly app: HostApplication;
  remove?(): void;
}

export interface ButtonInstance {
  action(): unknown;
  /** Called once by a toolbar that is about to show the button. */
  initUI?(): unknown;
}

/**
 * The modules of a host, as far as the plugin needs them: `lrt-plugin/host` has them by these names, and so has
 * `myWorld-client` with `myWorld-client/react`.
 */
export interface HostBinding<Owner extends object = HostApplication> extends ModalHost {
  Plugin: new (owner: Owner, options?: PluginOptions) => PluginInstance;
  PluginButton: new (owner: never) => ButtonInstance;
  renderReactNode: RenderReactNode;
  /**
   * Returns the object that the plugin uses as its application, the same each time; default: `plugin.app` as it is.
   */
  application?(plugin: PluginInstance): HostApplication;
  /** Draws the status on a button of a host that does not show `plugin.buttonStatus` by itself. */
  showStatus?(button: ButtonInstance, title: () => string, status: ButtonStatusSource): void;
}
