import type { ThemeConfig } from 'antd';
import { theme } from 'antd';

// antd's own colours miss WCAG AA in places (white on #1677ff: 4.1, descriptions on white: 3.4, placeholders: 1.8).
// Each text colour below has at least 4.5 : 1 on the surfaces of its theme.

/** The compact algorithm takes the next but one smaller size: 14 pixels. Left alone it ends at 12. */
const FONT_SIZE = 18;

const light: ThemeConfig = {
  algorithm: [theme.defaultAlgorithm, theme.compactAlgorithm],
  token: {
    fontSize: FONT_SIZE,
    linkDecoration: 'underline',
    colorPrimary: '#0b5cad',
    colorPrimaryBg: '#e9f2fb',
    colorInfo: '#0b5cad',
    colorInfoBg: '#e9f2fb',
    colorInfoBorder: '#a5c8ea',
    colorLink: '#0b5cad',
    colorLinkHover: '#014087',
    colorSuccess: '#23780b',
    colorSuccessBg: '#edf7e9',
    colorSuccessBorder: '#b0d6a2',
    colorWarning: '#8f5600',
    colorWarningBg: '#fff6e5',
    colorWarningBorder: '#ebc889',
    colorError: '#c4202f',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextTertiary: 'rgba(0, 0, 0, 0.6)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)',
  },
};

const dark: ThemeConfig = {
  algorithm: [theme.darkAlgorithm, theme.compactAlgorithm],
  token: {
    fontSize: FONT_SIZE,
    linkDecoration: 'underline',
    colorPrimary: '#6cb6ff',
    colorPrimaryActive: '#7cb1e8',
    colorInfo: '#6cb6ff',
    colorLink: '#6cb6ff',
    colorLinkHover: '#87bbe8',
    colorLinkActive: '#7cb1e8',
    colorSuccess: '#5fd35f',
    colorWarning: '#f0b040',
    colorError: '#ff8a84',
    colorTextDescription: 'rgba(255, 255, 255, 0.65)',
    colorTextTertiary: 'rgba(255, 255, 255, 0.6)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.6)',
  },
  components: {
    // Links and primary buttons share their colour: on a dark surface it is bright, so the button's text is dark.
    Button: { primaryColor: '#10161d', dangerColor: '#10161d' },
  },
};

/** antd themes of compact density whose text contrast passes WCAG AA. */
export const themes = { light, dark };
