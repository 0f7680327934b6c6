import type { HostFeature, RenderRoot } from '../../../src/host/contract.ts';
import { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from '../../../src/host/index.ts';

class NotesButton extends PluginButton<NotesPlugin> {
  static {
    NotesButton.prototype.id = 'notes-button';
    NotesButton.prototype.titleMsg = 'title';
  }
  override initUI() {
    this.listenTo(this.owner, 'busy', (busy: boolean) => this.$el?.toggleClass('is-busy', busy));
  }
  override action() {
    this.owner.showModal();
  }
}

export function NotesModal() {
  const { msg } = useLocale('NOTES');
  return (
    <DraggableModal open title={msg('title')}>
      {msg('text')}
    </DraggableModal>
  );
}

/** A plugin with a button, a modal that also opens on a selection, and messages in three languages. */
export class NotesPlugin extends Plugin {
  static {
    NotesPlugin.prototype.messageGroup = 'NOTES';
    NotesPlugin.prototype.buttons = { dialog: NotesButton };
  }
  root: RenderRoot | undefined;
  constructor(...args: ConstructorParameters<typeof Plugin>) {
    super(...args);
    this.listenTo(this.app, 'currentFeature-changed', () => this.showModal());
  }
  showModal() {
    this.root = renderReactNode(null, NotesModal, {}, this.root);
  }
  override remove() {
    this.root?.unmount();
    super.remove();
  }
}

export const messages = {
  en: { NOTES: { title: 'Notes', text: 'Nothing yet' } },
  ar: { NOTES: { title: 'ملاحظات', text: 'لا شيء بعد' } },
  de: { NOTES: { title: 'Notizen', text: 'Noch nichts' } },
};
export const withNotes = { plugins: { notes: NotesPlugin }, toolbar: ['notes.dialog'], messages };

export const pole: HostFeature = {
  id: 1,
  getType: () => 'pole',
  getUrn: () => 'pole/1',
  getTitle: () => 'Pole 1',
  properties: {},
};
