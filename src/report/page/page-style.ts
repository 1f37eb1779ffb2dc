/** The style of the report: light and dark, narrow screens, print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --page: #fff; --text: #1b1d22; --quiet: #5a606b; --line: #d9dce2; --shade: #0004; --box: #f5f6f8; --link: #0b57a4;
  --good: #12692d; --good-box: #e6f4ea; --bad: #b3151b; --bad-box: #fcebea; --warn: #7a5200; --warn-box: #fdf3d8;
  --info: #0b5c78; --info-box: #e3f3f8; --if: #5b3d99; --if-box: #efe9fa; }
@media (prefers-color-scheme: dark) { :root {
  --page: #15171b; --text: #e4e6ea; --quiet: #a3a9b5; --line: #363a43; --shade: #fff4; --box: #1e2127; --link: #8ab8f5;
  --good: #7fd598; --good-box: #1a2c21; --bad: #ff9a94; --bad-box: #2f1d1f; --warn: #f0c466; --warn-box: #3a2d0c;
  --info: #7cd0e8; --info-box: #16272d; --if: #c9b6f7; --if-box: #261f3a; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; }
body { margin: 0 auto; max-width: 62rem; padding: 0 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; margin-top: .5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 600; margin: 1.75rem 0 .2rem; }
.edition { color: var(--quiet); margin: 0 0 1rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 600; color: var(--quiet); margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h4 { display: inline; font-size: 1.15rem; margin: 0; }
h5 { font-size: .8rem; font-weight: 600; margin: 1.25rem 0 .35rem; color: var(--text); }
p, ul, ol, dl { margin: .5rem 0; }
code, pre, .place, dd { font-variant-ligatures: none; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .85rem; }
pre { margin: .35rem 0; padding: .6rem .75rem; background: var(--box); border-radius: 4px; overflow: auto; white-space: pre-wrap; }
mark { color: var(--bad); background: var(--bad-box); outline: 1px solid var(--bad); border-radius: 2px; }
.lead { font-size: 1.2rem; line-height: 1.3; font-weight: 600; margin: .15rem 0 .75rem; }
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
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: nowrap; align-items: center; gap: .25rem .7rem; overflow-x: auto;
  margin: 1rem -1.25rem 0; padding: .45rem 1.25rem; background: var(--page); border-bottom: 1px solid var(--line); font-size: .875rem; }
label, output { white-space: nowrap; flex: none; }
input[type=search] { font: inherit; flex: 1 1 6rem; min-width: 6rem; max-width: 16rem; padding: .15rem .5rem; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; }
button { flex: none; font: inherit; font-size: .875rem; padding: .1rem .6rem; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 4px; cursor: pointer; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: baseline; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--quiet); font-size: .8rem; white-space: nowrap; }
ol.contents, .contents ul { list-style: none; margin: 0; padding: 0; }
.contents > li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
.contents > li > a { font-weight: 600; text-decoration: none; }
.contents ul { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sign { font-weight: 600; position: relative; }
.sign.proved { color: var(--good); } .sign.conditional { color: var(--if); } .sign.supported { color: var(--info); }
.sign.refuted, .sign.unreadable { color: var(--bad); } .sign.undecided { color: var(--warn); }
.top { position: fixed; right: 1rem; bottom: 1rem; padding: .2rem .6rem; background: var(--page); border: 1px solid var(--line); border-radius: 4px; text-decoration: none; }
.number { text-align: right; }
.claim { margin: 0 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px; }
.claim:target { border-color: var(--link); box-shadow: 0 0 0 1px var(--link); }
.claim > header { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.fold { margin: 0; }
.fold > summary { font-size: 1rem; }
.fold > summary .badge { margin: 0 .3rem; }
.permalink { float: right; margin: 0; padding: 0 .35rem; }
.permalink a { text-decoration: none; }
.message, .note { padding: .1rem .75rem; border-left: 3px solid var(--warn); }
.note { border-color: var(--line); }
.counterexample, .suggestion { margin: .75rem 0; padding: 0 .9rem; border-left: 3px solid var(--bad); }
.suggestion { border-color: var(--good); }
.counterexample h5, .suggestion h5 { margin-top: 0; }
.digits { display: inline-block; margin: 0; vertical-align: baseline; }
.digits > summary { font: inherit; }
.digits > span { white-space: normal; }
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
.scroll, .formula { overflow-x: auto; overflow-y: hidden; contain: paint;
  /* A shade at the side where more is. */
  background: linear-gradient(to right, var(--page) 40%, transparent) left / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--page) 40%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / .9rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) right / .9rem 100% no-repeat scroll; }
