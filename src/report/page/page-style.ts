/** The style of the report: light and dark, narrow screens, print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --page: #fff; --text: #1b1d22; --quiet: #5a606b; --line: #d9dce2; --box: #f5f6f8; --link: #0b57a4;
  --good: #12692d; --good-box: #e6f4ea; --bad: #b3151b; --bad-box: #fcebea; --warn: #7a5200; --warn-box: #fdf3d8;
  --info: #0b5c78; --info-box: #e3f3f8; --if: #5b3d99; --if-box: #efe9fa; }
@media (prefers-color-scheme: dark) { :root {
  --page: #15171b; --text: #e4e6ea; --quiet: #a3a9b5; --line: #363a43; --box: #1e2127; --link: #8ab8f5;
  --good: #7fd598; --good-box: #1a2c21; --bad: #ff9a94; --bad-box: #2f1d1f; --warn: #f0c466; --warn-box: #3a2d0c;
  --info: #7cd0e8; --info-box: #16272d; --if: #c9b6f7; --if-box: #261f3a; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 62rem; padding: 0 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; margin-top: .5rem; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--quiet); margin: 1.75rem 0 0; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 600; color: var(--quiet); margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h4 { display: inline; font-size: 1.15rem; margin: 0; }
h5 { font-size: .8rem; font-weight: 600; margin: 1.25rem 0 .35rem; color: var(--text); }
p, ul, ol, dl { margin: .5rem 0; }
code, pre, .place, dd { font-variant-ligatures: none; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .85rem; }
pre { margin: .35rem 0; padding: .6rem .75rem; background: var(--box); border-radius: 4px; overflow: auto; max-height: 16rem; white-space: pre-wrap; }
mark { color: var(--bad); background: var(--bad-box); outline: 1px solid var(--bad); border-radius: 2px; }
.lead { font-size: 1.6rem; line-height: 1.25; font-weight: 600; margin: .15rem 0 1rem; }
.lead.bad { color: var(--bad); }
.place, .about, .condition, .statement, .expected { color: var(--quiet); font-size: .875rem; }
h5 .place { font-weight: 400; }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 1.75rem; }
.facts > div { display: flex; gap: .5rem; max-width: 100%; align-items: baseline; }
.facts dt { color: var(--quiet); font-size: .875rem; white-space: nowrap; }
.facts dd { margin: 0; min-width: 0; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: 4px; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.badge.proved { color: var(--good); background: var(--good-box); }
.badge.conditional { color: var(--if); background: var(--if-box); }
.badge.supported { color: var(--info); background: var(--info-box); }
.badge.refuted, .badge.unreadable { color: var(--bad); background: var(--bad-box); }
.badge.undecided { color: var(--warn); background: var(--warn-box); }
.unexpected { color: var(--bad); font-size: .875rem; }
form { margin: 1.5rem 0 0; padding: .75rem 1rem; background: var(--box); border-radius: 6px; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; }
legend { float: left; padding: 0; margin-right: .25rem; font-weight: 600; }
label { white-space: nowrap; }
.search { display: block; margin-top: .6rem; white-space: normal; }
input[type=search] { font: inherit; width: 16rem; max-width: 100%; padding: .15rem .5rem; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; }
button { font: inherit; font-size: .875rem; padding: .1rem .6rem; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; cursor: pointer; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: baseline; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--quiet); font-size: .8rem; white-space: nowrap; }
.overview { width: 100%; }
.number { text-align: right; }
.claim { margin: 0 0 1.25rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 6px; }
.claim:target { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
.claim > header { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.about { margin: .15rem 0 0; }
.permalink { text-decoration: none; margin-left: auto; padding: 0 .35rem; }
.message, .note { padding: .5rem .75rem; background: var(--warn-box); border-radius: 4px; }
.note { background: var(--box); }
.counterexample, .suggestion { margin: .75rem 0; padding: .1rem .9rem .5rem; border-radius: 4px; background: var(--bad-box); }
.suggestion { background: var(--info-box); }
.counterexample h5, .suggestion h5 { margin-top: .5rem; }
.counterexample .facts dt, .counterexample .place, .suggestion .place, .counterexample thead th { color: var(--text); }
.counterexample pre, .values dd, .sequence td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .85rem; }
.values > div { display: flex; gap: .75rem; align-items: baseline; }
.values dt { flex: 0 0 4.5rem; font-weight: 600; white-space: nowrap; }
.values dd { margin: 0; min-width: 0; }
.values .claimed dt { color: var(--bad); }
.values .derived dt { color: var(--good); }
.sequence th, .sequence td { border-color: var(--quiet); white-space: nowrap; }
.sequence tr:last-child > * { border-bottom: 0; }
.worked table { margin: .5rem 0; }
.total > * { font-weight: 600; }
.figure { display: block; max-width: 100%; height: auto; margin: .6rem 0; border-radius: 4px; }
.scroll, .formula { overflow-x: auto; overflow-y: hidden; contain: paint; }
.formula { padding: .15rem 0; }
.formula .katex-display { margin: .3rem 0; text-align: left; }
.formula .katex-display > .katex { text-align: left; padding-right: .5rem; }
.katex { font-size: 1.1em; }
p > .katex, li > .katex, dd > .katex, dt > .katex { font-size: 1.05em; }
details { margin: .5rem 0; }
summary { cursor: pointer; font-size: .875rem; }
.steps > summary { font-weight: 600; }
.evidence, .problems { padding-left: 1.2rem; }
.unannotated { padding-left: 0; list-style: none; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  body { padding: 0 .75rem 3rem; }
  .lead { font-size: 1.3rem; }
  .wide { display: none; }
  .claim { padding: .75rem; }
  .counterexample, .suggestion { padding: .1rem .6rem .4rem; }
  .katex { font-size: 1em; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --box: #f5f6f8; --link: #000;
    --good: #12692d; --good-box: #fff; --bad: #b3151b; --bad-box: #fff; --warn: #7a5200; --warn-box: #fff; --info: #0b5c78; --info-box: #fff;
    --if: #5b3d99; --if-box: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, form, .permalink { display: none; }
  a { text-decoration: none; }
  pre { max-height: none; border: 1px solid var(--line); }
  .badge { padding: 0; }
  .claim { border-width: 1px 0 0; border-radius: 0; padding: .5rem 0; }
  .counterexample, .suggestion, .message, .note { border: 1px solid var(--line); }
  h3, h4, h5 { break-after: avoid; }
  .counterexample, .suggestion, .formula, tr { break-inside: avoid; }
  .formula, .scroll { overflow: visible; contain: none; }
  .katex { font-size: .95em; }
}
`;
