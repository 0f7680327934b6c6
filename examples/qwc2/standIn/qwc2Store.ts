import { type ComponentType, createElement, useMemo, useRef, useSyncExternalStore } from 'react';

/** A map feature as QWC2's layers hold them: coordinates in `crs`, or in the map's. */
export interface StandInFeature {
  type: 'Feature';
  id: string;
  geometry: { type: 'Point'; coordinates: number[] } | { type: 'LineString'; coordinates: number[][] };
  properties: Record<string, unknown>;
  crs?: string;
  styleName?: string;
  styleOptions?: Readonly<Record<string, unknown>>;
}

export type StandInPole = StandInFeature & { geometry: { type: 'Point' } };

export interface StandInLayer {
  id: string;
  role: number;
  features: StandInFeature[];
  rev?: number;
  styleOptions?: Readonly<Record<string, unknown>>;
}

/** The slices of QWC2's state that the plugin reads, with QWC2's names. */
export interface StandInState {
  task: { id: string | null; mode: string | null; data: unknown; blocked: boolean; unsetOnMapClick: boolean };
  locale: { current: string; messages: Record<string, string> };
  localConfig: { colorScheme: string; customPlugins: string[] };
  map: {
    projection: string;
    bbox: { bounds: number[]; rotation: number };
    click: unknown;
  };
  layers: { flat: StandInLayer[] };
}

/** A store with as much of Redux as QWC2's `connect` needs. */
export class Qwc2Store {
  #state: StandInState;
  readonly #listeners = new Set<() => void>();

  constructor(state: StandInState) {
    this.#state = state;
  }

  getState = (): StandInState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replaces slices of the state. */
  update(change: (state: StandInState) => Partial<StandInState>): void {
    this.#state = { ...this.#state, ...change(this.#state) };
    for (const listener of [...this.#listeners]) listener();
  }

  /** react-redux's `connect`, of one argument: renders again when a member of what it selects is another. */
  connect =
    <StateProps extends object>(mapState: (state: unknown) => StateProps) =>
    <Props extends object>(component: ComponentType<Props & StateProps>): ComponentType<Props> => {
      const Connected = (props: Props) => {
        const last = useRef<StateProps>(undefined);
        const select = useMemo(
          () => () => {
            const next = mapState(this.#state);
            if (!last.current || !sameMembers(last.current, next)) last.current = next;
            return last.current;
          },
          [],
        );
        return createElement(component, { ...props, ...useSyncExternalStore(this.subscribe, select) });
      };
      return Connected;
    };
}

function sameMembers(one: object, other: object): boolean {
  return Object.keys(other).every((key) => Object.is(Reflect.get(one, key), Reflect.get(other, key)));
}