.formula { padding: .15rem 0; }
.formula .katex-display { margin: .3rem 0; text-align: left; }
.formula .katex-display > .katex { text-align: left; padding-right: .5rem; }
.narrow { display: none; }
.katex { font-size: 1.1em; }
p > .katex, li > .katex, dd > .katex, dt > .katex { font-size: 1.05em; }
.slip { color: var(--bad); background: var(--bad-box); outline: 1px solid var(--bad); border-radius: 2px; }
.repair { color: var(--good); background: var(--good-box); border-radius: 2px; }
del { color: var(--bad); } ins { color: var(--good); }
.reading { margin: .25rem 0 0; color: var(--quiet); font-size: .875rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; font-size: .875rem; }
.steps > summary { font-weight: 600; }
.evidence, .problems { padding-left: 1.2rem; }
.unannotated { padding-left: 0; list-style: none; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem; }
[hidden] { display: none !important; }
@media screen and (max-width: 40rem) {
  body { padding: 0 .75rem 3rem; }
  .lead { font-size: 1.3rem; }
  .broad { position: absolute; overflow: hidden; padding: 0; width: 1px; height: 1px; clip-path: inset(50%); }
  .broad .katex-html { display: none; }
  .narrow { display: block; }
  h1 { font-size: 1.5rem; }
  form { margin: 1rem -.75rem 0; padding: .45rem .75rem; }
  .claim { padding: .6rem .5rem; }
  .counterexample, .suggestion { padding: 0 .5rem; }
  .katex { font-size: 1em; }
  .formula > .katex-display > .katex { font-size: .9em; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --box: #f5f6f8; --link: #000;
    --good: #12692d; --good-box: #fff; --bad: #b3151b; --bad-box: #fff; --warn: #7a5200; --warn-box: #fff; --info: #0b5c78; --info-box: #fff;
    --if: #5b3d99; --if-box: #fff; }
  @page { size: A4; margin: 16mm 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.2; }
  h1 { font-size: 16pt; margin: 0; }
  h2 { font-size: 12pt; margin: 8pt 0 3pt; }
  h3 { font-size: 10.5pt; margin: 4pt 0 0; padding: 0; border: 0; }
  h3 .place { display: none; }
  h4, .fold > summary { font-size: 10pt; }
  h5 { font-size: 8.5pt; margin: 4pt 0 0; }
  p, ul, ol, dl, details, .counterexample, .suggestion { margin: 2pt 0; }
  .skip, form, nav, .permalink, .top, h2#claims, .again { display: none; }
  a { text-decoration: none; }
  pre { border: 1px solid var(--line); font-size: 7.5pt; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  details:not([open]):not(.digits), .counterexample > details:not([open]) { display: none; }
  /* A proof in short: the formula as understood, what it rests on. */
  .fold .counterpart, .fold .evidence-title, .fold .understood, .fold .evidence li:first-child { display: none; }
  .about, .condition, .place, .facts dt, .facts .katex, .reading, .note, .note .katex, .evidence .katex { font-size: 8pt; }
  .claim:not(:has(> .fold)) > header .about { flex: none; }
  .evidence { display: flex; flex-wrap: wrap; gap: 0 1em; list-style: none; padding: 0; font-size: 8pt; color: var(--quiet); }
  .facts { gap: 0 1.2em; font-size: 8pt; }
  .badge { padding: 0; }
  .claim { border-width: 1px 0 0; border-radius: 0; margin: 0; padding: 2pt 0; }
  .fold > summary .about .place { display: none; }
  h3, h4, h5, summary { break-after: avoid; }
  .formula, tr { break-inside: avoid; }
  .formula, .scroll { overflow: visible; contain: none; background: none; padding: 0; }
  .formula .katex-display { margin: 0; }
  .katex { font-size: 1em; }
  .figure { max-height: 45mm; width: auto; }
  footer { margin-top: 8pt; padding-top: 3pt; }
}
`;
