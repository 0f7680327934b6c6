import { type ComponentType, lazy, Suspense } from 'react';

/**
 * A component that few users see, fetched when it is first shown. Nothing is shown meanwhile, and nothing where it
 * cannot be fetched: the phase around it works without.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => React.JSX.Element {
  const Loaded = lazy<ComponentType<Props>>(() =>
    load().then(
      (component) => ({ default: component }),
      () => ({ default: () => null }),
    ),
  );
  return (props) => (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
