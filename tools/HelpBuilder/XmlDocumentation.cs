using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ComposeLab.HelpBuilder;

/// <summary>The compiler's XML documentation file, read as plain text by member.</summary>
public sealed partial class XmlDocumentation
{
    private readonly IReadOnlyDictionary<string, XElement> _members;

    private XmlDocumentation(IReadOnlyDictionary<string, XElement> members) => _members = members;

    /// <summary>Reads a documentation file.</summary>
    /// <param name="path">The .xml beside an assembly.</param>
    public static XmlDocumentation Read(string path) =>
        new(XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));

    /// <summary>The summary of a type as one line.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidOperationException">The type has no summary.</exception>
    public string Summary(Type type) => Line(Member($"T:{type.FullName}").Element("summary"));

    /// <summary>The summary of a property, followed by its remarks, as one line.</summary>
    /// <param name="type">The type that declares the property.</param>
    /// <param name="property">The property's name.</param>
    /// <exception cref="InvalidOperationException">The property has no summary.</exception>
    public string Property(Type type, string property)
    {
        var member = Member($"P:{type.FullName}.{property}");
        return $"{Line(member.Element("summary"))} {Line(member.Element("remarks"))}".Trim();
    }

    /// <summary>The remarks of a type, a string for each paragraph.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<string> Remarks(Type type) => Member($"T:{type.FullName}").Element("remarks") is not { } remarks
        ? []
        : remarks.Elements("para").Any() ? [.. remarks.Elements("para").Select(Line)] : [Line(remarks)];

    /// <summary>The examples of a type.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<ExampleHelp> Examples(Type type) =>
        [.. Member($"T:{type.FullName}").Elements("example").Select(example => new ExampleHelp(
            Block(example.Element("code")?.Value ?? ""),
            string.Join(" ", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }).Select(Text).Select(Fold)).Trim()))];

    private XElement Member(string id) =>
        _members.TryGetValue(id, out var member) ? member : throw new InvalidOperationException($"{id} has no documentation comment.");

    private static string Line(XElement? element) => element is null ? "" : Fold(string.Concat(element.Nodes().Select(Text)));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference => Reference(reference),
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static string Reference(XElement reference)
    {
        var target = (reference.Attribute("langword") ?? reference.Attribute("name") ?? reference.Attribute("cref"))?.Value ?? reference.Value;
        return reference.Value.Length > 0 ? reference.Value : target[(target.LastIndexOfAny([':', '.']) + 1)..];
    }

    private static string Fold(string text) => WhiteSpace().Replace(text, " ").Trim();

    private static string Block(string text)
    {
        var lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();
        var indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join("\n", lines.Select(line => line.Length > indent ? line[indent..] : "")).Trim('\n');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
