// The month's bulletin as it is in view: its data, what is being written of it, and how that ended.
import type { Desk } from "../desk.svelte.ts";
import { EngineFault } from "../engine/client.ts";
import { CANCELLED, type Fault } from "../engine/contract.ts";
import { switchable } from "../lib/format.ts";
import { Asked } from "../what-if/ask.svelte.ts";
import type { BulletinData } from "../what-if/contract.ts";
import { faultOf } from "../what-if/fault.ts";
import { asideText } from "../what-if/words.ts";
import { BriefClient } from "./client.ts";
import type { BulletinForm } from "./contract.ts";
import type { Template } from "./template.ts";

/** How the last one ended. */
export type Ended = { form: BulletinForm; as: "written"; size: number } | { form: BulletinForm; as: "stopped" };

export class Writing {
  /** The form that is being written; null where none is. */
  form = $state<BulletinForm | null>(null);
  /** Of a deck, how many slides are written. */
  slides = $state.raw<{ done: number; all: number } | null>(null);
  ended = $state.raw<Ended | null>(null);
  /** Why the last one was not written, and its form. */
  fault = $state.raw<Fault | null>(null);
  failedForm = $state<BulletinForm | null>(null);
  /** The reader's own, and the form that it is for. */
  template = $state.raw<Template | null>(null);

  readonly #asked = new Asked<BulletinData>();
  readonly #client = new BriefClient((done, all) => (this.slides = { done, all }));

  constructor(readonly desk: Desk) {}

  readonly #key = $derived(JSON.stringify([this.desk.caseKey, this.desk.unit, this.desk.planner.current.settings, this.desk.scenarioName]));
  /** Null while it is being asked for, and where there is none. */
  readonly data = $derived(this.#asked.of(this.#key));
  /** Why there is none. */
  readonly refused = $derived(this.data ? null : this.#asked.fault);

  /** Asks for the data. Run as an effect: follows the case, its month, language and unit, and the levers. */
  ask(): void {
    const { planner, unit, scenarioName } = this.desk;
    if (!planner.ready) return;
    const scenario = planner.options(planner.settings, scenarioName);
    // A unit that is not Chinese money stays as it is.
    const options = { scenario, aside: asideText(planner.aside, this.desk.names), ...(switchable(unit) ? { money: unit } : {}) };
    this.#asked.follow(this.#key, () => planner.ask("bulletin", { options }));
  }

  /** Takes a template, or does without. */
  use(template: Template | null): void {
    this.template = template;
    this.fault = null;
    this.ended = null;
  }

  /** Writes it down; one at a time. Null where nothing came of it: why is told beside. */
  async write(form: BulletinForm): Promise<Uint8Array<ArrayBuffer> | null> {
    const { data, template } = this;
    if (!data || this.form) return null;
    this.form = form;
    this.slides = null;
    this.ended = null;
    this.fault = null;
    const seconds = Date.now() / 1000;
    try {
      const own = template?.form === form ? { template: template.text } : {};
      const bytes = await this.#client.write({ bulletin: data, form, seconds, ...own });
      this.ended = { form, as: "written", size: bytes.length };
      return bytes;
    } catch (why) {
      this.fault = faultOf(why);
      this.failedForm = form;
      if (!this.fault) this.ended = { form, as: "stopped" };
      return null;
    } finally {
      this.form = null;
      this.slides = null;
    }
  }

  /** Stops what is being written. */
  stop(): void {
    this.#client.stop(new EngineFault({ code: CANCELLED, text: "the bulletin was stopped" }));
  }

  /** Ends the worker. */
  close(): void {
    this.#client.stop();
  }
}
