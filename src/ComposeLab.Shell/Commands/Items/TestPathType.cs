namespace ComposeLab.Shell.Commands.Items;

/// <summary>The kinds of item that <c>Test-Path</c> can ask for.</summary>
internal enum TestPathType
{
    /// <summary>Any item.</summary>
    Any,

    /// <summary>A folder, or what holds others.</summary>
    Container,

    /// <summary>A file, or what holds no others.</summary>
    Leaf,
}
