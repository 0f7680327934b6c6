// The names of the platform's module, as little as imports of it need.
export class Plugin {}
export class PluginButton {}
export default { Plugin, PluginButton, applicationDefinition: { plugins: {} } };
