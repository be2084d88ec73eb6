import type { Chart } from "./index.js";

/**
 * `<landfall-chart>`: attributes `src` (address of a chart as JSON) or `spec` (the JSON itself), `data` (parts in place of
 * the spec's), `theme` (`light`, `dark`, `print`) and `height` in px; without one the spec's proportions are kept.
 * Fires `landfall-drawn`. What cannot be drawn is said in its place.
 */
export class LandfallChart extends HTMLElement {
  chart: Chart | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "landfall-chart": LandfallChart;
  }
}
