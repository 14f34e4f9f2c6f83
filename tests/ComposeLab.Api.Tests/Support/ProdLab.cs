namespace ComposeLab.Api.Tests.Support;

/// <summary>The lab in its prod profile.</summary>
public sealed class ProdLab() : RunningLab("prod");

/// <summary>The tests that share one prod lab, one after the other: some of them stop its database.</summary>
[CollectionDefinition(Name)]
public sealed class ProdLabTests : ICollectionFixture<ProdLab>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "prod lab";
}
