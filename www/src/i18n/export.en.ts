import type { ExportWords } from "./export.ts";

export const exportEn: ExportWords = {
  title: "Export",
  part: "What to export",
  parts: { picture: "Picture", bulletin: "Bulletin" },
  kind: "Chart",
  kinds: {
    fan: "Year-end landing", "growth-fan": "Growth over the year", ranking: "Ranking", bullet: "Part of the target done", multiples: "All regions over the year",
    need: "Need per month", scurve: "Key projects", funnel: "Attraction funnel", tiles: "Tiles (schematic)", waterfall: "What the scenario brings", tornado: "Sensitivity",
  },
  size: "Size",
  sizes: { slide: "Slide 1280×720", half: "Half a slide 640×720", square: "Square 720×720", column: "Column 360×640" },
  theme: "Colours",
  themes: { light: "Light", dark: "Dark", print: "For print" },
  copy: "Copy picture",
  copied: "The picture is copied: paste it onto the slide.",
  noCopy: "The browser cannot copy pictures here; download the PNG.",
  png: "PNG (2×)",
  svg: "SVG",
  data: "Chart as data (JSON)",
  dataTip: "The command line and the web component draw the same chart from it",
  drawing: "Drawing",
  saved: (name) => `Downloaded: ${name}`,
  failed: (why) => `It cannot be drawn: ${why}`,
  close: "Close",
};
