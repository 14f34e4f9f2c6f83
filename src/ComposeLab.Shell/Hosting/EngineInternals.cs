using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace ComposeLab.Shell.Hosting;

/// <summary>
/// The few places where the engine keeps to itself what a host needs. The package's version is pinned exactly, and tests
/// use each of them, so a change there is seen at once.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const string FormatSpace = "Microsoft.PowerShell.Commands.Internal.Format.";

    private static Assembly Engine => typeof(PSObject).Assembly;

    /// <summary>Lets <c>exit</c> in the next script file reach the host, instead of only ending that script.</summary>
    /// <param name="runspace">The runspace in which the script will run.</param>
    public static void LetExitLeaveTheScript(Runspace runspace)
    {
        var context = Context(runspace);
        Required(context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)).SetValue(context, true);
    }

    /// <summary>The members that the engine gives to the framework's types, in a table that modules may add to, unlike the one the engine hands out.</summary>
    public static TypeTable DefaultTypes() =>
        (TypeTable)Required(typeof(TypeTable).GetMethod("Clone", Hidden, [typeof(bool)])).Invoke(TypeTable.LoadDefaultTypeFiles(), [true])!;

    /// <summary>Loads the views that the initial state of a session names.</summary>
    /// <param name="runspace">The opened runspace.</param>
    public static void LoadViews(Runspace runspace) =>
        Required(typeof(InitialSessionState).GetMethod("UpdateFormats", Hidden)).Invoke(runspace.InitialSessionState, [Context(runspace), false]);

    /// <summary>
    /// Takes the drives that the session found when it opened for lasting. Otherwise the engine reads the machine's table of mounts again for every path
    /// that it resolves, which is dear where containers run: each has mounts of its own. The root is always there.
    /// </summary>
    /// <param name="runspace">The opened runspace.</param>
    public static void KeepDrives(Runspace runspace)
    {
        var mounted = Required(typeof(PSDriveInfo).GetProperty("IsAutoMounted", Hidden));
        foreach (var drive in runspace.SessionStateProxy.Drive.GetAllForProvider("FileSystem"))
        {
            mounted.SetValue(drive, false);
        }
    }

    /// <summary>Marks a value as one of the error stream, so that <c>Out-Default</c> shows it as an error.</summary>
    /// <param name="value">The value, an error record as a rule.</param>
    public static void MarkAsError(PSObject value)
    {
        var mark = Required(typeof(PSObject).GetProperty("WriteStream", Hidden));
        mark.SetValue(value, Enum.Parse(mark.PropertyType, "Error"));
    }

    /// <summary>Compiles a script without running it.</summary>
    /// <param name="script">The script.</param>
    public static void Compile(ScriptBlock script) =>
        Required(typeof(ScriptBlock).GetMethod("Compile", Hidden, [typeof(bool)])).Invoke(script, [true]);

    /// <summary>Gives a formatting cmdlet the engine's own formatter.</summary>
    /// <param name="command">A cmdlet derived from one of the engine's formatting bases.</param>
    /// <param name="shape">The shape's name in the engine: Table or List.</param>
    public static void Format(PSCmdlet command, string shape)
    {
        var shapes = Type("FormatShape");
        Attach(command, New("InnerFormatShapeCommand", Enum.Parse(shapes, shape)));
    }

    /// <summary>Gives an output cmdlet the engine's own line writer.</summary>
    /// <param name="command">A cmdlet derived from the engine's front end base.</param>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="width">The width of a line, in columns.</param>
    public static void Output(PSCmdlet command, TextWriter writer, int width)
    {
        var manager = New("OutputManagerInner");
        Required(manager.GetType().GetProperty("LineOutput", Hidden)).SetValue(manager, New("TextWriterLineOutput", writer, width));
        Attach(command, manager);
    }

    private static object Context(Runspace runspace) =>
        Required(typeof(Runspace).GetProperty("ExecutionContext", Hidden)).GetValue(runspace)!;

    private static void Attach(PSCmdlet command, object implementation) =>
        Required(Type("FrontEndCommandBase").GetField("implementation", Hidden)).SetValue(command, implementation);

    private static object New(string type, params object[] arguments) =>
        Activator.CreateInstance(Type(type), Hidden, null, arguments, null)
        ?? throw new MissingMethodException(type);

    private static Type Type(string name) => Engine.GetType(FormatSpace + name, throwOnError: true)!;

    private static T Required<T>(T? member)
        where T : MemberInfo =>
        member ?? throw new MissingMemberException($"The PowerShell engine has no such {typeof(T).Name} any more.");
}
