// Plugins take the platform's Button, Input, Radio, Select, Table, ... for antd's.
export * from 'antd';
export { PlatformModal as DraggableModal } from './PlatformModal.tsx';
export { renderFramed as renderReactNode } from './renderFramed.ts';
export { usePlatformLocale as useLocale } from './usePlatformLocale.ts';
