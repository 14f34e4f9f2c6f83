using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Tests.Images.Context;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Images.Memory;

/// <summary>A project that is built again and again, with a base image and a memory of its own.</summary>
internal sealed class MemoryProject : IAsyncDisposable
{
    private const string Label = "composelab.tests";
    private readonly IEngine _engine;
    private readonly CountedBuilds _builds;
    private readonly string _name = $"composelab-tests/memory-{Guid.NewGuid():N}";

    private MemoryProject(IEngine engine)
    {
        (_engine, _builds) = CountedBuilds.Before(engine);
        Records = Folder.Of("memory");
        Spec = new BuildSpec
        {
            Context = Folder.Of("project"),
            Names = [$"{_name}:1"],
            Arguments = new Dictionary<string, string?> { ["BASE"] = Base, ["API_TOKEN"] = "hunter2" },
            Labels = new Dictionary<string, string> { [Label] = _name },
        };
    }

    /// <summary>The folder that holds the project and its memory.</summary>
    public ScratchFolder Folder { get; } = new();

    /// <summary>The folder of the memory.</summary>
    public string Records { get; set; }

    /// <summary>The build.</summary>
    public BuildSpec Spec { get; set; }

    /// <summary>The name of the base image.</summary>
    public string Base => $"{_name}:base";

    /// <summary>Another name for images of this project.</summary>
    public string Other => $"{_name}:other";

    /// <summary>What the last builds told.</summary>
    public RecordedEvents Events { get; private set; } = new();

    /// <summary>The engine, counted.</summary>
    public IEngine Engine => _engine;

    /// <summary>Builds and pulls as the cmdlets do.</summary>
    public EngineImages Images => new(_engine, new Dictionary<string, string>(), Records);

    /// <summary>How often the engine was asked to build.</summary>
    public int Asked => _builds.Count;

    /// <summary>Writes the project.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="token">Ends it early.</param>
    public static async Task<MemoryProject> CreateAsync(IEngine engine, CancellationToken token)
    {
        var project = new MemoryProject(engine);
        project.Folder.Write("project/Dockerfile", """
            ARG BASE
            FROM $BASE AS build
            ARG API_TOKEN
            COPY src/ /src/
            FROM build AS tools
            FROM $BASE
            COPY --from=build /src/app.txt /app
            """);
        project.Folder.Write("project/.dockerignore", "*.log\n");
        project.Folder.Write("project/src/app.txt", "app");
        project.Folder.Write("project/debug.log", "1");
        File.CreateSymbolicLink(project.Folder.Of("project/src/link"), "app.txt");
        await engine.TagImageAsync(EngineFixture.Image, project.Base, token);
        return project;
    }

    /// <summary>Builds.</summary>
    /// <param name="token">Cancels it.</param>
    public Task<ImageBuildResult> BuildAsync(CancellationToken token)
    {
        Events = new RecordedEvents();
        return Images.BuildAsync(Spec, Events, token);
    }

    /// <summary>Makes a small image that differs from every other.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="instruction">What it has beside its label.</param>
    /// <param name="token">Cancels it.</param>
    public async Task MakeImageAsync(string name, string instruction, CancellationToken token)
    {
        string context = Directory.CreateDirectory(Folder.Of(Guid.NewGuid().ToString("N"))).FullName;
        await ImageBuilder.BuildAsync(
            _engine,
            new BuildSpec { Context = context, DockerfileInline = $"FROM {EngineFixture.Image}\nLABEL {Label}={_name}\n{instruction}\n", Names = [name] },
            new RecordedEvents(),
            token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string tag in new[] { "1", "2", "other", "base" })
        {
            if (await _engine.InspectImageAsync($"{_name}:{tag}", CancellationToken.None) is not null)
            {
                await _engine.RemoveImageAsync($"{_name}:{tag}", force: true, CancellationToken.None);
            }
        }

        // An image whose name went to a newer one has none left.
        foreach (ImageSummary image in await _engine.ListImagesAsync([$"{Label}={_name}"], CancellationToken.None))
        {
            await _engine.RemoveImageAsync(image.Id, force: true, CancellationToken.None);
        }

        Folder.Dispose();
    }
}
