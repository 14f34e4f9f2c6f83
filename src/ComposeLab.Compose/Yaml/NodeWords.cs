namespace ComposeLab.Compose.Yaml;

/// <summary>Names the form of a value in errors.</summary>
internal static class NodeWords
{
    public static string Of(Node? node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        ScalarNode { Kind: ScalarKind.Null } or null => "nothing",
        ScalarNode { Kind: ScalarKind.Boolean } => "true or false",
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } => "a number",
        ScalarNode { Kind: ScalarKind.Timestamp } => "a date",
        _ => "text",
    };
}
