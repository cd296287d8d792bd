[#ftl output_format="HTML" strip_whitespace=true]
[#assign summary = report.summary noun = report.noun]
[#assign check = report.verification!{}]
[#assign verified = report.verification??]
[#assign verdictNames = {
  "identical": "identical",
  "different": "different",
  "failed": "does not rebuild",
  "damaged": "damaged",
  "unknown": "unknown",
  "unverified": "not verified"
}]
[#assign verdictSigns = {
  "identical": "✓", "different": "≠", "failed": "✗", "damaged": "✗", "unknown": "?", "unverified": "–"
}]
[#assign kindNames = {
  "library": "library", "program": "program or member", "script": "build script", "run": "build script’s run",
  "step": "step after the build", "other": "other"
}]
[#function anchor text][#return text?replace("[^A-Za-z0-9]", "-", "r")][/#function]
[#function size bytes]
  [#if bytes < 1000][#return bytes + " B"][/#if]
  [#if bytes < 1000000][#return (bytes / 1000)?string("0.#") + " kB"][/#if]
  [#if bytes < 1000000000][#return (bytes / 1000000)?string("0.#") + " MB"][/#if]
  [#return (bytes / 1000000000)?string("0.##") + " GB"]
[/#function]
[#function time seconds]
  [#if seconds < 10][#return seconds?string("0.00") + " s"][/#if]
  [#if seconds < 60][#return seconds?string("0.0") + " s"][/#if]
  [#local whole = seconds?round]
  [#return (whole / 60)?int + " min " + (whole % 60) + " s"]
[/#function]
[#function count number noun][#return number + " " + noun + (number == 1)?string("", "s")][/#function]
[#function place x][#return x?string("0.##")][/#function]
[#macro verdict name]<span class="verdict [=name]"><span aria-hidden="true">[=verdictSigns[name]!"?"]</span> [=verdictNames[name]!name]</span>[/#macro]
[#assign rulings = {
  "needed": "✓ allowed: the " + noun + " differs",
  "not_needed": "✗ refused: the " + noun + " does not differ, so remove the entry",
  "expired": "✗ refused: the entry has expired",
  "unknown": "? unknown whether the " + noun + " differs"
}]
[#macro link id]<a href="#package-[=anchor(id)]">[=id]</a>[/#macro]
[#assign evidence = []]
[#list check.outputs![] as output]
  [#if output.verdict != "identical"][#assign evidence = evidence + [output]][/#if]
[/#list]
[#assign policy = check.policy![]]
[#assign refused = policy?filter(entry -> entry.state == "expired" || entry.state == "not_needed")]
[#assign accepted = evidence?filter(output -> !output.allowed??)?size == 0]
[#assign strangers = (check.otherStore.differences)![]]
[#assign strangers = strangers?filter(difference -> difference.verdict == "root" && !difference.allowed??)]
[#assign titles = {
  "passed": (summary.different == 0)?then("Every rebuild was identical", "Passed, with allowed differences"),
  "failed": accepted?then(
    strangers?has_content?then("The build in another store was different", "The policy does not fit the build"),
    count(summary.different, "output") + (summary.different == 1)?then(" is", " are") + " not the same when rebuilt"
  ),
  "cannot_tell": "Cannot tell whether the build is reproducible",
  "unverified": "Built, not verified"
}]
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>[=report.project.name] [=report.project.version]: build report</title>
<style>
:root {
  --page: #f6f6f4; --card: #ffffff; --text: #1c1f24; --soft: #5a616c; --line: #dedfe2; --link: #1f55b5; --mark: #fff3c4;
  --good: #17703f; --good-back: #e0f3e7; --bad: #b3203c; --bad-back: #fde5e8; --doubt: #7d5600; --doubt-back: #fdf0d1; --none: #5a616c; --none-back: #ececee;
  --library: #4a7bd0; --program: #1f9070; --script: #c27a15; --run: #e3b04b; --step: #8b62c8; --other: #9aa0aa; --edge: #b5bac3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15171b; --card: #1d2025; --text: #e7e9ec; --soft: #a2a9b4; --line: #33373f; --link: #8ab4ff; --mark: #4a4014;
    --good: #6fd19a; --good-back: #16352a; --bad: #ff8d9d; --bad-back: #43202a; --doubt: #efc15c; --doubt-back: #3d3013; --none: #a2a9b4; --none-back: #2b2f36;
    --library: #6f9cf0; --program: #3cc09a; --script: #e09b3d; --run: #f0cc7a; --step: #b391ea; --other: #7d8490; --edge: #565c67;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 4rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3 { line-height: 1.2; margin: 0; font-weight: 650; }
h1 { font-size: 1.15rem; }
h2 { font-size: 1.3rem; margin-bottom: 0.75rem; }
h3 { font-size: 1.05rem; }
p { margin: 0.4rem 0; max-width: 100ch; }
code, pre, .mono { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace; font-size: 0.85em; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: 0.5rem 1rem; z-index: 3; }
header.page, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
header.page { padding-top: 2rem; }
nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); margin-top: 1.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.4rem; list-style: none; margin: 0 auto; padding: 0.7rem 1.25rem; max-width: 78rem; }
nav a { text-decoration: none; font-weight: 550; }
nav a:hover { text-decoration: underline; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; margin: 1.25rem 0; }
.outcome { border-radius: 10px; padding: 1.1rem 1.25rem; margin-top: 0.9rem; border: 1px solid; }
.outcome h2 { margin: 0; font-size: 1.55rem; }
.outcome p, .outcome table { color: var(--text); }
.outcome table { margin-top: 0.6rem; }
time { white-space: nowrap; }
.outcome.passed { background: var(--good-back); color: var(--good); }
.outcome.failed { background: var(--bad-back); color: var(--bad); }
.outcome.cannot_tell, .outcome.allowed { background: var(--doubt-back); color: var(--doubt); }
.outcome.unverified { background: var(--none-back); color: var(--none); }
dl.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.9rem; margin: 0.9rem 0 0; }
dl.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.7rem 1rem; }
dl.tiles dt { color: var(--soft); font-size: 0.85rem; }
dl.tiles small { font-size: 0.85rem; font-weight: 400; color: var(--soft); }
dl.tiles dd { margin: 0; font-size: 1.35rem; font-weight: 620; font-variant-numeric: tabular-nums; }
.verdict { display: inline-block; white-space: nowrap; border-radius: 99px; padding: 0.05rem 0.6rem; font-size: 0.85rem; font-weight: 600; background: var(--none-back); color: var(--none); }
.verdict.identical { background: var(--good-back); color: var(--good); }
.verdict.different, .verdict.failed, .verdict.damaged { background: var(--bad-back); color: var(--bad); }
.verdict.unknown { background: var(--doubt-back); color: var(--doubt); }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: 0.05rem 0.6rem; font-size: 0.85rem; }
.scroll { overflow: auto; max-height: 44rem; border: 1px solid var(--line); border-radius: 6px; }
.scroll svg { display: block; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.4rem 0.7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-size: 0.85rem; font-weight: 600; }
tbody th { color: inherit; font-size: inherit; font-weight: 550; }
.scroll thead th { position: sticky; top: 0; background: var(--card); box-shadow: 0 1px 0 var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr:target, article:target { background: var(--mark); }
summary { cursor: pointer; }
details > ul { margin: 0.4rem 0; padding-left: 1.2rem; }
ul.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; list-style: none; padding: 0; margin: 0.6rem 0; font-size: 0.9rem; }
ul.legend span { display: inline-block; width: 0.85rem; height: 0.85rem; border-radius: 3px; margin-right: 0.4rem; vertical-align: -0.08rem; }
article { border-left: 4px solid var(--bad); padding: 0.2rem 0 0.2rem 1rem; margin: 1.2rem 0 0; }
article.allowed { border-color: var(--doubt); }
article dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0.6rem 0; }
article dt { color: var(--soft); }
article dd { margin: 0; min-width: 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0.8rem; }
pre { margin: 0.2rem 0; padding: 0.6rem 0.8rem; background: var(--none-back); border-radius: 6px; white-space: pre-wrap; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--text); }
svg .area { fill: var(--library); opacity: 0.25; }
.library { background: var(--library); } .program { background: var(--program); } .script { background: var(--script); }
.run { background: var(--run); } .step { background: var(--step); } .other { background: var(--other); } .bar.broken { background: var(--bad); }
.timeline { min-width: 0; padding: 0.4rem 0.7rem; overflow-x: clip; }
.timeline svg { display: block; }
.axis { color: var(--soft); font-size: 0.75rem; margin: 0; }
.ticks { position: relative; height: 1.4rem; border-top: 1px solid var(--line); margin-bottom: 0.3rem; }
.ticks span { position: absolute; padding-left: 0.2rem; border-left: 1px solid var(--line); color: var(--soft); font-size: 0.7rem; white-space: nowrap; }
.lane { position: relative; height: 1.15rem; font-size: 0.78rem; line-height: 1rem; }
.lane .bar { position: absolute; left: var(--x); width: max(2px, calc(var(--end) - var(--x))); top: 0.05rem; height: 0.9rem; border-radius: 3px; }
.lane .label { position: absolute; white-space: nowrap; z-index: 1; }
.lane.after .label { left: calc(var(--end) + 6px); }
.lane.before .label { right: calc(100% - var(--x) + 6px); }
.lane.inside .label { left: calc(var(--x) + 6px); color: var(--card); }
.lane.inside .axis { color: inherit; }
td.share { width: 50%; }
details.canaries { margin-top: 1rem; }
svg .edge { fill: none; stroke: var(--edge); stroke-width: 1.2; }
svg .node rect { fill: var(--card); stroke: var(--line); }
svg .node .side { fill: var(--none); stroke: none; }
svg .node .side.identical { fill: var(--good); }
svg .node .side.different, svg .node .side.failed, svg .node .side.damaged { fill: var(--bad); }
svg .node .side.unknown { fill: var(--doubt); }
svg .node.different rect:first-child, svg .node.failed rect:first-child, svg .node.damaged rect:first-child { fill: var(--bad-back); }
svg a:hover rect:first-child { stroke: var(--link); stroke-width: 2; }
svg a:focus { outline: none; }
svg a:focus-visible rect:first-child { stroke: var(--link); stroke-width: 3; }
.meter { display: inline-block; height: 0.6rem; background: var(--library); border-radius: 3px; vertical-align: 0.05rem; min-width: 2px; }
footer { color: var(--soft); padding-bottom: 3rem; font-size: 0.9rem; }
@media (max-width: 600px) {
  header.page, main, footer, nav ul { padding-left: 0.7rem; padding-right: 0.7rem; }
  nav { position: static; }
  section { padding: 0.8rem; }
  dl.tiles { grid-template-columns: 1fr 1fr; gap: 0.6rem; }
  article dl, .pair { grid-template-columns: 1fr; }
  .scroll { max-height: none; overflow: visible; border: 0; }
  .scroll.wide { overflow-x: auto; }
  table, tbody, tr, td, tbody th { display: block; border: 0; padding: 0; }
  thead { position: absolute; left: -99rem; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  td.number, td.share { text-align: left; width: auto; white-space: normal; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-size: 0.85rem; }
  .timeline { padding: 0; }
  .ticks span:nth-child(even) { display: none; }
  .lane { height: auto; padding-bottom: 0.35rem; }
  .lane .label, .lane.inside .label { position: static; display: block; margin-left: min(var(--x), 40%); color: inherit; overflow: hidden; text-overflow: ellipsis; }
  .lane .bar { position: relative; display: block; top: 0; height: 0.5rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --link: #000; --good: #17703f; --good-back: #fff; --bad: #b3203c; --bad-back: #fff; --doubt: #7d5600; --doubt-back: #fff; --none: #444; --none-back: #fff; --mark: #fff; --edge: #999; }
  body { font-size: 10pt; }
  nav, .skip { display: none; }
  section { border: 0; padding: 0; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  .scroll svg { width: 100%; height: auto; }
  .scroll thead th { position: static; }
  .verdict, .chip { border: 1px solid; }
  a { text-decoration: none; }
  h2, h3 { break-after: avoid; }
  tr, article, .tiles div { break-inside: avoid; }
  * { print-color-adjust: exact; }
}
</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header class="page">
  <h1>[=report.project.name] <span class="soft">[=report.project.version]</span></h1>
  <div class="outcome [=report.outcome]">
    <h2>[=titles[report.outcome]!report.outcome]</h2>
    [#if verified]
      <p>[=check.tried!""].</p>
    [#else]
      <p>To find out whether the build is reproducible, run <code>mvn nix:verify</code>.</p>
    [/#if]
  </div>
  [#if policy?has_content]
  <section id="policy" class="outcome [=refused?has_content?then("failed", "allowed")]" aria-labelledby="policy-title" tabindex="-1">
    <h2 id="policy-title">[=refused?has_content?then(
      "The policy does not fit: change " + count(refused?size, "entry")?replace("entrys", "entries"),
      "The policy: " + count(policy?size, "entry")?replace("entrys", "entries"))]</h2>
    <table>
      <thead><tr><th scope="col">Crate</th><th scope="col">Decision</th><th scope="col">Until</th><th scope="col">Reason</th><th scope="col">Entry</th></tr></thead>
      <tbody>
      [#list policy as entry]
        [#assign meant = report.packages?filter(one -> one.name == entry.package && (!entry.version?? || one.version == entry.version))]
        <tr>
          <th scope="row">[#list meant as one][@link id=one.id /][#sep], [#else][=entry.package][/#list]</th>
          <td>[=rulings[entry.state]!entry.state]</td><td><time>[=entry.until]</time></td><td>[=entry.reason]</td><td><code>[=entry.place]</code></td>
        </tr>
      [/#list]
      </tbody>
    </table>
  </section>
  [/#if]
  <dl class="tiles">
    <div><dt>[=noun?cap_first]s</dt><dd>[=summary.packages] <small>by [=count(summary.derivations, "derivation")]</small></dd></div>
    <div><dt>Built in this run</dt><dd>[=summary.built]</dd></div>
    <div><dt>Reused</dt><dd>[=summary.reused]</dd></div>
    <div><dt>Size of all [=noun]s</dt><dd>[=size(summary.bytes)]</dd></div>
    [#if verified]
      [#assign rebuilt = report.packages?filter(one -> one.verdict != "unverified")]
      <div><dt>Identical when rebuilt</dt><dd>[=rebuilt?filter(one -> one.verdict == "identical")?size] <small>of [=count(rebuilt?size, noun)]</small></dd></div>
    [/#if]
  </dl>
</header>
<nav aria-label="Sections">
  <ul>
    [#if verified]
      [#if policy?has_content]<li><a href="#policy">Policy</a></li>[/#if]
      [#if evidence?has_content]<li><a href="#evidence">Differences</a></li>[/#if]
      <li><a href="#method">What was tried</a></li>
    [/#if]
    <li><a href="#outputs">Outputs</a></li>
    <li><a href="#timeline">Timeline</a></li>
    <li><a href="#graph">Graph</a></li>
    <li><a href="#packages">[=noun?cap_first]s</a></li>
    <li><a href="#licences">Licences</a></li>
  </ul>
</nav>
<main id="main" tabindex="-1">
[#if evidence?has_content]
<section id="evidence" aria-labelledby="evidence-title" tabindex="-1">
  <h2 id="evidence-title">Differences</h2>
  <p class="soft">Each output was rebuilt with the inputs in the store, so a difference here has its cause in the [=noun] itself.</p>
  [#list evidence as output]
  <article id="output-[=anchor(output.output)]"[#if output.allowed??] class="allowed"[/#if]>
    <h3>
      [#if output.name??]<a href="#package-[=anchor(output.name + " " + output.version)]">[=output.label]</a>[#else][=output.label][/#if]
      [@verdict name=output.verdict /]
      [#list output.causes![] as cause]<span class="chip">[=cause]</span> [/#list]
    </h3>
    <p>[=output.reason!""]</p>
    [#if output.advice??]<p><strong>How to fix it:</strong> [=output.advice]</p>[/#if]
    [#if output.allowed??]<p><strong>Allowed until [=output.allowed.until]:</strong> [=output.allowed.reason]</p>[/#if]
    [#if output.firstDifference??]
      [#assign first = output.firstDifference]
      <dl>
        <dt>File</dt><dd><code>[=(first.file! == "")?then(".", first.file!)]</code>[#if first.offset??], byte [=first.offset][/#if]</dd>
        [#if first.place?has_content]<dt>Place</dt><dd>[=first.place]</dd>[/#if]
      </dl>
      [#if first.before?has_content || first.after?has_content]
        <div class="pair">
          <div><span class="soft">In the store</span><pre>[=first.before!""]</pre></div>
          <div><span class="soft">Rebuilt</span><pre>[=first.after!""]</pre></div>
        </div>
      [/#if]
    [/#if]
    <dl>
      <dt>In the store</dt><dd><code>[=output.output]</code><br><code class="soft">[=output.narHash], [=output.narSize] bytes</code></dd>
      [#if output.rebuilt??]
        <dt>Rebuilt</dt><dd><code>[=output.rebuilt.copy]</code><br><code class="soft">[=output.rebuilt.narHash], [=output.rebuilt.narSize] bytes</code></dd>
        <dt>To look into it</dt><dd><code>diffoscope [=output.output] [=output.rebuilt.copy]</code></dd>
      [#else]
        <dt>To look into it</dt><dd><code>nix-store --read-log [=output.derivation]</code></dd>
      [/#if]
    </dl>
    [#if output.firstDifference?? && output.firstDifference.diffoscope??]
      <p>diffoscope’s page: <code>[=output.firstDifference.diffoscope]</code></p>
    [/#if]
    [#if output.notes?has_content]
      <details><summary>Contents that often make builds differ ([=output.notes?size])</summary>
        <ul>[#list output.notes as note]<li>[=note.kind]: <code>[=note.text]</code> in <code>[=note.file]</code>, byte [=note.offset][#if note.place?has_content] ([=note.place])[/#if]</li>[/#list]</ul>
      </details>
    [/#if]
  </article>
  [/#list]
</section>
[/#if]
[#if verified]
<section id="method" aria-labelledby="method-title" tabindex="-1">
  <h2 id="method-title">What was tried</h2>
  [#if check.axes?has_content]
  <table>
    <thead><tr><th scope="col">Varied</th><th scope="col">Tried</th><th scope="col">How</th></tr></thead>
    <tbody>
    [#list check.axes as axis]
      <tr><th scope="row">[=axis.axis]</th><td>[=axis.tried?then("✓ yes", "– no")]</td><td>[=axis.detail!""]</td></tr>
    [/#list]
    </tbody>
  </table>
  [/#if]
  [#if check.canaries?has_content]
  [#assign well = check.canaries?filter(canary -> canary.good)?size]
  <details class="canaries"[#if well < check.canaries?size] open[/#if]>
    <summary>Canaries: [=well] of [=check.canaries?size] as expected</summary>
    <p class="soft">Small derivations with planted differences are built first. If one is not detected, the whole result is unreliable.</p>
    <table>
      [#assign detailed = check.canaries?filter(canary -> canary.detail?has_content)?has_content]
      <thead><tr><th scope="col">Planted</th><th scope="col">Result</th>[#if detailed]<th scope="col">Detail</th>[/#if]</tr></thead>
      <tbody>
      [#list check.canaries as canary]
        <tr><th scope="row">[=canary.axis!"nothing"]</th><td>[=canary.good?then("✓ as expected", "✗ not as expected")]</td>[#if detailed]<td>[=canary.detail!""]</td>[/#if]</tr>
      [/#list]
      </tbody>
    </table>
  </details>
  [/#if]
  [#if check.otherStore??]
  <h3 style="margin-top: 1.2rem">Another store</h3>
  <p>[=check.otherStore.compared] paths were built again in <code>[=check.otherStore.store]</code>; [=check.otherStore.differences?size] differ.</p>
  [#if check.otherStore.differences?has_content]
    <ul>[#list check.otherStore.differences as difference]<li>[=difference.label]: [=difference.verdict], <code>[=difference.output]</code></li>[/#list]</ul>
  [/#if]
  [/#if]
</section>
[/#if]
<section id="outputs" aria-labelledby="outputs-title" tabindex="-1">
  <h2 id="outputs-title">Outputs</h2>
  [#list report.members as member]
  <h3>[=member.member] <span class="soft">[=member.target]</span></h3>
  <p><code>[=member.output]</code></p>
  <div class="scroll" tabindex="0" role="region" aria-label="Files of [=member.member]">
  <table>
    <thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead>
    <tbody>
    [#list member.files as file]
      <tr><td><code>[=file.path]</code></td><td class="number" data-label="Size">[=size(file.size)]</td><td data-label="SHA-256"><code>[=file.sha256]</code></td></tr>
    [/#list]
    </tbody>
  </table>
  </div>
  [#else]
  <p>Nothing was built.</p>
  [/#list]
</section>
<section id="timeline" aria-labelledby="timeline-title" tabindex="-1">
  <h2 id="timeline-title">Timeline</h2>
  [#if report.timeline??]
  [#assign chart = report.timeline]
  [#if chart.thisRun]
    <p>[=count(chart.bars?size, "derivation")] built in [=time(chart.seconds)], from [=chart.started?replace("T", " ")?replace("\\..*Z|Z", " UTC", "r")]. Everything else was reused.</p>
  [#else]
    <p>Everything was reused in this run. This is the last build that built something, from [=chart.started?replace("T", " ")?replace("\\..*Z|Z", " UTC", "r")]: [=count(chart.bars?size, "derivation")] in [=time(chart.seconds)].</p>
  [/#if]
  [#assign total = (chart.seconds < 0.01)?then(0.01, chart.seconds)]
  [#assign step = 3600]
  [#list [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800] as candidate]
    [#if total / candidate <= 10][#assign step = candidate][#break][/#if]
  [/#list]
  [#assign most = 1]
  [#list chart.steps as change][#if change.builders > most][#assign most = change.builders][/#if][/#list]
  <ul class="legend">
    [#list kindNames as kind, name]
      [#if chart.bars?filter(bar -> bar.kind == kind)?has_content]<li><span class="swatch [=kind]" aria-hidden="true"></span>[=name]</li>[/#if]
    [/#list]
  </ul>
  <div class="scroll" tabindex="0" role="region" aria-label="Timeline, by start; the table of [=noun]s has the same numbers">
  <div class="timeline">
    <p class="axis">Builders at once, up to [=most]</p>
    <svg viewBox="0 0 1000 50" preserveAspectRatio="none" width="100%" height="50" role="img" aria-label="Up to [=count(most, "builder")] at once">
      <path class="area" d="M0 50[#list chart.steps as change]H[=place(change.at * 1000 / total)]V[=place(50 - change.builders * 48 / most)][/#list]V50Z"/>
    </svg>
    <div class="ticks" aria-hidden="true">
      [#list 0..((total / step)?floor) as tick]<span style="left: [=place(tick * step * 100 / total)]%">[=(tick * step)?string("0.##")] s</span>[/#list]
    </div>
    [#list chart.bars as bar]
      [#assign x = bar.start * 100 / total]
      [#assign end = (bar.start + bar.seconds) * 100 / total]
      [#assign side = (end < 72)?then("after", (x > 35)?then("before", "inside"))]
      <div class="lane [=side]" style="--x: [=place(x)]%; --end: [=place(end)]%" title="[=bar.label]: [=time(bar.seconds)], from [=time(bar.start)][=bar.failed?then(", failed", "")]">
        <span class="label">[=bar.failed?then("✗ ", "")][=bar.label] <span class="axis">[=time(bar.seconds)]</span></span><span class="bar [=bar.kind][=bar.failed?then(" broken", "")]"></span>
      </div>
    [/#list]
  </div>
  </div>
  [#else]
  <p>Everything was in the store already. The build times are not known.</p>
  [/#if]
</section>
<section id="graph" aria-labelledby="graph-title" tabindex="-1">
  <h2 id="graph-title">Graph</h2>
  <p class="soft">Each [=noun] is to the left of its dependencies. Edges that a longer path implies are omitted. Click a [=noun] to see its row below.</p>
  [#assign column = 210]
  [#assign line = 30]
  [#assign graphWidth = graph.columns * column + 10]
  [#assign graphHeight = graph.rows * line + 14]
  <div class="scroll wide" tabindex="0" role="region" aria-label="Graph of [=noun]s">
  <svg viewBox="0 0 [=graphWidth] [=graphHeight]" width="[=graphWidth]" height="[=graphHeight]" role="group" aria-label="[=count(graph.nodes?size, noun)] in [=count(graph.columns, "column")]">
    [#list graph.edges as edge]
      [#assign x1 = edge.from.column * column + 180]
      [#assign y1 = edge.from.row * line + 20]
      [#assign x2 = edge.to.column * column + 10]
      [#assign y2 = edge.to.row * line + 20]
      <path class="edge" d="M[=x1] [=y1]C[=x1 + 28] [=y1] [=x2 - 28] [=y2] [=x2] [=y2]"/>
    [/#list]
    [#list graph.nodes as node]
      [#assign x = node.column * column + 10]
      [#assign y = node.row * line + 9]
      <a class="node [=node.verdict]" href="#package-[=anchor(node.id)]" aria-label="[=node.id], [=verdictNames[node.verdict]!node.verdict]">
        <rect x="[=x]" y="[=y]" width="170" height="22" rx="4"/>
        <rect class="side [=node.verdict]" x="[=x]" y="[=y]" width="5" height="22" rx="2"/>
        <text x="[=x + 11]" y="[=y + 15]">[=(node.id?length > 25)?then(node.id[0..*24] + "…", node.id)]</text>
        <title>[=node.id]: [=verdictNames[node.verdict]!node.verdict]</title>
      </a>
    [/#list]
  </svg>
  </div>
</section>
<section id="packages" aria-labelledby="packages-title" tabindex="-1">
  <h2 id="packages-title">[=noun?cap_first]s</h2>
  <div class="scroll" tabindex="0" role="region" aria-label="Table of [=noun]s">
  <table>
    <thead><tr>
      <th scope="col">Crate</th><th scope="col">Verdict</th><th scope="col">Licence</th><th scope="col" class="number">Builders’ time</th><th scope="col" class="number">Size</th><th scope="col">Built from, and into</th>
    </tr></thead>
    <tbody>
    [#list report.packages as one]
      <tr id="package-[=anchor(one.id)]">
        <th scope="row">[=one.name] <span class="soft">[=one.version]</span></th>
        <td>[@verdict name=one.verdict /]</td>
        <td data-label="Licence">[=one.license!"–"]</td>
        <td class="number" data-label="Builders’ time">[#if one.seconds??][=time(one.seconds)][#else]–[/#if][#if !one.built] <span class="soft">reused</span>[/#if]</td>
        <td class="number" data-label="Size">[=size(one.bytes)]</td>
        <td data-label="Built from, and into">
          <details>
            <summary>[=one.dependencies?size] and [=one.dependents?size]</summary>
            [#if one.dependencies?has_content]<p>From: [#list one.dependencies as id][@link id=id /][#sep], [/#list]</p>[/#if]
            [#if one.dependents?has_content]<p>Into: [#list one.dependents as id][@link id=id /][#sep], [/#list]</p>[/#if]
            <ul>
            [#list one.parts as part]
              <li>[=part.label][#if part.output??]<br><code>[=part.output]</code>[/#if][#if part.narHash??]<br><code class="soft">[=part.narHash], [=part.bytes] bytes</code>[/#if]</li>
            [/#list]
            </ul>
          </details>
        </td>
      </tr>
    [/#list]
    </tbody>
  </table>
  </div>
</section>
<section id="licences" aria-labelledby="licences-title" tabindex="-1">
  <h2 id="licences-title">Licences</h2>
  <p class="soft">From the [=noun]s’ manifests. <code>nix:sbom</code> writes them in a machine-readable form.</p>
  [#assign byLicence = {}]
  [#list report.packages as one]
    [#assign licence = one.license!"none named"]
    [#assign byLicence = byLicence + {licence: (byLicence[licence]!0) + 1}]
  [/#list]
  <table>
    <thead><tr><th scope="col">Licence</th><th scope="col" class="number">Crates</th><th scope="col"><span class="soft">Share</span></th></tr></thead>
    <tbody>
    [#list byLicence?keys?sort as licence]
      <tr><th scope="row">[=licence]</th><td class="number" data-label="[=noun?cap_first]s">[=byLicence[licence]]</td><td class="share"><span class="meter" style="width: [=place(byLicence[licence] * 100 / summary.packages)]%"></span></td></tr>
    [/#list]
    </tbody>
  </table>
</section>
</main>
<footer>
  <p>Written by nix-maven-plugin. <a href="report.json">report.json</a> contains the same data.</p>
</footer>
</body>
</html>
