/** The monitor's own signs, drawn in a box of 16 by 16. The states have those of `StateIcon`. */
const PATHS = {
  tasks: 'M2.500 4h2M2.500 8h2M2.500 12h2M7 4h6.500M7 8h6.500M7 12h4',
  close: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  open: 'M4 6l4 4 4-4',
  closed: 'M6 4l4 4-4 4',
  back: 'M10 3.500L5.500 8l4.500 4.500',
  zoom: 'M2 5.500V2h3.500M10.500 2H14v3.500M14 10.500V14h-3.500M5.500 14H2v-3.500M8 6v4M6 8h4',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  search: 'M7 12A5 5 0 107 2a5 5 0 000 10zM10.700 10.700L14 14',
  filter: 'M2 3.500h12M4.500 8h7M6.500 12.500h3',
  page: 'M9 2.500h4.500V7M13.500 2.500L8 8M6.500 3.500H2.500v10h10v-4',
  panel: 'M2 3h12v10H2zM9.500 3v10',
  stop: 'M8 14.500a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM5 8h6',
} as const;

/** These point in a direction of reading. */
const MIRRORED = ['tasks', 'page', 'panel', 'back', 'closed'];

export interface IconProps {
  name: keyof typeof PATHS;
  rtl?: boolean | undefined;
}

/** Draws one of the monitor's signs. It is hidden from screen readers: the button around it has a name. */
export function Icon({ name, rtl }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{
        display: 'block',
        flex: 'none',
        ...(rtl && MIRRORED.includes(name) && { transform: 'scaleX(-1)' }),
      }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
