import {
  Component,
  type ComponentType,
  createContext,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useNearestApplication } from '../../src/host/ApplicationContext.ts';
import { reportProblem } from '../../src/host/reportProblem.ts';
import { useLocalisation } from '../../src/host/useLocale.ts';
import { ListenerScope } from './ListenerScope.ts';
import { LanguageContext } from './usePlatformLocale.ts';

/** The modals of a root: the number of those that are open, and whether one ever was. */
export interface Shown {
  open: number;
  everOpen: boolean;
}

export const ShownModals = createContext<Shown | null>(null);

export interface RootFrameProps<Props extends object> {
  component: ComponentType<Props>;
  props: Props;
  /** Another number for each call of `renderReactNode`. */
  call: number;
}

/**
 * The frame around everything that a plugin renders. An error in it stays in it. The listeners that its effects put on
 * the application go with it. A modal that keeps its being open to itself comes back when it is asked for again.
 */
export function RootFrame<Props extends object>({ component: Content, props, call }: RootFrameProps<Props>) {
  const app = useNearestApplication();
  const { setting } = useLocalisation();
  const [life, setLife] = useState(0);
  const [shown] = useState<Shown>(() => ({ open: 0, everOpen: false }));
  const [scope] = useState(() => new ListenerScope());
  const lastCall = useRef(call);

  // Runs after the content's effects: by then a modal that follows its props is open again.
  useEffect(() => {
    if (lastCall.current === call) return;
    lastCall.current = call;
    const wanted = props && 'open' in props && props.open === true;
    if (wanted && shown.everOpen && shown.open === 0) setLife((before) => before + 1);
  }, [call, props, shown]);

  return (
    <ShownModals.Provider value={shown}>
      <Begin key={`begin-${life}`} scope={scope} />
      <Boundary
        key={life}
        retry={call}
        report={(problem) => (app ? app.report(problem) : reportProblem(problem))}
      >
        <LanguageContext.Provider value={setting}>
          <Content {...props} />
        </LanguageContext.Provider>
      </Boundary>
      <End key={`end-${life}`} scope={scope} />
    </ShownModals.Provider>
  );
}

// The effects of siblings run in their order: what lies between these two is the content's.
function Begin({ scope }: { scope: ListenerScope }) {
  useEffect(() => {
    scope.begin();
    return () => scope.release();
  }, [scope]);
  return null;
}

function End({ scope }: { scope: ListenerScope }) {
  useEffect(() => scope.end(), [scope]);
  return null;
}

interface BoundaryProps {
  /** Another value tries again. */
  retry: number;
  report: (problem: unknown) => void;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { failedAt: number | undefined }> {
  override state: { failedAt: number | undefined } = { failedAt: undefined };
  override componentDidCatch(problem: unknown) {
    this.setState({ failedAt: this.props.retry });
    this.props.report(problem);
  }
  static getDerivedStateFromError() {
    return { failedAt: Number.NaN };
  }
  override render() {
    const { failedAt } = this.state;
    const failed = failedAt !== undefined && (Number.isNaN(failedAt) || failedAt === this.props.retry);
    return failed ? null : this.props.children;
  }
}
