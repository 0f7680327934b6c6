// Plugins take the platform's Button, Input, Radio, Select, Table, ... for antd's.
export * from 'antd';
export { DraggableModal } from './DraggableModal.tsx';
export { renderReactNode } from './renderReactNode.ts';
export { useLocale } from './useLocale.ts';
