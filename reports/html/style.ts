const light = `--paper:#ffffff;--ink:#1b1f24;--muted:#5b626c;--line:#d5d9df;--call:#1f5fa8;--bad:#b3261e;--good:#1f6f3d;--soft:#f3f5f8;--warn:#7a5600`
const dark = `--paper:#15181c;--ink:#e7eaee;--muted:#a2a9b3;--line:#363c44;--call:#7fb4f2;--bad:#ff9089;--good:#7fd19b;--soft:#1e2329;--warn:#d6b656`

/** Light and dark by the reader's system or choice; on paper always light. The names of the colours are those of the diagrams. */
export const style = `
:root{${light};color-scheme:light}
@media (prefers-color-scheme:dark){:root{${dark};color-scheme:dark}}
:root[data-theme=light]{${light};color-scheme:light}
:root[data-theme=dark]{${dark};color-scheme:dark}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .75rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1rem 0 .25rem}
a{color:var(--call)}a:focus-visible,button:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--call);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.lead{font-size:1.1rem;max-width:60rem}.muted{color:var(--muted)}
.verdict.conforms,.met{color:var(--good)}.verdict.deviates,.deviates{color:var(--bad)}.verdict.inconclusive,.expected,.unsettled{color:var(--warn)}
.deviates,.verdict{font-weight:bold}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0}
code,pre,td.id{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.85rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:.6rem .8rem;overflow-x:auto;margin:.4rem 0 1rem}
.scroll{overflow-x:auto;margin:.4rem 0 1rem}
.scroll svg.space-time{max-width:none}
table{border-collapse:collapse;font-size:.9rem}
caption{text-align:left;color:var(--muted);padding:.2rem 0}
th,td{border:1px solid var(--line);padding:.3rem .55rem;text-align:left;vertical-align:top}
thead th{background:var(--soft);position:sticky;top:0}
td.number{text-align:right;font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:4px;margin:.5rem 0;padding:0 .9rem}
details[open]{padding-bottom:.6rem}
summary{cursor:pointer;padding:.55rem 0;overflow-wrap:anywhere}
.sentence{display:block;padding-left:1.1rem;font-size:.9rem}details:not([open])>summary>.sentence{color:var(--muted)}
form[data-filters]{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem;align-items:end;margin:.5rem 0 1rem}
form[hidden]{display:none}
label{display:flex;flex-direction:column;font-size:.85rem;color:var(--muted)}
input,select,button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--muted);border-radius:4px;padding:.25rem .5rem}
button{cursor:pointer;font-size:.85rem}
header{position:relative}button.theme{position:absolute;top:.5rem;right:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.4rem 0}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){body{padding:.75rem .75rem 3rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}button.theme{position:static}}
@media print{:root,:root[data-theme]{${light};color-scheme:light}body{max-width:none;padding:0;font-size:10pt}
nav,form,button,.skip{display:none!important}thead th{position:static}.scroll,pre{overflow:visible}pre{white-space:pre-wrap}
.scroll svg.space-time{max-width:100%;height:auto}details{break-inside:avoid-page}}
`
