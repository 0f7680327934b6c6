import { Button, type ButtonProps, ConfigProvider } from 'antd';
import { type ReactNode, useContext, useEffect } from 'react';
import type { DraggableModalProps } from '../../src/host/contract.ts';
import { DraggableModal } from '../../src/host/DraggableModal.tsx';
import { ShownModals } from './RootFrame.tsx';

interface FooterProps {
  onOk?: () => void;
  onCancel?: () => void;
  okText?: ReactNode;
  cancelText?: ReactNode;
  okType?: ButtonProps['type'];
  okButtonProps?: ButtonProps;
  cancelButtonProps?: ButtonProps;
  confirmLoading?: boolean;
}

type Props = DraggableModalProps &
  FooterProps & {
    /** Another name for `open`. */
    visible?: boolean;
  };

/**
 * The platform's `DraggableModal`: the host's one, with the two buttons of antd's where no `footer` is given. It counts
 * itself among the open modals of its root.
 */
export function PlatformModal(props: Props) {
  const { open, visible, title, width, onCancel, wrapClassName, children } = props;
  const footer = props.footer === undefined ? <TwoButtons {...props} /> : props.footer;
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
  return (
    <DraggableModal
      open={isOpen}
      title={title}
      footer={footer}
      {...(width === undefined ? {} : { width })}
      {...(onCancel ? { onCancel } : {})}
      {...(wrapClassName === undefined ? {} : { wrapClassName })}
    >
      {children}
    </DraggableModal>
  );
}

/** The labels are antd's, in the user's language. */
function TwoButtons({
  okText,
  cancelText,
  okType = 'primary',
  confirmLoading = false,
  ...props
}: FooterProps) {
  const words = useContext(ConfigProvider.ConfigContext).locale?.Modal;
  return (
    <>
      <Button {...props.cancelButtonProps} onClick={props.onCancel}>
        {cancelText ?? words?.cancelText ?? 'Cancel'}
      </Button>
      <Button {...props.okButtonProps} type={okType} loading={confirmLoading} onClick={props.onOk}>
        {okText ?? words?.okText ?? 'OK'}
      </Button>
    </>
  );
}
