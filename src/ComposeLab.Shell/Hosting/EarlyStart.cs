using System.Linq.Expressions;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;

namespace ComposeLab.Shell.Hosting;

/// <summary>
/// What every session needs a moment later, made ready on one other core: its initial state, then the parts of the engine that the first
/// script, the first manifest and the first view call for, then the module's own code. One after the other, because on a machine with two
/// cores a second helper would take the session's own.
/// </summary>
internal static class EarlyStart
{
    /// <summary>Begins.</summary>
    /// <param name="module">The manifest of the module that will be imported; empty for none.</param>
    /// <param name="specs">Whether the session will run specs.</param>
    /// <returns>The initial state, as soon as it is there. Nothing waits for what is done after it, and nothing depends on it.</returns>
    public static Task<InitialSessionState> Begin(string module, bool specs)
    {
        var state = Task.Run(() => SessionDefaults.Create(specs));
        _ = state.ContinueWith(_ => MakeReady(module), TaskScheduler.Default);
        return state;
    }

    /// <summary>Compiles a script that uses what a module's manifest and its root script use.</summary>
    public static void CompileScript() => EngineInternals.Compile(ScriptBlock.Create("""
        try { $a = @{ A = 'a'; B = @('b', 'c') }; a "$PSScriptRoot/a" -B c }
        catch { . 'a'; throw }
        Export-ModuleMember -Cmdlet *
        """));

    private static void MakeReady(string module)
    {
        Convert();
        CompileExpression();
        CompileScript();
        ReadXml();
        if (module.Length > 0)
        {
            BeginFirstLoad(module);
        }
    }

    private static void Convert()
    {
        LanguagePrimitives.ConvertTo<int>("1");
        new Regex("^a[bc]+$").IsMatch("abc");
    }

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

    // What the module's loader does when the module is imported, it can do as well before.
    private static void BeginFirstLoad(string module)
    {
        var loader = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(module)) ?? "", "module", "bin", "ComposeLab.Loader.dll");
        if (File.Exists(loader))
        {
            Assembly.LoadFrom(loader).GetType("ComposeLab.Loader.FirstLoad")?.GetMethod("Begin")?.Invoke(null, null);
        }
    }
}
