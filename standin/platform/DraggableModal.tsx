import { Button, type ButtonProps, ConfigProvider } from 'antd';
import { type ReactNode, useContext, useEffect } from 'react';
import type { DraggableModalProps } from '../../src/host/contract.ts';
import { DraggableModal as HostModal } from '../../src/host/DraggableModal.tsx';
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

/** The host's modal; tells its root when it is open. As antd's, it has two buttons where no `footer` is given. */
export function DraggableModal(props: Props) {
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
    <HostModal
      open={isOpen}
      title={title}
      footer={footer}
      {...(width === undefined ? {} : { width })}
      {...(onCancel ? { onCancel } : {})}
      {...(wrapClassName === undefined ? {} : { wrapClassName })}
    >
      {children}
    </HostModal>
  );
}

/** In antd's words for them. */
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
