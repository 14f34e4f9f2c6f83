using System.Reflection;
using ComposeLab.HelpBuilder;

if (args is not [var root])
{
    Console.Error.WriteLine("usage: HelpBuilder REPOSITORY_ROOT");
    return 2;
}

var assembly = Assembly.Load("ComposeLab.Cmdlets");
var documentation = XmlDocumentation.Read(Path.ChangeExtension(assembly.Location, ".xml"));
var commands = new CommandReader(documentation).Read(assembly);

HelpFiles.Write(root, commands);
Console.WriteLine($"help for {commands.Count} commands");
return 0;
