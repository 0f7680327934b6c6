/** The colours of the town on a light map and on a dark one. */
export const palettes = {
  light: { street: '#ffffff', address: '#9aa6b2', pole: '#4d5b69', network: '#1765c1', selected: '#d5006d' },
  dark: { street: '#28323d', address: '#56636f', pole: '#9cabb9', network: '#62adff', selected: '#ff6db8' },
};
