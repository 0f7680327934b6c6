import { useState } from 'react';

/**
 * The image of a plugin's button or, without one that can be loaded, the first letter of its title. The title itself
 * is said elsewhere.
 */
export function ButtonImage({
  source,
  title,
  size,
}: {
  source: string | undefined;
  title: string;
  size: number;
}) {
  const [missing, setMissing] = useState<string>();
  if (source && source !== missing) {
    return (
      <img
        src={source}
        alt=""
        width={size}
        height={size}
        style={{ display: 'block' }}
        onError={() => setMissing(source)}
      />
    );
  }
  return (
    <span aria-hidden="true" style={{ display: 'inline-block', width: size, textAlign: 'center' }}>
      {[...title][0]}
    </span>
  );
}
