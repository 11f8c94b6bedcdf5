// ODK's engine for browsers, @getodk/xforms-engine, given the same answers: node peer.mjs FOLDER < {"xform", "answers"}
// FOLDER is where it and jsdom are installed. Prints, as JSON, milliseconds of CPU for each answer.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';

const require = createRequire(`${process.argv[2]}/`);
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('', { url: 'http://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) {
  if (/^[A-Z]\w*$|^document$/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
}
Object.assign(globalThis, { window, document: window.document, localStorage: window.localStorage });
const engine = pathToFileURL(`${process.argv[2]}/node_modules/@getodk/xforms-engine/dist/index.js`);
const hidden = globalThis.process;
globalThis.process = undefined; // it is made for browsers, and stumbles where it recognises Node
const { loadForm } = await import(engine);
globalThis.process = hidden;

const { xform, answers } = JSON.parse(readFileSync(0, 'utf8'));
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const result = await loadForm(xform);
if (result.status === 'failure') throw result.error;

const ROUNDS = 3;
const alive = [], kept = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const { root } = result.createInstance();
  const nodes = byReference(root);
  let given = 0;
  const before = cpu();
  for (const [reference, value] of answers) given += give(nodes.get(reference), value);
  alive.push((cpu() - before) / given);
}
for (let round = 0; round < ROUNDS; round += 1) kept.push(await storedEachTime());
console.log(JSON.stringify({ alive: Math.min(...alive), kept: Math.min(...kept), given: answers.length }));

/** As a server must do it: the session comes from its stored form and goes back there at each answer. */
async function storedEachTime() {
  const few = answers.slice(-6);
  let { root } = result.createInstance();
  const nodes = byReference(root);
  for (const [reference, value] of answers.slice(0, -6)) give(nodes.get(reference), value);
  let payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  const before = cpu();
  for (const [reference, value] of few) {
    ({ root } = await result.restoreInstance({ data: payload.data }));
    give(byReference(root).get(reference), value);
    payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  }
  return (cpu() - before) / few.length;
}

function give(node, value) {
  if (node.nodeType === 'select') node.selectValue(value);
  else node.setValue(convert(node.valueType, value));
  return 1;
}

function convert(type, value) {
  if (type === 'int') return BigInt(value);
  return type === 'decimal' ? Number(value) : value;
}

function byReference(node, found = new Map()) {
  found.set(node.currentState.reference, node);
  for (const child of node.currentState.children ?? []) byReference(child, found);
  return found;
}
