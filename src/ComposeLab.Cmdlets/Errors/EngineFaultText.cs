using System.Text;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Errors;

/// <summary>Describes what went wrong on the engine, with the collected evidence and without secrets.</summary>
internal static class EngineFaultText
{
    private const int ShownLogLines = 10;
    private const string Indent = "\n  ";

    /// <summary>Writes the message: the fault, every finding of the checks before a start, and the output of the failed container.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>One sentence, followed by a line for each finding or piece of evidence.</returns>
    public static string Of(EngineException fault)
    {
        var text = new StringBuilder(fault.Message);
        foreach (PreflightFinding finding in fault.Findings)
        {
            text.Append(Indent).Append(finding.Id).Append(": ").Append(ErrorLocation.Headline(finding.File, finding.Line, finding.Column, finding.Message));
        }

        if (fault.Evidence is { } evidence)
        {
            Append(text, evidence);
        }

        return SecretMask.Standard.MaskText(text.ToString());
    }

    /// <summary>Writes the recommended action: the fault's own, or that of each finding.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="typed">Writes a command as it is typed for the project at hand.</param>
    /// <returns>One action per line.</returns>
    public static string Recommendation(EngineException fault, Func<string, string> typed) => fault.Findings.Count == 0
        ? RemedyText.Of(fault.Recommendation, fault.Remedies, typed)
        : string.Join('\n', fault.Findings.Select(finding => RemedyText.Of(finding.Recommendation, finding.Remedies, typed)).Distinct(StringComparer.Ordinal));

    private static void Append(StringBuilder text, ServiceEvidence evidence)
    {
        if (evidence.ExitCode is { } code)
        {
            text.Append(Indent).Append(evidence.Container).Append(" exited with code ").Append(code)
                .Append(evidence.OutOfMemory ? ", killed because it ran out of memory" : "");
        }

        if (evidence.Probes is [.., HealthProbe last])
        {
            string output = last.Output.Trim();
            text.Append(Indent).Append("last probe: exit code ").Append(last.ExitCode)
                .Append(output.Length == 0 ? ", no output" : $": {output.ReplaceLineEndings(Indent + "  ")}");
        }

        foreach (string line in evidence.LogTail.TakeLast(ShownLogLines))
        {
            text.Append(Indent).Append("log: ").Append(line.TrimEnd());
        }
    }
}
