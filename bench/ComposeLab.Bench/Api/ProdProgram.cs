using ComposeLab.Bench.Harness;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Images;

namespace ComposeLab.Bench.Api;

/// <summary>The API's native program, built as an image by the module's own engine layer and taken out of it.</summary>
internal static class ProdProgram
{
    private const string Image = "composelab-bench/api:prod";

    /// <summary>Builds the image from the source as it is, and copies the program.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="folder">Where the program is put.</param>
    /// <param name="token">Cancels the build.</param>
    /// <returns>The program's path.</returns>
    public static async Task<string> BuildAsync(IEngine engine, string folder, CancellationToken token)
    {
        var spec = new BuildSpec { Context = Repository.Root, Names = [Image], Arguments = MachineImages.Named() };
        await ImageBuilder.BuildAsync(engine, spec, new Silence(), token);
        var container = new Command("docker", ["create", Image]).Run().Trim();
        try
        {
            new Command("docker", ["cp", $"{container}:/app/api", folder]).Run();
        }
        finally
        {
            new Command("docker", ["rm", container]).Run();
        }

        return Path.Combine(folder, "api");
    }

    private sealed class Silence : IEngineEvents
    {
        public void Report(EngineEvent engineEvent)
        {
        }
    }
}
