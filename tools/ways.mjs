// Counts how often a reader changes the room along three ways through src/: a theorem from its LaTeX to its verdict, an optimizer to its
// printed equation, an instance to its numbers.
//
//   node tools/ways.mjs            the figures
//   node tools/ways.mjs --steps    and every step of the ways
//
// A way has an entry and stations, functions that do what the way is about. From the entry the reader follows the shortest chain of
// references to each station (a step into another file costs most), in the order of the stations; where two chains have a beginning in
// common it is read once. A move into another top-level folder of src/ is a change of room; going back to a file that was left, to follow
// the next chain from there, is a return. The words of the language (base, number, formula, notation) are no rooms that one goes through.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const LANGUAGE = new Set(['base', 'number', 'formula', 'notation']);

const WAYS = {
  'a theorem from its LaTeX to its verdict': {
    stations: [
      ['document/scan/scan-file.ts', 'scanFile'],
      ['document/read/statement/read-statement.ts', 'readStatement'],
      ['latex/read/read-formula.ts', 'readFormula'],
      ['judge/judge-documents.ts', 'judgeDocuments'],
      ['judge/judge-claim.ts', 'judgeClaim'],
      ['derivation/unroll/history.ts', 'History'],
      ['derivation/memory-out.ts', 'removeMemory'],
      ['derivation/match-flow.ts', 'matchOrders'],
      ['judge/statement/judge-statement.ts', 'judgeStatement'],
      ['judge/kinds/motion/zero.ts', 'motionZero'],
      ['expression/read/from-formula.ts', 'FormulaReader'],
      ['prove/zero/zero-test.ts', 'testZero'],
      ['judge/kinds/motion/sample.ts', 'motionSample'],
      ['judge/refute/refute.ts', 'refute'],
      ['evaluate/evaluator.ts', 'Evaluator'],
      ['judge/guard/guard-of.ts', 'guardOf'],
      ['report/verdicts/claim-report.ts', 'claimReport'],
    ],
    from: ['session/check-session.ts', 'runCheck'],
  },
  'an optimizer to its printed equation': {
    stations: [
      ['optimizer/build-optimizer.ts', 'buildOptimizer'],
      ['derivation/unroll/history.ts', 'History'],
      ['derivation/memory-out.ts', 'removeMemory'],
      ['derivation/match-flow.ts', 'matchOrders'],
      ['derivation/equation-writer.ts', 'EquationWriter'],
      ['closed-form/close-equation.ts', 'closeEquation'],
      ['judge/check/self-check.ts', 'checkPrinted'],
      ['report/theorem/theorem-latex.ts', 'theoremLatex'],
    ],
    from: ['cli/derive-command.ts', 'addDeriveCommand'],
  },
  'an instance to its numbers': {
    stations: [
      ['evaluate/instance/read-instance.ts', 'readInstance'],
      ['derivation/derive.ts', 'deriveModifiedEquation'],
      ['evaluate/evaluate-equation.ts', 'evaluateCoefficients'],
      ['evaluate/program/program.ts', 'Program'],
      ['evaluate/evaluator.ts', 'Evaluator'],
      ['evaluate/ring/enclose.ts', 'enclose'],
    ],
    from: ['cli/eval-command.ts', 'addEvalCommand'],
  },
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => join(SRC, path));
const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ['node'],
});
const checker = program.getTypeChecker();
const pathOf = node => relative(SRC, node.getSourceFile().fileName).replaceAll('\\', '/');
const isOwn = path => !path.startsWith('..') && path.endsWith('.ts');

/** The declarations at the top of each file, by `file#name`. */
const tops = new Map();
/** By the member of an interface the objects that give it a value: what a call of it may lead to. */
const givers = new Map();

function topsOf(statement) {
  if (ts.isVariableStatement(statement)) return [...statement.declarationList.declarations];
  return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name ? [statement] : [];
}

for (const source of program.getSourceFiles()) {
  if (!isOwn(pathOf(source))) continue;
  for (const declaration of source.statements.flatMap(topsOf)) {
    if (!ts.isIdentifier(declaration.name)) continue;
    const key = `${pathOf(source)}#${declaration.name.text}`;
    tops.set(key, declaration);
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (value === undefined || !ts.isObjectLiteralExpression(value)) continue;
    for (const property of value.properties) {
      const name = property.name && ts.isIdentifier(property.name) ? property.name.text : '';
      const member = checker.getTypeAtLocation(declaration.name).getProperty(name);
      for (const said of member?.declarations ?? []) givers.set(said, [...(givers.get(said) ?? []), key]);
    }
  }
}

