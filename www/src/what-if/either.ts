/// <reference lib="webworker" />
// What a worker of scenarios and one of past years start with. They are two, but speak to one module, so its JavaScript comes
// once: each knows by its name which of them it is.
import { RECORD } from "../door/names.ts";
import { listen as listenForPast } from "../record/worker.ts";
import { listen as listenForScenarios } from "./worker.ts";

if (self.name === RECORD) listenForPast();
else listenForScenarios();
