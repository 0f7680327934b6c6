import { useContext, useEffect } from 'react';
import { DraggableModal as HostModal } from '../DraggableModal.tsx';
import type { DraggableModalProps } from '../types.ts';
import { ShownModals } from './RootFrame.tsx';

type Props = DraggableModalProps & {
  /** Another name for `open`. */
  visible?: boolean;
};

/** The host's modal; tells its root when it is open. */
export function DraggableModal({ open, visible, footer, ...props }: Props) {
  const shown = useContext(ShownModals);
  const isOpen = Boolean(open ?? visible);
  useEffect(() => {
    if (!isOpen || !shown) return;
    shown.open += 1;
    shown.everOpen = true;
    return () => {
      shown.open -= 1;
    };
  }, [isOpen, shown]);
  return <HostModal {...props} open={isOpen} footer={footer} />;
}
