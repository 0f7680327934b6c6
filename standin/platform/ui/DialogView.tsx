import { Button } from 'antd';
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { DialogFrame } from '../../../src/host/DraggableModal.tsx';
import { useLocalisation } from '../../../src/host/useLocale.ts';
import { buttonWidgets } from '../widgets.ts';
import { useWrapping } from './FormControl.tsx';

/** A button of a dialog as it is shown now. */
export interface DialogButton {
  key: string;
  text: string;
  className: string;
  isDisabled: boolean;
  press(): void;
  setDisabled(disabled: boolean): void;
  setText(text: string): void;
}

/** `DialogView` asks this of a dialog. */
export interface DialogModel {
  readonly el: HTMLElement;
  subscribe(listener: () => void): () => void;
  /** Another number after each change. */
  readonly version: number;
  isOpen(): boolean;
  close(): void;
  /** In the user's language. */
  view(): { title: string; width?: number; modal: boolean; className: string; buttons: DialogButton[] };
}

/** Draws a dialog of the platform's older style: the frame and the buttons on antd, and the plugin's element inside. */
export function DialogView({ dialog }: { dialog: DialogModel }) {
  useSyncExternalStore(
    (listener) => dialog.subscribe(listener),
    () => dialog.version,
  );
  // The texts follow the language.
  useLocalisation();
  const { title, width, modal, className, buttons } = dialog.view();
  return (
    <DialogFrame
      open={dialog.isOpen()}
      modal={modal}
      title={title}
      wrapClassName={`ui-dialog ${className}`.trim()}
      onCancel={() => dialog.close()}
      {...(width === undefined ? {} : { width })}
      footer={
        buttons.length > 0 ? (
          <div
            className="ui-dialog-buttonset"
            style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 8 }}
          >
            {buttons.map((button) => (
              <ButtonView key={button.key} button={button} />
            ))}
          </div>
        ) : null
      }
    >
      <Place el={dialog.el} />
    </DialogFrame>
  );
}

function ButtonView({ button }: { button: DialogButton }) {
  const place = useRef<HTMLButtonElement>(null);
  // Plugins find the button in the page and change it there.
  useLayoutEffect(() => {
    if (place.current) buttonWidgets.set(place.current, button);
  }, [button]);
  // A button that is pressed and then disabled would lose the focus to the page, and Escape with it.
  useLayoutEffect(() => {
    const { current } = place;
    if (button.isDisabled && current && document.activeElement === current) {
      current.closest<HTMLElement>('[role="dialog"]')?.focus({ preventScroll: true });
    }
  }, [button.isDisabled]);
  return (
    <Button
      ref={place}
      className={button.className}
      type={/\bprimary-btn\b/.test(button.className) ? 'primary' : 'default'}
      disabled={button.isDisabled}
      style={useWrapping()}
      onClick={() => button.press()}
    >
      {button.text}
    </Button>
  );
}

/** The plugin's own element, which stays the same while the dialog closes and opens again. */
function Place({ el }: { el: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(el);
    return () => el.remove();
  }, [el]);
  return <div ref={place} />;
}
