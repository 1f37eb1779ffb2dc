// Which mutants count: those that somebody could have written by mistake and that change what is proved. Left out by rule are
//
//  - what the compiler refuses (a check for undefined that it asks for, an empty list of another type);
//  - what a cache finds again: the condition of `const known = cache.get(…); if (known !== undefined) return known;`;
//  - how much is tried: a comparison with a constant in capitals with what is done beyond it or, in the head of a loop, with a
//    number of rounds, and what is spent from a budget. Budgets end a search as `undecided`; other tests hold that they do;
//  - what is the same for every expression: `<=` for `<` where the sign of a term's coefficient, which is never 0, is compared.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const COMPARISONS = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);
/** Names that nothing uses any more are no mistake of types. */
const UNUSED = new Set([6133, 6192, 6196, 6198, 7027]);

/** A function that says whether a mutant counts. */
export function judgeOfMutants() {
  const refuses = compiler();
  return mutant => {
    const text = readFileSync(mutant.file, 'utf8');
    const source = ts.createSourceFile(mutant.file, text, ts.ScriptTarget.Latest, true);
    const [from, to] = [mutant.start, mutant.end].map(({ line, column }) =>
      source.getPositionOfLineAndCharacter(line, column),
    );
    return (
      !isWorkOnly(source, from, to) &&
      !isSameOfCoefficient(source, from, to, mutant.replacement) &&
      !refuses(resolve(mutant.file), text.slice(0, from) + mutant.replacement + text.slice(to))
    );
  };
}

/** Whether `coefficient.sign() < 0` becomes `coefficient.sign() <= 0`, or the other way. */
function isSameOfCoefficient(source, from, to, replacement) {
  const text = source.text.slice(from, to);
  return (
    /\bcoefficient\.sign\(\) [<>]=? 0$/.test(text) &&
    replacement.replace(/([<>])=?/, '$1') === text.replace(/([<>])=?/, '$1')
  );
}

/** Whether the place lies in what only decides how much work is done. */
function isWorkOnly(source, from, to) {
  const chain = [];
  const visit = node => {
    if (node.getStart(source) > from || node.end < to) return;
    chain.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return chain.some(
    (node, at) =>
      isSpending(node) ||
      isLimit(node) ||
      (ts.isIfStatement(node) && isLimit(node.expression)) ||
      (chain[at - 1] !== undefined &&
        ts.isForStatement(chain[at - 1]) &&
        chain[at - 1].condition === node &&
        isRounds(node)) ||
      (ts.isIfStatement(node) && node.expression === chain[at + 1] && isFoundAgain(node)),
  );
}

const isSpending = node =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'spend';

/** `… > MOST_TERMS`. */
const isLimit = node =>
  ts.isBinaryExpression(node) &&
  COMPARISONS.has(node.operatorToken.kind) &&
  [node.left, node.right].some(side => ts.isIdentifier(side) && /^[A-Z][A-Z_]{3,}$/.test(side.text));

/** `round < 24`. */
const isRounds = node =>
  ts.isBinaryExpression(node) &&
  COMPARISONS.has(node.operatorToken.kind) &&
  ts.isNumericLiteral(node.right) &&
  Number(node.right.text) > 2;

/** `const known = cache.get(key); if (known !== undefined) return known;` */
function isFoundAgain({ expression, thenStatement, parent }) {
  if (!ts.isReturnStatement(thenStatement) || thenStatement.expression === undefined) return false;
  const name = thenStatement.expression;
  if (!ts.isIdentifier(name) || !ts.isBinaryExpression(expression)) return false;
  if (!ts.isIdentifier(expression.left) || expression.left.text !== name.text || !ts.isBlock(parent)) return false;
  return parent.statements.some(
    statement =>
      ts.isVariableStatement(statement) &&
      statement.declarationList.declarations.some(
        ({ name: own, initializer }) =>
          ts.isIdentifier(own) &&
          own.text === name.text &&
          initializer !== undefined &&
          ts.isCallExpression(initializer) &&
          ts.isPropertyAccessExpression(initializer.expression) &&
          initializer.expression.name.text === 'get',
      ),
  );
}

/** Whether the compiler refuses a file with another text. */
function compiler() {
  const root = process.cwd();
  const { options } = ts.getParsedCommandLineOfConfigFile(
    resolve('tsconfig.json'),
    { noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  const versions = new Map();
  let changed = { file: '', text: '' };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...versions.keys()],
    getScriptVersion: file => String(versions.get(file) ?? 0),
    getScriptSnapshot: file => {
      const text = file === changed.file ? changed.text : ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const touch = file => versions.set(file, (versions.get(file) ?? 0) + 1);
  return (file, text) => {
    if (changed.file !== '') touch(changed.file);
    changed = { file, text };
    touch(file);
    return service.getSemanticDiagnostics(file).some(({ code }) => !UNUSED.has(code));
  };
}
