import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';

export const withOtherWords = (language: string) =>
  createApplication({
    language,
    // The host's words, in the group LRT of its message files: one text in one language.
    messages: { de: { LRT: { create: 'Hausanschlüsse planen' } } },
    // The option goes before them, in every language.
    plugins: { lrtPlugin: [LrtPlugin, { messages: { title: 'FTTH 2030' } }] },
    toolbar: ['lrtPlugin.dialog'],
  });
