// What TimelineJS makes of the file at an address, as JSON:
//
//     node timeline.mjs http://127.0.0.1:8000/timeline.csv
import { register } from "node:module";
import { JSDOM } from "jsdom";

register("./hooks.mjs", import.meta.url);

const { window } = new JSDOM("");
window.fetch = fetch;
globalThis.window = window;
globalThis.document = window.document;
globalThis.getComputedStyle = window.getComputedStyle;
globalThis.DOMParser = window.DOMParser;

const print = console.log;
console.log = () => {}; // it tells there what it is reading
const { makeConfig } = await import("@knight-lab/timelinejs/src/js/core/ConfigFactory.js");
makeConfig(process.argv[2], (config) => {
  const wrong = config.getErrors().map(String);
  print(JSON.stringify({ events: config.events, wrong }));
});
