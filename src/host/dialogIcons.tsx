// The icons in the title bars of the host's windows.

/** Six dots: the window can be dragged here. */
export function GripIcon() {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" fill="currentColor" aria-hidden="true">
      {[4, 8, 12].map((y) => (
        <path key={y} d={`M5 ${y - 1}h2v2H5zM9 ${y - 1}h2v2H9z`} />
      ))}
    </svg>
  );
}

export function CloseIcon() {
  return <Outline path="M3.500 3.500l9 9M12.500 3.500l-9 9" />;
}

/** An arrow in the direction in which the window goes. */
export function FoldIcon({ up }: { up: boolean }) {
  return <Outline path={up ? 'M4 10l4-4 4 4' : 'M4 6l4 4 4-4'} />;
}

function Outline({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" stroke="currentColor" fill="none" aria-hidden="true">
      <path d={path} strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
