import { type ComponentType, useEffect, useMemo, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { HostApplication, RenderRoot } from '../../host/contract.ts';
import { reportProblem } from '../../host/reportProblem.ts';
import { createLrtModal, type LrtModalProps } from '../../modal/createLrtModal.tsx';
import { createTaskSession } from '../../parts/createTaskSession.ts';
import type { TaskControls } from '../../parts/TaskSession.ts';
import { createPlanPlugin, type PlanPluginClass, type PlanPluginOptions } from '../../plan/index.ts';
import { parsePlanOptions } from '../../plan/planOptions.ts';
import { createLrtPlugin, type LrtPluginClass } from '../../plugin/createLrtPlugin.ts';
import type { TaskPluginInstance } from '../../plugin/createTaskPlugin.ts';
import type { HostBinding, PluginInstance } from '../../plugin/hostBinding.ts';
import { type LrtPluginOptions, parseOptions } from '../../plugin/options.ts';
import { Guard, guarded } from './guarded.tsx';
import { HostView } from './HostView.ts';
import { hostModules, type MyWorldModules } from './hostModules.ts';
import { hostSystem } from './hostSystem.ts';
import { MisconfiguredModal } from './MisconfiguredModal.tsx';
import { fieldOf, isObject } from './parseHost.ts';
import { showStatus } from './showStatus.ts';

/** All optional: `<LrtModal open />` is enough. */
export interface MyWorldLrtModalProps extends Partial<Omit<LrtModalProps, 'app'>> {
  /** Default `myw.app`. */
  app?: object;
}

export interface MyWorldEntry {
  LrtPlugin: LrtPluginClass<object>;
  PlanPlugin: PlanPluginClass<object>;
  LrtModal: ComponentType<MyWorldLrtModalProps>;
}

/** The plugins and the modal for a platform, given as the modules that it exports. */
export function bindMyWorld(modules: MyWorldModules): MyWorldEntry {
  const host = hostModules(modules);
  const views = new WeakMap<object, HostView>();
  const { localisation, bounds } = host;
  const baseMsg = fieldOf(host.Plugin.prototype, 'msg');

  /** The view of its application that the plugin works with. Each plugin has one. */
  function viewOf(plugin: PluginInstance): HostView {
    const words =
      typeof baseMsg === 'function' ? (key: string) => Reflect.apply(baseMsg, plugin, [key]) : undefined;
    const view = views.get(plugin) ?? new HostView({ app: () => plugin.app, localisation, bounds, words });
    views.set(plugin, view);
    return view;
  }

  const binding: HostBinding<object> = {
    ...host,
    renderReactNode: guarded(host.renderReactNode),
    application: viewOf,
    showStatus(button, title, status) {
      if (fieldOf(host.PluginButton, 'showsStatus') === true) return;
      contained(() => showStatus(button, title, status));
    },
  };

  /** Keeps the errors of a plugin from the host: an error in it is reported, and wrong options are shown in place of its modal. */
  function contain<Options extends { system?: SystemClient }>(
    Base: new (owner: object, options?: Options) => TaskPluginInstance,
    check: (options: unknown) => CheckedOptions<Options>,
  ) {
    return class extends Base {
      readonly #problem: string | undefined;
      #problemRoot: RenderRoot | undefined;
      #removed = false;

      /** Never throws for its options: in a host, that would keep the application from starting. */
      constructor(owner: object, options?: Options) {
        const { problem, usable } = check(options);
        super(owner, usable);
        this.#problem = problem;
        if (problem !== undefined) reportProblem(new TypeError(problem));
        if (host.missing.length > 0) reportProblem(missingProblem(host.missing));
      }

      override showModal(): void {
        if (this.#problem === undefined) contained(() => super.showModal());
        else this.#showProblem(this.#problem, true);
      }

      override hideModal(): void {
        if (this.#problem === undefined) contained(() => super.hideModal());
        else this.#showProblem(this.#problem, false);
      }

      override remove(): void {
        this.#removed = true;
        contained(() => this.#problemRoot?.unmount());
        contained(() => super.remove());
      }

      #showProblem(problem: string, open: boolean): void {
        if (this.#removed) return;
        contained(() => {
          const app = viewOf(this);
          const render = app.renderReactNode ?? guarded(host.renderReactNode);
          const onClose = () => this.hideModal();
          const props = { host, app, open, onClose, problem };
          this.#problemRoot = render(null, MisconfiguredModal, props, this.#problemRoot);
        });
      }
    };
  }

  return {
    LrtPlugin: contain<LrtPluginOptions>(createLrtPlugin(binding), checkedBy('LrtPlugin', parseOptions)),
    PlanPlugin: contain<PlanPluginOptions>(
      createPlanPlugin(binding),
      checkedBy('PlanPlugin', parsePlanOptions),
    ),
    LrtModal: standaloneModal(host),
  };
}

/** The modal on its own: with what it is not given it does as the plugin does. */
function standaloneModal(host: ReturnType<typeof hostModules>): ComponentType<MyWorldLrtModalProps> {
  const Modal = createLrtModal(host);

  function OwnModal(props: MyWorldLrtModalProps) {
    const { open = true, onClose, app: given, session: givenSession, ...rest } = props;
    const app = useMemo(() => {
      return new HostView({ ...host, app: () => given ?? host.app() });
    }, [given]);
    const own = useOwnSession(app, givenSession === undefined);
    const [closed, setClosed] = useState(false);
    // Rendered again, as by another click on the button: it opens again, although its props say the same.
    // biome-ignore lint/correctness/useExhaustiveDependencies: the props as a whole
    useEffect(() => setClosed(false), [props]);
    const session = givenSession ?? own;
    if (!session) return null;
    return (
      <Modal
        {...rest}
        app={app}
        session={session}
        open={open && (onClose !== undefined || !closed)}
        onClose={onClose ?? (() => setClosed(true))}
      />
    );
  }

  return function LrtModal(props) {
    return (
      <Guard>
        <OwnModal {...props} />
      </Guard>
    );
  };
}

/** A task session as long as the modal is there, open or not. */
function useOwnSession(app: HostApplication, wanted: boolean): TaskControls | undefined {
  const [session, setSession] = useState<TaskControls>();
  useEffect(() => {
    if (!wanted) return;
    const { taskName } = parseOptions();
    const opened = createTaskSession({ app, taskName, pluginId: taskName });
    setSession(opened);
    void opened.restore();
    return () => {
      opened.dispose();
      setSession(undefined);
    };
  }, [app, wanted]);
  return session;
}

interface CheckedOptions<Options> {
  /** It says what is wrong with the options. */
  problem?: string;
  /** The options, or options that start nothing. */
  usable: Options;
}

/** Checks the options of a plugin of this name. */
function checkedBy<Options extends { system?: SystemClient }>(
  name: string,
  parse: (given: Record<string, unknown>) => Options,
) {
  return (options: unknown): CheckedOptions<Options | { system: SystemClient }> => {
    try {
      if (options !== undefined && options !== null && !isObject(options)) {
        throw new TypeError(`${name}: its options must be an object, and are ${String(options)}`);
      }
      const parsed = parse({ ...options });
      // A host's own client, given as an option, is no more reliable than `app.system`.
      const wrapped = parsed.system && hostSystem(parsed.system);
      return { usable: wrapped ? { ...parsed, system: wrapped } : parsed };
    } catch (thrown) {
      const problem = thrown instanceof Error ? thrown.message : String(thrown);
      return { problem, usable: { system: stopped(problem) } };
    }
  };
}

/** In place of the host's system, so that nothing is started, or found again, with wrong options. */
function stopped(problem: string): SystemClient {
  return {
    enqueueTask: () => Promise.reject(new TypeError(problem)),
    streamTaskProgress: () => ({ close() {} }),
  };
}

function missingProblem(names: readonly string[]): Error {
  return new Error(
    `LrtPlugin: myWorld-client and myWorld-client/react do not export ${names.join(', ')}; its modal cannot be shown. Is the platform older than React modals?`,
  );
}

/** Calls our code from a call of the host. An error in it is reported, and never reaches the host. */
function contained(call: () => void): void {
  try {
    call();
  } catch (problem) {
    reportProblem(problem);
  }
}