/** The top declaration that a node stands in. */
function topOf(node) {
  let found = null;
  for (let at = node; at && !ts.isSourceFile(at); at = at.parent)
    if (at.name && ts.isIdentifier(at.name) && tops.get(`${pathOf(at)}#${at.name.text}`) === at) found = at;
  return found === null ? null : `${pathOf(found)}#${found.name.text}`;
}

/** What a name stands for; one that is taken out of a module that is loaded when it is needed stands for the module's. */
function symbolOf(identifier) {
  const symbol = checker.getSymbolAtLocation(identifier);
  const [declaration] = symbol?.declarations ?? [];
  if (declaration === undefined || !ts.isBindingElement(declaration)) return symbol;
  const module = checker.getTypeAtLocation(declaration.parent).getProperty(identifier.text);
  return module ?? symbol;
}

function targetsOf(identifier) {
  let symbol = symbolOf(identifier);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return (symbol?.declarations ?? []).flatMap(declaration => {
    if (!isOwn(pathOf(declaration))) return [];
    const isMember = ts.isPropertySignature(declaration) || ts.isMethodSignature(declaration);
    if (isMember) return givers.get(declaration) ?? [];
    const top = topOf(declaration);
    return top === null ? [] : [top];
  });
}

const known = new Map();
/** What a declaration refers to, in the order of its text. */
function referencesOf(key) {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = new Set();
  const visit = node => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) for (const target of targetsOf(node)) if (target !== key) found.add(target);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(tops.get(key), visit);
  known.set(key, [...found]);
  return known.get(key);
}

const fileOf = key => key.slice(0, key.indexOf('#'));
const roomOf = key => key.slice(0, key.indexOf('/'));

/** For every declaration that is reached the one before it on the cheapest chain from `start`. */
function chainsFrom(start) {
  const before = new Map([[start, null]]);
  const cost = new Map([[start, 0]]);
  const open = new Set([start]);
  while (open.size > 0) {
    const next = [...open].reduce((best, each) => (cost.get(each) < cost.get(best) ? each : best));
    open.delete(next);
    for (const target of referencesOf(next)) {
      const whole = cost.get(next) + (fileOf(target) === fileOf(next) ? 0.01 : 1);
      if (whole >= (cost.get(target) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(target, whole);
      before.set(target, next);
      open.add(target);
    }
  }
  return before;
}

function chainTo(key, before) {
  const chain = [];
  for (let at = key; at !== null; at = before.get(at)) chain.unshift(at);
  return chain;
}

/** The steps of a way: into a file, or back to one. */
function walk({ from, stations }) {
  const before = chainsFrom(from.join('#'));
  const steps = [];
  const read = new Set();
  let here = from.join('#');
  for (const station of stations) {
    const key = station.join('#');
    if (!before.has(key)) {
      console.log(`no chain of references leads from ${from.join('#')} to ${key}`);
      process.exitCode = 1;
      continue;
    }
    const chain = chainTo(key, before);
    const at = chain.findLastIndex(each => read.has(each));
    if (at >= 0 && fileOf(chain[at]) !== fileOf(here)) steps.push({ kind: 'return', from: here, to: chain[at] });
    if (at >= 0) here = chain[at];
    for (const each of chain.slice(at + 1)) {
      if (fileOf(each) !== fileOf(here)) steps.push({ kind: 'step', from: here, to: each });
      read.add(each);
      here = each;
    }
  }
  return { steps, files: new Set([...read].map(fileOf)) };
}

for (const [name, way] of Object.entries(WAYS)) {
  const { steps, files: seen } = walk(way);
  const isChange = ({ from, to }) =>
    roomOf(from) !== roomOf(to) && !LANGUAGE.has(roomOf(to)) && !LANGUAGE.has(roomOf(from));
  const returns = steps.filter(({ kind }) => kind === 'return').length;
  console.log(
    `${name}: ${steps.filter(isChange).length} changes of room, ${returns} returns between files, ${seen.size} files`,
  );
  if (process.argv.includes('--steps'))
    for (const { kind, to } of steps) console.log(`  ${kind === 'return' ? '<-' : '->'} ${to.replace('#', '  ')}`);
}
