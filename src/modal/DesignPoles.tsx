import { useEffect, useState } from 'react';
import type { MessageKey } from '../locales/customerConnection/en.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { Select } from '../parts/Select.tsx';

export interface PoleChoice {
  id: number;
  title: string;
}

/** The poles of a design ('design/NAME'), for an application that can list them. */
export type ListPoles = (design: string) => Promise<readonly PoleChoice[]>;

export type DesignPoles =
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'ready'; poles: readonly PoleChoice[] };

/** The poles of the selected design; undefined where none is selected or the application cannot list them. */
export function useDesignPoles(
  design: string | undefined,
  listPoles: ListPoles | undefined,
): DesignPoles | undefined {
  const [answer, setAnswer] = useState<{ design: string; poles: DesignPoles }>();
  useEffect(() => {
    if (design === undefined || !listPoles) return;
    let current = true;
    const settle = (poles: DesignPoles) => {
      if (current) setAnswer({ design, poles });
    };
    new Promise<readonly PoleChoice[]>((resolve) => resolve(listPoles(design))).then(
      (poles) => settle({ state: 'ready', poles }),
      () => settle({ state: 'failed' }),
    );
    return () => {
      current = false;
      setAnswer(undefined);
    };
  }, [design, listPoles]);
  if (design === undefined || !listPoles) return undefined;
  return answer?.design === design ? answer.poles : { state: 'loading' };
}

/** Why no pole can be chosen yet. */
export function reasonForPoles(poles: DesignPoles | undefined): MessageKey {
  if (!poles) return 'reason_pick_pole';
  if (poles.state === 'loading') return 'poles_loading';
  if (poles.state === 'failed') return 'reason_poles_failed';
  return poles.poles.length === 0 ? 'reason_no_poles' : 'reason_pick_pole';
}

export interface PolePickerProps {
  poles: readonly PoleChoice[];
  value: number | undefined;
  onChange(poleId: number | undefined): void;
}

export function PolePicker({ poles, value, onChange }: PolePickerProps) {
  const { msg } = useTranslator();
  return (
    <Select
      label={msg('label_pole')}
      value={value === undefined ? '' : String(value)}
      options={[
        { value: '', text: msg('choose_pole') },
        ...poles.map(({ id, title }) => ({ value: String(id), text: title })),
      ]}
      onChange={(poleId) => onChange(poleId === '' ? undefined : Number(poleId))}
    />
  );
}
