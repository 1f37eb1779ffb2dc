// Answers questions with nerdamer or mathjs, away from the tests: their settings are global, and some calls never end.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

const require = createRequire(import.meta.url);
let nerdamer;
let mathjs;

const fractions = values => Object.fromEntries(Object.entries(values).map(([name, text]) => [name, mathjs.exact.fraction(text)]));

const NERDAMER = {
  simplify: text => nerdamer(`simplify(${text})`).toString(),
  expand: text => nerdamer(`expand(${text})`).toString(),
  plain: text => nerdamer(text).toString(),
  equal: (one, other) => String(nerdamer(one).eq(other)),
  limit: (text, name) => nerdamer(`limit(${text},${name},Infinity)`).toString(),
  value: (text, values) => nerdamer(text, values).evaluate().text('fractions'),
};
const MATHJS = {
  simplify: text => String(mathjs.plain.simplify(text)),
  rationalize: text => String(mathjs.plain.rationalize(text)),
  derivative: (text, name) => String(mathjs.plain.derivative(text, name)),
  equal: (one, other) => String(mathjs.plain.symbolicEqual(one, other)),
  number: text => String(mathjs.plain.evaluate(text)),
  value: (text, values) => mathjs.exact.format(mathjs.exact.evaluate(text, fractions(values)), { fraction: 'ratio' }),
};

async function load(library) {
  if (library === 'nerdamer') nerdamer ??= require('nerdamer/all.js');
  else if (mathjs === undefined) {
    const { all, create } = await import('mathjs');
    mathjs = { plain: create(all, {}), exact: create(all, { number: 'Fraction' }) };
  }
}

parentPort.on('message', async ({ id, library, action, args }) => {
  try {
    await load(library);
    const table = library === 'nerdamer' ? NERDAMER : MATHJS;
    parentPort.postMessage({ id, kind: 'text', text: table[action](...args) });
  } catch (error) {
    parentPort.postMessage({ id, kind: 'refused', text: String(error?.message ?? error) });
  }
});
