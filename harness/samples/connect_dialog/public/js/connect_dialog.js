import { Dialog, DisplayMessage, Dropdown, Form, Input } from 'myWorld-client';

/** A form that starts a task for the selected pole, and shows its progress. */
export default class ConnectDialog extends Dialog {
  static {
    this.prototype.messageGroup = 'connectDialog';
    this.prototype.className = 'connect-dialog';

    this.mergeOptions({ title: '{:title}', modal: false, autoOpen: false, width: 440 });
  }

  constructor(owner) {
    super({});
    this.owner = owner;
    this.app = owner.app;
    this.setButtons({
      close: { text: '{:close_btn}', class: 'right', click: () => this.close() },
      stop: {
        text: '{:stop}',
        disabled: () => !this.task || this.stopping,
        click: () => this.stop(),
      },
      start: {
        text: '{:start}',
        class: 'primary-btn',
        disabled: () => Boolean(this.task) || !this.pole?._myw.delta,
        click: () => this.start(),
      },
    });
    this.render();
    this.addItems();
    this.app.on('currentFeature-changed', this.updatePole, this);
    this.updatePole();
  }

  addItems() {
    this.poleItem = new Input({ cssClass: 'medium', disabled: true, placeholder: '{:select_pole}' });
    this.form = new Form({
      messageGroup: 'connectDialog',
      rows: [
        { label: '{:pole}', components: [this.poleItem] },
        {
          label: '{:count}',
          components: [new Input({ name: 'count', type: 'number', value: 200, cssClass: 'small' })],
        },
        {
          label: '{:selection}',
          components: [
            new Dropdown({
              name: 'selection',
              options: [
                { id: 'random', label: '{:random}' },
                { id: 'nearest', label: '{:nearest}' },
              ],
              selected: 'nearest',
            }),
          ],
        },
      ],
    });
    this.$el.html(this.form.$el);
    this.$el.append('<div class="message-container"></div>');
  }

  updatePole() {
    const feature = this.app.currentFeature;
    this.pole = feature?.getType() === 'pole' ? feature : null;
    this.poleItem.setValue(this.pole?.getTitle() ?? '');
    this.poleItem.clearError();
    if (this.pole && !this.pole._myw.delta) this.poleItem.setError('{:no_design}');
    this.setOptions({});
  }

  async start() {
    const { count, selection } = this.form.getValue();
    const countItem = this.form.getField('count');
    countItem.clearError();
    if (!Number.isInteger(count) || count < 1) {
      countItem.setError('{:wrong_count}');
      return;
    }
    const params = { design: this.pole._myw.delta, pole_id: this.pole.id, count, selection };
    this.setTask({});
    this.showMessage(this.msg('waiting'));
    try {
      const task = await this.app.system.enqueueTask('customer_connection_task', params);
      this.setTask(task);
      this.follow(task);
    } catch (error) {
      this.setTask(null);
      this.showMessage(this.msg('refused', { reason: error.message }), 'error');
    }
  }

  follow(task) {
    this.stream = this.app.system.streamTaskProgress(task.id, {
      onProgress: ({ percent, message }) =>
        this.showMessage(this.msg('progress', { percent: Math.floor(percent ?? 0), message: message ?? '' })),
      onSuccess: () => {
        this.end('done', 'success');
        // Everything that shows the network reads it again.
        this.app.fire('featureCollection-modified', { featureType: 'oh_route', changeType: 'insert' });
      },
      onFailure: (error) =>
        error?.code === 'cancelled'
          ? this.end('stopped', 'info')
          : this.end('failed', 'error', { reason: error?.message ?? '' }),
    });
  }

  async stop() {
    this.stopping = true;
    this.setOptions({});
    try {
      await this.app.system.cancelTask(this.task.id);
    } catch (error) {
      this.stopping = false;
      this.showMessage(error.message, 'error');
    }
  }

  end(key, type, values) {
    this.stopping = false;
    this.setTask(null);
    this.showMessage(this.msg(key, values), type);
  }

  setTask(task) {
    this.task = task;
    // The buttons ask again whether they may be pressed.
    this.setOptions({});
  }

  showMessage(message, type = 'info') {
    new DisplayMessage({ el: this.$('.message-container'), type, message });
  }

  remove() {
    this.stream?.close();
    super.remove();
  }
}
