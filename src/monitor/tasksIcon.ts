/** A list of tasks. Its grey stands out on light and dark alike: an image cannot take the colour of the text around it. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#6f7f8f" stroke-width="1.400" stroke-linecap="round"><path d="M2.500 4h2M2.500 8h2M2.500 12h2M7 4h6.500M7 8h6.500M7 12h4"/></svg>`;

export const tasksIcon = `data:image/svg+xml,${encodeURIComponent(SVG)}`;
