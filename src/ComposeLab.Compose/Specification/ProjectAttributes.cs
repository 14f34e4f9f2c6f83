using static ComposeLab.Compose.Specification.AttributeUse;
using static ComposeLab.Compose.Specification.Types;

namespace ComposeLab.Compose.Specification;

/// <summary>The attributes at the top of a Compose file, in the order they are printed: the root of the table.</summary>
internal static class ProjectAttributes
{
    /// <summary>A Compose file.</summary>
    public static AttributeType Type { get; } = Structure(
        new("version", Text with { Canonical = null }) { Engine = Ignored("it is obsolete"), IsPrinted = false },
        new("include", IncludeAttributes.Type) { Engine = Loads, IsPrinted = false },
        new("name", Text with { Canonical = null }),
        new("services", Named(ServiceAttributes.Type) with { Print = PrintStyle.Given }),
        new("networks", Named(NetworkAttributes.Type) with { Others = OtherKeys.Any }),
        new("volumes", Named(VolumeAttributes.Type)),
        new("secrets", Named(FileAttributes.Secret)),
        new("configs", Named(FileAttributes.Config)),
        new("models", Named(ModelAttributes.Type) with { Others = OtherKeys.Any }) { Engine = Refused("AI models are not served") });
}

/// <summary>The attributes of an item of <c>include</c>.</summary>
internal static class IncludeAttributes
{
    /// <summary>The included files.</summary>
    public static AttributeType Type { get; } = ListOf(Structure(
        new("path", Paths),
        new("env_file", Paths),
        new("project_directory", Text)) with { Scalars = ScalarSorts.Text, Others = OtherKeys.None });

    private static AttributeType Paths => UniqueTexts with { Scalars = ScalarSorts.Text };
}
