import { onDemand } from '../parts/onDemand.tsx';

// The parts of the monitor that are not seen at once are fetched when they are first shown.

export const FilterForm = onDemand(async () => (await import('./FilterForm.tsx')).FilterForm);
export const ConfirmAction = onDemand(async () => (await import('./ConfirmAction.tsx')).ConfirmAction);
export const SelectionBar = onDemand(async () => (await import('./SelectionBar.tsx')).SelectionBar);
export const TableHead = onDemand(async () => (await import('./TaskTable.tsx')).TableHead);
export const TasksLayer = onDemand(async () => (await import('./TasksLayer.tsx')).TasksLayer);
export const TableRow = onDemand(async () => (await import('./TaskTable.tsx')).TableRow);
