import myw, { Checkbox, Dialog, DisplayMessage, Dropdown, Form, Input, Textarea } from 'myWorld-client';

const MATERIALS = ['wood', 'steel', 'concrete'];

/** The properties of a pole as a form. Nothing is stored before the user has said so twice. */
export default class PoleEditorDialog extends Dialog {
  static {
    this.prototype.messageGroup = 'poleEditor';

    this.mergeOptions({
      title: '{:title}',
      modal: false,
      destroyOnClose: true,
      width: 420,
      buttons: {
        Cancel: {
          text: '{:cancel_btn}',
          class: 'right',
          click() {
            this.close();
          },
        },
        Save: {
          text: '{:save_btn}',
          class: 'primary-btn',
          disabled() {
            return this.form?.getField('name').getValue().trim() === '';
          },
          click() {
            this.confirm();
          },
        },
      },
    });
  }

  constructor(owner, pole) {
    super({});
    this.owner = owner;
    this.app = owner.app;
    this.pole = pole;
  }

  render() {
    this.options.contents = [this.buildForm().$el, '<div class="message-container"></div>'];
    return super.render();
  }

  buildForm() {
    const { name, height, material, inspected, note } = this.pole.properties;
    this.form = new Form({
      messageGroup: 'poleEditor',
      rows: [
        { label: '{:name}', components: [new Input({ name: 'name', value: name, cssClass: 'medium' })] },
        {
          label: '{:height}',
          components: [new Input({ name: 'height', type: 'number', value: height, cssClass: 'small' }), 'm'],
        },
        {
          label: '{:material}',
          components: [
            new Dropdown({
              name: 'material',
              options: MATERIALS.map((id) => ({ id, label: `{:${id}}` })),
              selected: material ?? 'wood',
            }),
          ],
        },
        { components: [new Checkbox({ name: 'inspected', value: inspected, label: '{:inspected}' })] },
        {
          label: '{:note}',
          components: [new Textarea({ name: 'note', value: note, rows: 3, cssClass: 'medium' })],
        },
      ],
    });
    return this.form;
  }

  confirm() {
    const height = this.form.getField('height');
    height.clearError();
    if (height.getValue() !== null && !(height.getValue() > 0)) {
      height.setError('{:wrong_height}');
      return;
    }
    const ask = myw.dialog({
      title: this.msg('confirm_title', { pole: this.pole.getTitle() }),
      contents: this.msg('confirm'),
      destroyOnClose: true,
      width: 360,
      buttons: {
        Cancel: { text: '{:cancel_btn}', click: () => ask.close() },
        OK: {
          text: '{:ok_btn}',
          class: 'primary-btn',
          click: async () => {
            ask.close();
            await this.save();
          },
        },
      },
    });
  }

  async save() {
    try {
      const feature = await this.app.database.getFeature('pole', this.pole.id);
      Object.assign(feature.properties, this.form.getValue());
      await this.app.database.updateFeature(feature);
      this.showMessage(this.msg('saved'), 'success');
    } catch (error) {
      this.showMessage(this.msg('not_saved', { reason: error.message }), 'error');
    }
  }

  showMessage(message, type) {
    new DisplayMessage({ el: this.$('.message-container'), type, message });
  }
}
