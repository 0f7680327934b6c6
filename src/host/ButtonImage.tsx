import { useState } from 'react';
import type { ButtonStatus } from './contract.ts';
import { StatusRing } from './StatusRing.tsx';

export interface ButtonImageProps {
  source: string | undefined;
  /** Its first letter stands in for an image that is missing. */
  title: string;
  /** Width and height in CSS pixels. */
  size: number;
  status: ButtonStatus | undefined;
}

/**
 * Draws the image of a plugin's button for toolbar and palette, with the status of the plugin's task around it. It is
 * hidden from screen readers, since the button's accessible name says the same.
 */
export function ButtonImage({ source, title, size, status }: ButtonImageProps) {
  const [missing, setMissing] = useState<string>();
  return (
    <span style={{ display: 'inline-block', position: 'relative', verticalAlign: 'middle' }}>
      {source && source !== missing ? (
        <img
          src={source}
          alt=""
          width={size}
          height={size}
          style={{ display: 'block' }}
          onError={() => setMissing(source)}
        />
      ) : (
        <span aria-hidden="true" style={{ display: 'inline-block', width: size, textAlign: 'center' }}>
          {[...title][0]}
        </span>
      )}
      {status ? <StatusRing status={status} imageSize={size} /> : null}
    </span>
  );
}
