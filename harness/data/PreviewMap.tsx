import { theme } from 'antd';
import { useEffect, useRef } from 'react';
import type { BoundingBox, Position } from '../../src/contract/index.ts';
import type { ChosenKind } from './keptMappings.ts';
import type { SurveyedLayer } from './messages.ts';
import type { IntakeMsg } from './words/words.ts';

const METRES_PER_DEGREE = 111_320;
/** Room round the points, in pixels. */
const MARGIN = 10;

interface PreviewMapProps {
  surveyed: SurveyedLayer | undefined;
  kind: ChosenKind;
  msg: IntakeMsg;
  language: string;
  /** A place in the town that is there. */
  here: Position | undefined;
}

/** A small picture of where the points lie: a wrong coordinate system shows at once. */
export function PreviewMap({ surveyed, kind, msg, language, here }: PreviewMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { token } = theme.useToken();
  const box = surveyed?.box;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => paint(element, surveyed, kind === 'poles' ? token.colorWarning : token.colorPrimary);
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [surveyed, kind, token]);
  const words = box && surveyed ? wordsOf(box, surveyed.report.given, msg, language, here) : msg('mapEmpty');
  return (
    <figure className="intake-map">
      <canvas ref={canvas} role="img" aria-label={words} />
      <figcaption>{words}</figcaption>
    </figure>
  );
}

function wordsOf(
  [west, south, east, north]: BoundingBox,
  count: number,
  msg: IntakeMsg,
  language: string,
  here: Position | undefined,
): string {
  const middle: Position = [(west + east) / 2, (south + north) / 2];
  const shrink = Math.cos((middle[1] * Math.PI) / 180);
  const length = (metres: number) =>
    metres >= 1_000
      ? msg('kilometres', { count: Number((metres / 1_000).toPrecision(2)) })
      : msg('metres', { count: Math.round(metres) });
  const width = Math.max((east - west) * shrink, north - south) * METRES_PER_DEGREE;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const place = `${number.format(middle[1])}°, ${number.format(middle[0])}°`;
  const text = msg('mapLabel', { count, place, width: length(width) });
  if (!here) return text;
  const away = Math.hypot((middle[0] - here[0]) * shrink, middle[1] - here[1]) * METRES_PER_DEGREE;
  return away > 20_000 ? `${text}. ${msg('away', { distance: length(away) })}` : text;
}

function paint(canvas: HTMLCanvasElement, surveyed: SurveyedLayer | undefined, colour: string): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  const { box, points } = surveyed ?? {};
  if (!context || !box || !points) return;
  const [west, south, east, north] = box;
  const shrink = Math.max(Math.cos((((south + north) / 2) * Math.PI) / 180), 0.01);
  const span = Math.max(
    ((east - west) * shrink) / (width - 2 * MARGIN),
    (north - south) / (height - 2 * MARGIN),
    1e-9,
  );
  const x = (longitude: number) => width / 2 + ((longitude - (west + east) / 2) * shrink) / span;
  const y = (latitude: number) => height / 2 - (latitude - (south + north) / 2) / span;
  context.scale(ratio, ratio);
  context.fillStyle = colour;
  const size = points.length > 2_000 ? 1.5 : 3;
  for (let i = 0; i + 1 < points.length; i += 2) {
    context.fillRect(x(points[i] ?? 0) - size / 2, y(points[i + 1] ?? 0) - size / 2, size, size);
  }
}
