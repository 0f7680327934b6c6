import { defineMain } from '@storybook/react-vite/node';

export default defineMain({
  framework: '@storybook/react-vite',
  stories: ['../harness/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: ['../harness/public'],
  features: { sidebarOnboardingChecklist: false },
  // The harness asks nothing of the network.
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
});
