import { Button } from 'antd';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslator } from './MessagesContext.ts';
import { Notice } from './Notice.tsx';

/** A component whose code is fetched when it is first shown. */
export interface Fetched<Props extends object> {
  (props: Props): React.JSX.Element | null;
  /** Fetches the code now, so that the component is there at once when it is shown. */
  preload(): void;
}

/**
 * Makes a component that is fetched when it is first shown, or before by `preload`. Nothing is shown meanwhile. Where the
 * code cannot be fetched, as without a network, the next time that it is to be shown tries again.
 *
 * @param Failed stands in the place of a component that cannot be fetched, and tries again by `onAgain`; default: nothing
 * @example
 * export const FilterForm = fetched(async () => (await import('./FilterForm.tsx')).FilterForm);
 */
export function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Failed?: ComponentType<{ onAgain(): void }>,
): Fetched<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const fetch = (): Promise<void> => {
    loading ??= load().then(
      (component) => {
        Loaded = component;
      },
      (thrown) => {
        loading = undefined;
        throw thrown;
      },
    );
    return loading;
  };
  function Fetching(props: Props) {
    const [{ failed, tries }, setState] = useState({ failed: false, tries: 0 });
    // biome-ignore lint/correctness/useExhaustiveDependencies: another try loads again.
    useEffect(() => {
      if (Loaded) return;
      let current = true;
      const show = (isFailed: boolean) => {
        if (current) setState((before) => ({ ...before, failed: isFailed }));
      };
      fetch().then(
        () => show(false),
        () => show(true),
      );
      return () => {
        current = false;
      };
    }, [tries]);
    if (Loaded) return <Loaded {...props} />;
    return failed && Failed ? <Failed onAgain={() => setState({ failed: false, tries: tries + 1 })} /> : null;
  }
  return Object.assign(Fetching, { preload: () => void fetch().catch(() => undefined) });
}

/** Says that a page could not be fetched, and offers to try again: a page without content would explain nothing. */
export function NotFetched({ onAgain }: { onAgain(): void }) {
  const { find, msg } = useTranslator();
  return (
    <Notice kind="error" urgent title={find('error_network') ?? msg('connection_closed')}>
      <Button size="small" onClick={onAgain}>
        {msg('retry')}
      </Button>
    </Notice>
  );
}
