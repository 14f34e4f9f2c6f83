namespace ComposeLab.Cmdlets.Tests.Hosting;

/// <summary>Tests that change the environment of the process, which all others read: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironmentCollection
{
    public const string Name = "process environment";
}
