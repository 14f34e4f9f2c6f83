namespace ComposeLab.Engine.Tests.Support;

/// <summary>The tests that share the machine's engine.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<EngineFixture>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "engine";
}
