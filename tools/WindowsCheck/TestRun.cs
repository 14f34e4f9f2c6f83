using System.Reflection;
using System.Runtime.Loader;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace WindowsCheck;

/// <summary>Runs the xunit tests of an assembly that need no engine, in this process: the test host of the SDK does not run under Wine.</summary>
/// <param name="assembly">The path of the assembly.</param>
/// <param name="results">The file that receives a line for each test that did not pass, and the counts as its last line.</param>
/// <param name="exceptions">A file with tests that cannot hold on Windows: on each line the class and method (<c>*</c> for every method), a blank and the reason. One that
/// passes is a failure, unless its reason begins with <c>may</c>. A line that begins with a quote has words that failures contain, instead of a test.</param>
internal sealed class TestRun(string assembly, string results, string exceptions) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly List<ITestCase> _found = [];
    private readonly ManualResetEventSlim _discovered = new();
    private readonly ManualResetEventSlim _finished = new();
    private readonly Lock _writing = new();
    private readonly string[] _words = [.. File.ReadLines(exceptions).Where(line => line.StartsWith('"')).Select(line => line.Split('"')[1])];
    private readonly Dictionary<string, string> _exceptions = File.ReadLines(exceptions)
        .Where(line => line.Length > 0 && line[0] is not ('#' or '"'))
        .Select(line => line.Split(' ', 2))
        .ToDictionary(line => line[0], line => line.ElementAtOrDefault(1) ?? "");

    private readonly HashSet<string> _excused = [];
    private readonly List<string> _lines = [];
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <summary>Runs the tests.</summary>
    /// <returns>The exit code: 0 if none failed.</returns>
    public int Run()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assembly))!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        Directory.SetCurrentDirectory(folder);
        Assembly tests = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(assembly));
        using var framework = new XunitTestFramework(new MessageSink());
        var options = new Options();
        using (ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(tests)))
        {
            discoverer.Find(false, this, options);
            _discovered.Wait();
        }

        using (ITestFrameworkExecutor executor = framework.GetExecutor(tests.GetName()))
        {
            executor.RunTests(_found.Where(test => !test.Traits.ContainsKey("Needs")), this, options);
            _finished.Wait();
        }

        foreach (string name in _exceptions.Keys.Where(name =>
            _found.Any(test => NamesOf(test).Contains(name)) && !_excused.Contains(name) && !_exceptions[name].StartsWith("may ", StringComparison.Ordinal)))
        {
            Fail(name, $"It holds on Windows: remove it from {Path.GetFileName(exceptions)}.");
        }

        _lines.Add($"{_passed} passed, {_failed} failed, {_skipped} skipped");
        File.WriteAllLines(results, _lines);
        return _failed == 0 ? 0 : 1;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (_writing)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage { TestCase: { } found }:
                    _found.Add(found);
                    break;
                case IDiscoveryCompleteMessage:
                    _discovered.Set();
                    break;
                case ITestPassed:
                    _passed++;
                    break;
                case ITestSkipped:
                    _skipped++;
                    break;
                case ITestFailed failed when NamesOf(failed.TestCase).FirstOrDefault(_exceptions.ContainsKey) is { } excuse:
                    _excused.Add(excuse);
                    _skipped++;
                    break;
                case ITestFailed failed when _words.Any(words => ExceptionUtility.CombineMessages(failed).Contains(words, StringComparison.Ordinal)):
                    _skipped++;
                    break;
                case ITestFailed failed:
                    Fail(failed.Test.DisplayName, ExceptionUtility.CombineMessages(failed));
                    break;
                case IFailureInformation fault:
                    Fail(message.GetType().Name, ExceptionUtility.CombineMessages(fault));
                    break;
                case ITestAssemblyFinished:
                    _finished.Set();
                    break;
                default:
                    break;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _discovered.Dispose();
        _finished.Dispose();
    }

    private static string[] NamesOf(ITestCase test) => [$"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}", $"{test.TestMethod.TestClass.Class.Name}.*"];

    private void Fail(string name, string message)
    {
        _failed++;
        _lines.Add($"failed {name}: {string.Join(" | ", message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(6))}");
    }

    // The defaults of the framework.
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    private sealed class MessageSink : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => true;
    }
}
