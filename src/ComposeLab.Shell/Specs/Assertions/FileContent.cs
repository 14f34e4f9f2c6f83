using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -Exist and -FileContentMatch: looks at what a path names.</summary>
internal static class FileContent
{
    /// <summary>Asks whether something is at the path.</summary>
    /// <param name="check">The call.</param>
    public static string? Exists(SpecCheck check) =>
        check.Expect(LanguagePrimitives.IsTrue(Run("param($path) Test-Path $path", check.Actual)), "something to be at the path");

    /// <summary>Looks for a pattern in the file.</summary>
    /// <param name="check">The call.</param>
    /// <param name="operation">The operator that matches.</param>
    /// <param name="whole">Whether the text is matched as one, not line by line.</param>
    public static string? Test(SpecCheck check, string operation, bool whole)
    {
        var read = whole ? "param($path) Get-Content -Raw $path" : "param($path) Get-Content $path";
        var pattern = check.Value("ExpectedContent");
        var lines = LanguagePrimitives.ConvertTo<object?[]>(Run(read, check.Actual)) ?? [];
        var expression = whole ? $"(?m){pattern}" : pattern;
        return check.Expect(lines.Any(line => SpecCheck.Ask(operation, line, expression)), $"{SpecCheck.Show(pattern)} in the file");
    }

    private static object? Run(string script, object? path) => ScriptBlock.Create(script).InvokeReturnAsIs(path);
}
