import { useEffect, useRef } from 'react';
import type { Position } from '../contract/index.ts';
import type { MapSketches } from '../host/contract.ts';
import { numberFormat } from '../locales/intl.ts';
import { useTranslator } from '../parts/MessagesContext.ts';
import { MAX_RADIUS, MIN_RADIUS } from './addressChoice.ts';

const KEY = 'lrt-within';

export interface RadiusCircleProps {
  sketches: MapSketches;
  centre: Position;
  radiusMetres: number;
  /** The user has dragged the circle. */
  onRadius(metres: number): void;
}

/** Shows on the map from where the task takes addresses, as long as the dialog asks for the radius. */
export function RadiusCircle({ sketches, centre, radiusMetres, onRadius }: RadiusCircleProps) {
  const { msg, language } = useTranslator();
  const change = useRef(onRadius);
  change.current = onRadius;
  useEffect(() => {
    const text = numberFormat(language, { style: 'unit', unit: 'meter' }).format(radiusMetres);
    const handle = {
      label: msg('label_radius'),
      text,
      least: MIN_RADIUS,
      most: MAX_RADIUS,
      onRadius: (metres: number) => change.current(metres),
    };
    sketches.show(KEY, [{ kind: 'circle', centre, radiusMetres, handle }]);
  }, [sketches, centre, radiusMetres, msg, language]);
  useEffect(() => () => sketches.show(KEY, []), [sketches]);
  return null;
}
