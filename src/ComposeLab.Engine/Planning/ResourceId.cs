namespace ComposeLab.Engine.Planning;

/// <summary>Identifies a resource of a plan or a progress event.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name on the engine, such as <c>lab-db-1</c>.</param>
public readonly record struct ResourceId(ResourceKind Kind, string Name)
{
    /// <summary>A stack.</summary>
    /// <param name="projectName">The project's name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Stack(string projectName) => new(ResourceKind.Stack, projectName);

    /// <summary>A service of a stack.</summary>
    /// <param name="name">The service's name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Service(string name) => new(ResourceKind.Service, name);

    /// <summary>A container.</summary>
    /// <param name="name">The container's final name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Container(string name) => new(ResourceKind.Container, name);

    /// <summary>A network.</summary>
    /// <param name="name">The network's name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Network(string name) => new(ResourceKind.Network, name);

    /// <summary>A volume.</summary>
    /// <param name="name">The volume's name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Volume(string name) => new(ResourceKind.Volume, name);

    /// <summary>An image.</summary>
    /// <param name="name">The image's name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Image(string name) => new(ResourceKind.Image, name);

    /// <summary>A layer of an image that is pulled.</summary>
    /// <param name="id">The layer's id.</param>
    /// <returns>The id.</returns>
    public static ResourceId Layer(string id) => new(ResourceKind.Layer, id);

    /// <summary>A stage of a build.</summary>
    /// <param name="name">The stage's name or number; empty if it has none.</param>
    /// <returns>The id.</returns>
    public static ResourceId BuildStage(string name) => new(ResourceKind.Stage, name);

    /// <summary>A directory of the host.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <returns>The id.</returns>
    public static ResourceId Directory(string path) => new(ResourceKind.Directory, path);

    /// <summary>A config of a swarm.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Config(string name) => new(ResourceKind.Config, name);

    /// <summary>A secret of a swarm.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The id.</returns>
    public static ResourceId Secret(string name) => new(ResourceKind.Secret, name);

    /// <summary>The id as text.</summary>
    /// <returns><c>container lab-db-1</c>.</returns>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Name}".TrimEnd();
}

/// <summary>The kind of a <see cref="ResourceId"/>.</summary>
public enum ResourceKind
{
    /// <summary>A stack.</summary>
    Stack,

    /// <summary>A service of a stack.</summary>
    Service,

    /// <summary>A container.</summary>
    Container,

    /// <summary>A network.</summary>
    Network,

    /// <summary>A volume.</summary>
    Volume,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A layer of an image that is pulled.</summary>
    Layer,

    /// <summary>A stage of a build.</summary>
    Stage,

    /// <summary>A directory of the host.</summary>
    Directory,

    /// <summary>A config of a swarm.</summary>
    Config,

    /// <summary>A secret of a swarm.</summary>
    Secret,
}
