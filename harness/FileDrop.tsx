import { useEffect, useState } from 'react';
import { filesOfDrop } from './filesOfDrop.ts';

interface FileDropProps {
  /** The page shows this text while a user drags files over it. */
  label: string;
  /** Takes the dropped files. Undefined: the page refuses files. */
  onFiles: ((files: File[]) => void) | undefined;
}

/**
 * Takes the files and folders that a user drops anywhere on the page. Without it, the browser would open a file that misses the map
 * and so leave the page, with all tasks in it. Components that take drops themselves keep them: they call
 * `preventDefault()`. The "Open files" button does the same without a mouse.
 */
export function FileDrop({ label, onFiles }: FileDropProps) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!isForThePage(event)) return setOver(false);
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = onFiles ? 'copy' : 'none';
      setOver(onFiles !== undefined);
    };
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      // The pointer left the window: inside it, there is always an element that the pointer goes to.
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!isForThePage(event)) return;
      event.preventDefault();
      if (!onFiles || !event.dataTransfer) return;
      // A folder that cannot be listed opens the dialog without files, which says so.
      void filesOfDrop(event.dataTransfer).then(onFiles, () => onFiles([]));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [onFiles]);
  return over ? <div className="drop-hint">{label}</div> : null;
}

/** Text that a user drags into a field is not for the page, nor is what a component has taken already. */
function isForThePage({ dataTransfer, defaultPrevented, target }: DragEvent): boolean {
  const takesFiles = target instanceof HTMLInputElement && target.type === 'file';
  return !defaultPrevented && !takesFiles && dataTransfer?.types.includes('Files') === true;
}
