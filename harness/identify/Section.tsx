import { type ReactNode, useId } from 'react';

/** A part of the panel under its heading. */
export function Section({ title, count, children }: { title: string; count?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {title}
        {count !== undefined && <span className="facts-quiet"> {count}</span>}
      </h3>
      {children}
    </section>
  );
}
