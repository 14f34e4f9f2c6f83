namespace ComposeLab.Engine.Execution;

/// <summary>How a command inside a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="Error">What it printed on standard error.</param>
public sealed record ExecResult(int ExitCode, string Output, string Error);
