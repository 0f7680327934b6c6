import { control } from './control/control.ts';
import { features } from './features/features.ts';
import { handover } from './handover/handover.ts';
import { lrt } from './lrt/lrt.ts';
import type { Protocol } from './Protocol.ts';
import { reflex } from './reflex/reflex.ts';
import { schedules } from './schedules/schedules.ts';
import { workflows } from './workflows/workflows.ts';

/** Every protocol that the backend serves. A new one is a folder here and a line in this list. */
export const PROTOCOLS: readonly Protocol[] = [
  lrt,
  features,
  handover,
  schedules,
  reflex,
  control,
  workflows,
];
