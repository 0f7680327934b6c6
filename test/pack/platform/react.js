export const renderReactNode = () => undefined;
export const useLocale = () => ({ msg: (key) => key });
export const DraggableModal = () => null;
