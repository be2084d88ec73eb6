import { mount } from "svelte";
import App from "./App.svelte";
import { Desk } from "./desk.svelte.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/own-bar.css";
import "./styles/what-if.css";
import "./styles/paper.css";

const target = document.getElementById("app");
// boot.js has looked at the browser already; where it is too old its message stays alone.
if (target && !document.documentElement.hasAttribute("data-unsupported")) {
  mount(App, { target, props: { desk: new Desk() } });
}
