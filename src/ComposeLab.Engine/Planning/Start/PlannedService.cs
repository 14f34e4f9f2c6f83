namespace ComposeLab.Engine.Planning;

/// <summary>A service whose containers are planned: what others that depend on it need to know.</summary>
internal sealed class PlannedService
{
    /// <summary>Its containers, by number.</summary>
    public List<PlannedContainer> Containers { get; } = [];

    /// <summary>The steps after which every container of it has been started; empty where all run already.</summary>
    public List<string> Started { get; } = [];
}
