import { exampleDocuments } from './support/example-optimizers.ts';
import { deriveModifiedEquation } from '../src/derivation/derive.ts';
import { writeFormula } from '../src/latex/write/write-formula.ts';
const all = exampleDocuments().flatMap(d => d.optimizers);
const [id = 'gd', setting = 'iid', order = '1'] = process.argv.slice(2);
const optimizer = all.find(o => o.id === id)!;
for (const [form, mean] of [
  ['map', 'map'],
  ['flow', 'equation'],
  ['flow', 'map'],
] as const) {
  const t = Date.now();
  const r = deriveModifiedEquation(optimizer, { order: Number(order), setting: setting as never, form, mean });
  if (!r.ok) {
    console.log(r.problems[0]);
    continue;
  }
  console.log(form, mean, Date.now() - t, 'ms');
  for (const c of r.value.coefficients) console.log('   ', writeFormula(c, optimizer.notation, 'text'));
  console.log(
    '  losses',
    r.value.losses?.map(c => writeFormula(c, optimizer.notation, 'latex')),
  );
}
