import { fetched } from '../parts/fetched.tsx';

// The parts of the monitor that are not seen at once are fetched when they are first shown.

export const Announcer = fetched(async () => (await import('./Announcer.tsx')).Announcer);
export const BulkRow = fetched(async () => (await import('./BulkRow.tsx')).BulkRow);
export const ConfirmAction = fetched(async () => (await import('./ConfirmAction.tsx')).ConfirmAction);
export const EmptyState = fetched(async () => (await import('./EmptyState.tsx')).EmptyState);
export const FilterForm = fetched(async () => (await import('./FilterForm.tsx')).FilterForm);
export const MapLink = fetched(async () => (await import('./MapLink.tsx')).MapLink);
export const LookAgain = fetched(async () => (await import('./OutOfSight.tsx')).LookAgain);
export const NodeRow = fetched(async () => (await import('./workflow/NodeRow.tsx')).NodeRow);
export const OutOfSight = fetched(async () => (await import('./OutOfSight.tsx')).OutOfSight);
export const RowButtons = fetched(async () => (await import('./RowButtons.tsx')).RowButtons);
export const SelectionBar = fetched(async () => (await import('./SelectionBar.tsx')).SelectionBar);
export const TableHead = fetched(async () => (await import('./TaskTable.tsx')).TableHead);
export const TableRow = fetched(async () => (await import('./TaskTable.tsx')).TableRow);
export const TaskSheet = fetched(async () => (await import('./TaskSheet.tsx')).TaskSheet);
