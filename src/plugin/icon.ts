/**
 * A pole with drops to three houses. Blue and orange of middling lightness, which stand out on light and dark alike:
 * an image cannot take the colour of the text around it.
 */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-linecap="round" stroke-linejoin="round"><path d="M7 3v19M3.5 6.5h7" stroke="#3b8be0" stroke-width="2"/><path d="M8 6.5q5 1 8 0M8 7q4 7 8 6M8 8q3 12 8 11.500" stroke="#e08a1e" stroke-width="1.500"/><path d="M16 7.500V5l2.500-2L21 5v2.500zM16 14v-2.500l2.500-2 2.500 2V14zM16 20.500V18l2.500-2 2.500 2v2.500z" fill="#3b8be0"/></svg>`;

export const icon = `data:image/svg+xml,${encodeURIComponent(SVG)}`;
