namespace ComposeLab.Reporting;

/// <summary>The style sheet of a report, with a light and a dark mode.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public static RawHtml Sheet { get; } = new("""
        :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --text: #1b1f24; --faint: #5a6472; --edge: #d8dde4;
          --good: #18794e; --bad: #c4320a; --wait: #a15c00; --calm: #64748b; --bar: #3b76d6; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #12151a; --card: #1b2027; --text: #e8ebef; --faint: #9aa5b3; --edge: #333b46;
            --good: #4cc38a; --bad: #ff8a66; --wait: #f0b357; --calm: #94a3b8; --bar: #6aa1f4; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 28px 20px 48px; max-width: 1080px; overflow-wrap: break-word; background: var(--page); color: var(--text);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        h1 { font-size: 26px; margin: 0; } h2 { font-size: 17px; margin: 30px 0 10px; } p { margin: 4px 0; }
        .faint { color: var(--faint); }
        .card { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 14px 16px; overflow-x: auto; }
        .sums { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 18px; }
        .sum { flex: 1 1 150px; background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 10px 16px; }
        .sum b { display: block; font-size: 24px; line-height: 1.3; }
        table { border-collapse: collapse; width: 100%; } table.even { table-layout: fixed; } .even td { overflow-wrap: anywhere; }
        th { text-align: left; font-weight: 600; color: var(--faint); font-size: 13px; }
        th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
        tr:last-child td { border-bottom: 0; } .number { text-align: right; white-space: nowrap; }
        code, .path { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; overflow-wrap: break-word; }
        pre { margin: 4px 0 10px; font: 13px/1.45 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; } pre:empty { display: none; }
        .word { font-weight: 600; white-space: nowrap; } .Good, .Done { color: var(--good); } .Bad, .Error { color: var(--bad); }
        .Waiting, .Warning { color: var(--wait); } .Absent, .Unknown, .Information { color: var(--calm); }
        .fault { border-color: var(--bad); } .bar { background: var(--bar); height: 12px; border-radius: 3px; }
        .track { width: 40%; min-width: 120px; padding-top: 11px; } .whole { white-space: nowrap; }
        svg.topology { max-width: 100%; height: auto; display: block; margin: 0 auto; } svg text { fill: var(--text); font-size: 12px; }
        svg .name { font-weight: 600; font-size: 15px; } svg .fact, svg .condition { fill: var(--faint); } svg .condition { text-anchor: end; font-size: 11px; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
        svg .line { fill: none; stroke: var(--calm); stroke-width: 1.5; } svg .ServiceStarted { stroke-dasharray: 5 4; } svg marker path { fill: var(--calm); }
        svg .box { fill: var(--card); stroke: var(--edge); stroke-width: 1.5; } svg .box.Bad { stroke: var(--bad); } svg .box.Good, svg .box.Done { stroke: var(--good); }
        svg .lamp { fill: var(--calm); } svg .lamp.Good, svg .lamp.Done { fill: var(--good); } svg .lamp.Bad { fill: var(--bad); } svg .lamp.Waiting { fill: var(--wait); }
        @media (max-width: 680px) {
          svg.topology { min-width: 0 !important; } tr, td { display: block; } tr:has(th) { display: none; } .whole { white-space: normal; } tr { padding: 8px 0; border-bottom: 1px solid var(--edge); } tr:last-child { border-bottom: 0; }
          td { padding: 1px 0; border-bottom: 0; overflow-wrap: anywhere; } .lead { font-weight: 600; } td:empty { display: none; }
          .number { text-align: left; } td[data-name]:not(:empty)::before { content: attr(data-name) " "; color: var(--faint); font: 13px system-ui, sans-serif; } .track { width: 100%; padding-top: 6px; } }
        @media print { body { max-width: none; } .card, .sum { break-inside: avoid; } }
        """);
}
