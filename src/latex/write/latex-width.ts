/**
 * How wide LaTeX prints names, in widths of a digit: Computer Modern at its usual size, where a digit has 5 of 10 points.
 * Good to a few percent, which is enough to break lines before the margin.
 */
import { functionByCommand } from '../notation/notation-table.ts';
import { columns, unicodeName } from './write-unicode.ts';

/** Letters of cmmi10 in points, each behind its letter. */
const POINTS = `a5.3 b4.3 c4.4 d5.2 e4.7 f6 g5.2 h5.8 i3.5 j4.7 k5.6 l3.2 m8.8 n6 o4.9 p5.1 q4.9 r4.9 s4.7 t3.7 u5.8 v5.3 w7.5 x5.8 y5.3 z5.1
  A7.5 B8.1 C7.9 D8.6 E8 F7.9 G7.9 H9.2 I5.2 J6.5 K9.2 L6.9 M10.8 N9.2 O7.9 P7.9 Q8 R7.7 S6.8 T7.3 U7.9 V8.1 W10.9 X9.1 Y8.1 Z7.6
  α6.5 β6.3 γ5.8 δ5 ε4.8 ϵ4.1 ζ4.9 η5.4 θ5 ϑ6 ι3.6 κ5.8 λ5.9 μ6.1 ν5.6 ξ4.9 π6.1 ρ5.2 ϱ5.2 σ6.1 ς4.5 τ5.5 υ5.8 φ6.6 ϕ6 χ6.3 ψ6.9 ω6.3
  Γ6.3 Δ8.4 Θ7.8 Λ7 Ξ6.7 Π7.5 Σ7.3 Υ7.8 Φ7.3 Ψ7.8 Ω7.3`;
const LETTERS: ReadonlyMap<string, number> = new Map(
  POINTS.split(/\s+/).map(entry => [entry.slice(0, 1), Number(entry.slice(1))] as const),
);
const DIGIT = 5;
const OTHER = 6;
/** Letters of \tanh and other words, upright. */
const UPRIGHT = 5;
/** Bold letters are wider. */
const BOLD = 1.15;

/** The width of a name: accents take no room, a known function is a word. */
export function nameWidth(latex: string): number {
  const known = functionByCommand(latex);
  if (known !== null) return (known.length * UPRIGHT) / DIGIT;
  const upright = /^\\(?:mathrm|operatorname)/.test(latex);
  const letters = [...unicodeName(latex).replace(/\p{M}/gu, '')];
  const total = letters.reduce((sum, letter) => sum + (upright ? UPRIGHT : widthOf(letter)), 0);
  return ((/\\boldsymbol/.test(latex) ? BOLD : 1) * total) / DIGIT;
}

const widthOf = (letter: string): number =>
  LETTERS.get(letter) ?? (/[0-9]/.test(letter) ? DIGIT : columns(letter) * OTHER);
