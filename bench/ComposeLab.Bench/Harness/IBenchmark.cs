namespace ComposeLab.Bench.Harness;

/// <summary>One question about speed. A public class with a parameterless constructor is found by itself.</summary>
internal interface IBenchmark
{
    /// <summary>Its name on the command line, such as <c>config-warm</c>.</summary>
    string Name { get; }

    /// <summary>Its question, in one line.</summary>
    string Question { get; }

    /// <summary>Measures and reports.</summary>
    /// <param name="results">Receives a row for each figure.</param>
    /// <param name="token">Cancels the work.</param>
    /// <exception cref="BenchmarkUnavailableException">The machine lacks what it is measured against.</exception>
    Task RunAsync(ResultTable results, CancellationToken token);
}
