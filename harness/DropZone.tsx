import { type ReactNode, useState } from 'react';

interface DropZoneProps {
  label: string;
  /** Undefined: none are taken. */
  onFiles: ((files: File[]) => void) | undefined;
  children: ReactNode;
}

/** Takes files that are dropped on what it holds. The same can be done with the "Open files" button. */
export function DropZone({ label, onFiles, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  if (!onFiles) return <div className="drop-zone">{children}</div>;
  return (
    <section
      className="drop-zone"
      aria-label={label}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <div className="drop-hint">{label}</div>}
    </section>
  );
}
