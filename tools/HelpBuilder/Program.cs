using System.Reflection;
using ComposeLab.HelpBuilder;

if (args is not [var root, var path] || !File.Exists(path))
{
    Console.Error.WriteLine("usage: HelpBuilder REPOSITORY_ROOT CMDLET_ASSEMBLY");
    return 2;
}

try
{
    var documentation = XmlDocumentation.Read(Path.ChangeExtension(path, ".xml"));
    var commands = new CommandReader(documentation).Read(Assembly.LoadFrom(Path.GetFullPath(path)));
    var changed = HelpFiles.Write(root, commands);
    Console.WriteLine(changed.Count == 0 ? $"help of {commands.Count} commands is current" : $"help of {commands.Count} commands: wrote {string.Join(", ", changed)}");
    return 0;
}
catch (InvalidOperationException undocumented)
{
    Console.Error.WriteLine(undocumented.Message);
    return 1;
}
