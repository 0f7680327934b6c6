/** The button's image. An .svg file works as well where the bundler knows what to do with it. */
export const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#1677ff" stroke-width="2"
    stroke-linecap="round"><path d="M3 12h4m10 0h4"/><rect x="7" y="8" width="10" height="8" rx="3"/></svg>`,
)}`;
