import { HostProvider, Toolbar } from 'lrt-plugin/host';
import { useEffect, useState } from 'react';
import { SelectedFeature } from './SelectedFeature.jsx';

/** The page around an example's map: the plugin's button, what is selected, and why the town could not be loaded. */
export function Page({ app, load, children }) {
  const [problem, setProblem] = useState('');
  useEffect(() => {
    load().catch((error) => setProblem(error.message));
  }, [load]);
  return (
    <HostProvider app={app}>
      <div className="application">
        <header>
          <h1>Town network</h1>
          <Toolbar />
          <SelectedFeature />
          {problem && <p role="alert">{problem}</p>}
        </header>
        <main>{children}</main>
      </div>
    </HostProvider>
  );
}
