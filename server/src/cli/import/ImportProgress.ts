import cliProgress from 'cli-progress';

/** Without a terminal, so many seconds lie between two lines. */
const LINE_MS = 5_000;

/** Says how far a step is: a bar where standard error is a terminal, else a line now and then, for logs. */
export class ImportProgress {
  readonly #step: string;
  readonly #bar: cliProgress.SingleBar | undefined;
  #saidAtMs = Date.now();

  constructor(step: string, unit: 'features' | 'bytes') {
    this.#step = step;
    if (!process.stderr.isTTY) return;
    const values = unit === 'bytes' ? '{percentage} %' : '{value}/{total}';
    this.#bar = new cliProgress.SingleBar({
      format: `${step} {bar} ${values}`,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.#bar.start(1, 0);
  }

  update(done: number, total: number): void {
    if (this.#bar) {
      this.#bar.setTotal(Math.max(total, 1));
      this.#bar.update(Math.min(done, total));
      return;
    }
    if (Date.now() - this.#saidAtMs < LINE_MS) return;
    this.#saidAtMs = Date.now();
    console.error(`${this.#step}: ${Math.floor((100 * done) / Math.max(total, 1))} %`);
  }

  /** Takes the bar away and gives the cursor back. */
  stop(): void {
    this.#bar?.stop();
  }
}
