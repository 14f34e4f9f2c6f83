namespace ComposeLab.Bench.Harness;

/// <summary>A benchmark cannot be run on this machine.</summary>
/// <param name="message">What is missing.</param>
internal sealed class BenchmarkUnavailableException(string message) : Exception(message);
