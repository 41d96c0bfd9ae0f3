import { Stage, type Staged, type Stager } from './stage.js';

/** The stages of the calls that set something in one block. */
export class Stages {
  #open: readonly Stage[] = [];
  #last: Stage | undefined;
  /** One that waits for the next call. */
  #spare: Stage | undefined;

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** The stage of a call, which is mostly the last one asked for; undefined where the call has ended. */
  of(call: Stager, block: Staged): Stage | undefined {
    const last = this.#last;
    return last?.call === call ? last : call.stageOf(block);
  }

  /** @param size how many rows the block has at this moment */
  open(call: Stager, size: number): Stage {
    const stage = this.#spare ?? new Stage();
    this.#spare = undefined;
    stage.open(call, size);
    this.#open = [...this.#open, stage];
    this.#last = stage;
    return stage;
  }

  close(stage: Stage): void {
    this.#open = this.#open.filter((one) => one !== stage);
    if (this.#last === stage) this.#last = undefined;
    stage.close();
    this.#spare = stage;
  }

  /** The calls that run and are about to set or to remove a row. */
  callsThatTouch(index: number): readonly Stager[] {
    return this.#open.filter((stage) => stage.valueOf(index) !== undefined).flatMap(({ call }) => call ?? []);
  }
}
