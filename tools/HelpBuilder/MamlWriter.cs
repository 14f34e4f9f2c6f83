using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ComposeLab.HelpBuilder;

/// <summary>Writes commands in the form <c>Get-Help</c> reads.</summary>
public static class MamlWriter
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly TypeHelp Nothing = new("None", "");

    /// <summary>One MAML document for all commands.</summary>
    /// <param name="commands">The commands.</param>
    public static string Write(IEnumerable<CommandHelp> commands)
    {
        var document = new XDocument(new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            commands.Select(Item)));

        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            document.Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static XElement Item(CommandHelp command) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Name.Split('-')[0]),
            new XElement(Command + "noun", command.Name.Split('-')[1]),
            new XElement(Maml + "description", Paragraph(command.Synopsis))),
        new XElement(Maml + "description", command.Description.DefaultIfEmpty(command.Synopsis).Select(Paragraph)),
        new XElement(Command + "syntax", command.Syntaxes.Select(syntax => new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", command.Name),
            syntax.Parameters.Select(Parameter)))),
        new XElement(Command + "parameters", command.Parameters.Select(Parameter)),
        new XElement(Command + "inputTypes", command.Inputs.DefaultIfEmpty(Nothing).Select(input => Type(Command + "inputType", input))),
        new XElement(Command + "returnValues", command.Outputs.DefaultIfEmpty(Nothing).Select(output => Type(Command + "returnValue", output))),
        new XElement(Command + "examples", command.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", new XElement(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", "about_ComposeLab"),
            new XElement(Maml + "uri"))));

    private static XElement Parameter(ParameterHelp parameter) => new(
        Command + "parameter",
        new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
        new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
        new XAttribute("pipelineInput", parameter.FromPipeline),
        new XAttribute("position", parameter.Position?.ToString() ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Paragraph(parameter.Description)),
        parameter.Values.Count == 0
            ? null
            : new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => new XElement(
                Command + "parameterValue",
                new XAttribute("required", "false"),
                new XAttribute("variableLength", "false"),
                value))),
        parameter.IsSwitch
            ? null
            : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", parameter.TypeName.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"), parameter.TypeName),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.Default ?? (parameter.IsSwitch ? "False" : "None")));

    private static XElement Type(XName name, TypeHelp type) => new(
        name,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", Paragraph(type.Description)));

    private static XElement Example(ExampleHelp example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"-------- Example {index + 1} --------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraph(example.Remarks)));

    private static XElement Paragraph(string text) => new(Maml + "para", text);
}
