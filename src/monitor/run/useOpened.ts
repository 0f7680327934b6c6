/** Keeps what reads from the server open as long as a component is shown. */
import { useEffect } from 'react';

/** Opens it, and closes it when the component goes. In StrictMode it is opened, closed and opened again. */
export function useOpened(source: { open(): () => void }): void {
  useEffect(() => source.open(), [source]);
}
