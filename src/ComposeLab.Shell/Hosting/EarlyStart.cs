using System.Linq.Expressions;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Xml;

namespace ComposeLab.Shell.Hosting;

/// <summary>
/// What every session needs a moment later: the parts of the engine that the first script, the first manifest and the first view
/// call for. Made ready on the other cores while the session opens; nothing waits for it, and nothing depends on it.
/// </summary>
internal static class EarlyStart
{
    /// <summary>Begins.</summary>
    public static void Begin()
    {
        _ = Task.Run(CompileScript);
        _ = Task.Run(CompileExpression);
        _ = Task.Run(ReadXml);
        _ = Task.Run(Convert);
    }

    /// <summary>Compiles a script that uses what a module's manifest and its root script use.</summary>
    public static void CompileScript() => EngineInternals.Compile(ScriptBlock.Create("""
        try { $a = @{ A = 'a'; B = @('b', 'c') }; [Reflection.Assembly]::LoadFrom("$PSScriptRoot/a").GetType('a')::Run($ExecutionContext, 'a') }
        catch { . 'a'; throw }
        Export-ModuleMember -Cmdlet *
        """));

    private static void CompileExpression()
    {
        var value = Expression.Parameter(typeof(object));
        Expression.Lambda<Func<object, string>>(Expression.Call(value, nameof(ToString), null), value).Compile()("");
    }

    private static void ReadXml()
    {
        var document = new XmlDocument();
        document.LoadXml("<a><b c='d'>e</b></a>");
        document.SelectSingleNode("a");
    }

    private static void Convert()
    {
        LanguagePrimitives.ConvertTo<int>("1");
        new Regex("^a[bc]+$").IsMatch("abc");
    }
}
