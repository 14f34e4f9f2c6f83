using System.Management.Automation;
using System.Management.Automation.Host;

namespace ComposeLab.Shell.Specs;

/// <summary>A run of spec files: what was found, where discovery stands, how it went.</summary>
internal sealed class SpecRun
{
    /// <summary>The variable by which the words of a spec find their run.</summary>
    public const string Variable = "____SpecRun";

    private readonly PSHostUserInterface _screen;
    private readonly List<SpecBlock> _files = [];

    /// <summary>Creates a run.</summary>
    /// <param name="screen">Where failures are shown.</param>
    public SpecRun(PSHostUserInterface screen) => _screen = screen;

    /// <summary>The script that discovers and runs; its parameters are the run and the files.</summary>
    public static string Script
    {
        get
        {
            using var stream = typeof(SpecRun).Assembly.GetManifestResourceStream("SpecRunner.ps1")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<SpecBlock> Files => _files;

    /// <summary>The block whose body is being read; null while none is.</summary>
    public SpecBlock? Current { get; set; }

    /// <summary>The folder for a file's temporary files.</summary>
    public SpecDrive Drive { get; } = new();

    /// <summary>Whether there was a test in every file, and nothing failed.</summary>
    public bool Succeeded => _files.Count > 0 && Faults == 0 && _files.TrueForAll(file => file.Tests.Any());

    private int Faults => Count(SpecResult.Failed) + Blocks.Count(block => block.Errors.Count > 0);

    private IEnumerable<SpecBlock> Blocks => _files.SelectMany(All);

    /// <summary>Begins to read a file.</summary>
    /// <param name="path">The file's path.</param>
    public void BeginFile(string path)
    {
        Current = new SpecBlock(null, path, skip: false, SpecData.None);
        _files.Add(Current);
    }

    /// <summary>Ends the reading of a file.</summary>
    /// <param name="fault">What kept it from being read; null where nothing did.</param>
    public void EndFile(ErrorRecord? fault)
    {
        var file = _files[^1];
        if (fault is not null)
        {
            // What was found before the fault must not run: half a file proves nothing.
            file.Items.Clear();
            file.Errors.Add(fault);
            Show(file, "discovery failed");
        }
        else if (file.BeforeEach is not null || file.AfterEach is not null)
        {
            file.Items.Clear();
            var error = new InvalidOperationException("BeforeEach and AfterEach cannot stand outside a Describe or Context.");
            file.Errors.Add(new ErrorRecord(error, "SpecSetupOutsideBlock", ErrorCategory.InvalidOperation, file.Name));
            Show(file, "discovery failed");
        }
        else if (!file.Tests.Any())
        {
            var error = new InvalidOperationException("Expected at least one test in the file, found none.");
            file.Errors.Add(new ErrorRecord(error, "SpecWithoutTest", ErrorCategory.InvalidData, file.Name));
            Show(file, "no test");
        }

        file.SpreadSkip();
        Current = null;
    }

    /// <summary>Notes the end of a test.</summary>
    /// <param name="test">The test.</param>
    public void Finish(SpecTest test)
    {
        test.Executed = true;
        if (test.Result == SpecResult.Failed)
        {
            Show(test, "");
        }
    }

    /// <summary>Notes the end of a block.</summary>
    /// <param name="block">The block.</param>
    public void Finish(SpecBlock block)
    {
        if (block.Errors.Count > 0)
        {
            Show(block, "setup or teardown failed");
        }

        if (block.IsRoot)
        {
            var tests = block.Tests.ToList();
            int Of(SpecResult result) => tests.Count(test => test.Result == result);
            _screen.WriteLine($"{Path.GetFileName(block.Name)}: {Of(SpecResult.Passed)} passed, {Of(SpecResult.Failed)} failed, {Of(SpecResult.Skipped)} skipped");
        }
    }

    /// <summary>Shows the sums, as the last line.</summary>
    public void WriteSummary()
    {
        // A fault outside of any test still has to be a number that is not zero.
        var failed = Count(SpecResult.Failed) + Blocks.Count(block => block.Errors.Count > 0 && !block.Tests.Any(test => test.Result == SpecResult.Failed));
        _screen.WriteLine($"{Count(SpecResult.Passed)} passed, {failed} failed, {Count(SpecResult.Skipped)} skipped");
    }

    private static IEnumerable<SpecBlock> All(SpecBlock block) => block.Items.OfType<SpecBlock>().SelectMany(All).Prepend(block);

    private int Count(SpecResult result) => _files.SelectMany(file => file.Tests).Count(test => test.Result == result);

    private void Show(SpecNode node, string what)
    {
        _screen.WriteLine($"[-] {node.Path}{(what.Length > 0 ? $" ({what})" : "")}");
        foreach (var fault in node.Errors)
        {
            _screen.WriteLine("    " + fault.Exception.Message.ReplaceLineEndings("\n    "));
            var place = fault.InvocationInfo is { ScriptName.Length: > 0 } at ? $"{at.ScriptName}:{at.ScriptLineNumber}: {at.Line.Trim()}" : fault.ScriptStackTrace;
            _screen.WriteLine($"    at {place?.ReplaceLineEndings("\n       ")}");
        }
    }
}
