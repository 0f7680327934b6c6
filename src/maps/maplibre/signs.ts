// Makes the pictures of the signs that MapLibre draws at points: hollow and filled squares, rings, and the ends of drops.
import { END_PIXELS, HOLLOW_PIXELS, POLE_MARK_PIXELS, SIZES, type ZoomClass } from '../base/symbology.ts';

/** The pictures have so many pixels for each CSS pixel, so that they are sharp when they are turned. */
const PIXEL_RATIO = 3;

export interface Sign {
  /** `square` and `ring` are hollow where `halo` is given; `end` is the end of a drop that leads up from its point. */
  shape: 'square' | 'ring' | 'end';
  zoom: ZoomClass;
  colour: string;
  halo?: string | undefined;
}

/** Returns the name of a sign's picture. */
export function nameOf({ shape, zoom, colour, halo = '' }: Sign): string {
  return `lrt-sign ${JSON.stringify([shape, zoom, colour, halo])}`;
}

/** Draws a sign. Its middle is the middle of the picture; the point of an end is the middle of the lower edge. */
export function drawSign({ shape, zoom, colour, halo }: Sign): { picture: ImageData; pixelRatio: number } {
  const sizes = SIZES[zoom];
  const radius = sizes.pole + POLE_MARK_PIXELS;
  const reach = { square: sizes.address / 2 + 1.5, ring: radius + 2, end: sizes.end / 2 + 1 }[shape];
  const width = Math.ceil(2 * reach * PIXEL_RATIO);
  const height = shape === 'end' ? END_PIXELS * PIXEL_RATIO : width;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) return { picture: new ImageData(width, height), pixelRatio: PIXEL_RATIO };
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.translate(width / PIXEL_RATIO / 2, height / PIXEL_RATIO / 2);
  context.strokeStyle = colour;
  context.fillStyle = halo ?? colour;
  if (shape === 'end') {
    context.fillRect(-sizes.end / 2, -END_PIXELS / 2, sizes.end, END_PIXELS);
  } else if (shape === 'square') {
    const { address } = sizes;
    context.lineWidth = HOLLOW_PIXELS;
    context.fillRect(-address / 2, -address / 2, address, address);
    if (halo) context.strokeRect(-address / 2, -address / 2, address, address);
  } else {
    context.lineWidth = 2;
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  return { picture: context.getImageData(0, 0, width, height), pixelRatio: PIXEL_RATIO };
}
