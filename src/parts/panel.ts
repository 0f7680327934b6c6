import { createContext, type ReactNode, useContext } from 'react';
import type { TaskProgress } from '../contract/index.ts';
import type { TaskOverlay } from '../host/contract.ts';
import type { Fact } from './Facts.tsx';

/** The parts of a panel share these settings, so that its lines are the same in all phases. */
export interface PanelSettings {
  /** The facts of a task become one line, and the buttons share the width: for a sheet on a small screen. */
  compact: boolean;
  /** The content is often longer than the window: the buttons stay in view at its lower edge. */
  long?: boolean | undefined;
  /** Describes the current work in the user's language: see `TaskProgressView`. */
  detail?: (progress: TaskProgress) => ReactNode;
  facts?: readonly Fact[] | undefined;
  /** Draws what the task builds. Where it takes hues, the task's colour is shown beside its state. */
  overlay?: Pick<TaskOverlay, 'hue'> | undefined;
}

export const PanelContext = createContext<PanelSettings>({ compact: false });

export const usePanel = (): PanelSettings => useContext(PanelContext);
