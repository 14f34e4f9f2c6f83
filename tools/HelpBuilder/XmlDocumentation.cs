using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ComposeLab.HelpBuilder;

/// <summary>The compiler's XML documentation file, read as plain text by member.</summary>
public sealed partial class XmlDocumentation
{
    private readonly IReadOnlyDictionary<string, XElement> _members;

    private XmlDocumentation(IReadOnlyDictionary<string, XElement> members) => _members = members;

    /// <summary>Reads a documentation file.</summary>
    /// <param name="path">The .xml file next to an assembly.</param>
    public static XmlDocumentation Read(string path) =>
        new(XDocument.Load(path).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));

    /// <summary>What a type is, as one line: its paragraph of type synopsis, or its whole summary where it has none.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidOperationException">The type has no summary.</exception>
    public string Synopsis(Type type)
    {
        var summary = Member($"T:{type.FullName}").Element("summary");
        return Line(Paragraphs(summary, "synopsis").FirstOrDefault() ?? summary);
    }

    /// <summary>The paragraphs of type description in a type's summary, a string for each.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="InvalidOperationException">The type has no summary.</exception>
    public IReadOnlyList<string> Description(Type type) =>
        [.. Paragraphs(Member($"T:{type.FullName}").Element("summary"), "description").Select(Line)];

    /// <summary>The summary of a property, followed by its remarks, as one line.</summary>
    /// <param name="type">The type that declares the property.</param>
    /// <param name="property">The property's name.</param>
    /// <exception cref="InvalidOperationException">The property has no summary.</exception>
    public string Property(Type type, string property)
    {
        var member = Member($"P:{type.FullName}.{property}");
        return $"{Line(member.Element("summary"))} {Line(member.Element("remarks"))}".Trim();
    }

    /// <summary>The examples of a type, in the order written.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<ExampleHelp> Examples(Type type) =>
        [.. Member($"T:{type.FullName}").Elements("example").Select(example => new ExampleHelp(
            Block(example.Element("code")?.Value ?? ""),
            string.Join(" ", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }).Select(Text).Select(Fold)).Trim(),
            example.Element("code")?.Attribute("run")?.Value is "true"))];

    /// <summary>Whether a type is documented at all.</summary>
    /// <param name="type">The type.</param>
    public bool Knows(Type type) => _members.ContainsKey($"T:{type.FullName}");

    private XElement Member(string id) =>
        _members.TryGetValue(id, out var member) ? member : throw new InvalidOperationException($"{id} has no documentation comment.");

    private static IEnumerable<XElement> Paragraphs(XElement? summary, string kind) =>
        summary?.Elements("para").Where(para => para.Attribute("type")?.Value == kind) ?? [];

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
