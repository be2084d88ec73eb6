// <landfall-chart src="chart.json">, or <landfall-chart spec='{"kind": …}'>, or element.chart = {…}.
import { svg } from "./index.js";

/** A chart that is laid out again for the width it is given, never scaled. */
export class LandfallChart extends HTMLElement {
  static observedAttributes = ["src", "spec", "data", "theme", "height"];

  #given;
  #turn = 0;
  #width = 0;
  #watch = new ResizeObserver(() => {
    const width = Math.round(this.clientWidth);
    if (width !== this.#width) this.#draw();
  });

  connectedCallback() {
    if (getComputedStyle(this).display === "inline") this.style.display = "block";
    this.#watch.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  /** What is drawn; setting it comes before the attributes. */
  get chart() {
    return this.#given;
  }

  set chart(chart) {
    this.#given = chart;
    if (this.isConnected) this.#draw();
  }

  async #read() {
    if (this.#given) return this.#given;
    const parts = (name) => JSON.parse(this.getAttribute(name) ?? "{}");
    const src = this.getAttribute("src");
    if (!src) return { ...parts("spec"), ...parts("data") };
    const answer = await fetch(src);
    if (!answer.ok) throw new Error(`${src}: ${answer.status} ${answer.statusText}`);
    return { ...(await answer.json()), ...parts("data") };
  }

  async #draw() {
    const turn = ++this.#turn;
    this.#width = Math.round(this.clientWidth);
    let drawn;
    try {
      const chart = { ...(await this.#read()) };
      const asked = Number(this.getAttribute("height"));
      const [wide, high] = [chart.width ?? 1280, chart.height ?? 720];
      chart.width = Math.min(4000, Math.max(280, this.#width || wide));
      chart.height = Math.min(4000, Math.max(180, Math.round(asked || (chart.width * high) / wide)));
      if (this.hasAttribute("theme")) chart.theme = this.getAttribute("theme");
      drawn = await svg(chart);
    } catch (error) {
      if (turn === this.#turn) this.#refuse(error);
      return;
    }
    // Only the last wish is shown.
    if (turn !== this.#turn) return;
    this.removeAttribute("aria-invalid");
    this.innerHTML = drawn;
    this.dispatchEvent(new CustomEvent("landfall-drawn"));
  }

  #refuse(error) {
    const said = document.createElement("p");
    said.setAttribute("role", "alert");
    said.textContent = String(error?.message ?? error);
    this.setAttribute("aria-invalid", "true");
    this.replaceChildren(said);
  }
}

if (!customElements.get("landfall-chart")) customElements.define("landfall-chart", LandfallChart);
