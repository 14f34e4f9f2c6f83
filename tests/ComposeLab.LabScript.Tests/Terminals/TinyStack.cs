namespace ComposeLab.LabScript.Tests.Terminals;

/// <summary>One running container with a shell, as a stack of a project that has no files.</summary>
public sealed class TinyStack : IDisposable
{
    /// <summary>The service's name.</summary>
    public const string Service = "box";

    private readonly string _image;

    /// <summary>Creates the image and starts the container.</summary>
    public TinyStack()
    {
        Name = $"door-{Guid.NewGuid():N}"[..13];
        _image = $"{Name}/box:1";
        try
        {
            Run("sh", "-c", Script, "sh", Name, _image);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    private static string Script =>
        """
        set -eu
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        mkdir "$folder/bin"
        cp "$(command -v busybox)" "$folder/bin/busybox"
        for name in sh stty tty sleep ps; do ln -s busybox "$folder/bin/$name"; done
        tar -C "$folder" -c . | docker import - "$2" >/dev/null
        docker run --detach --init --network none --name "$1-box-1" --label com.docker.compose.project="$1" --label com.docker.compose.service=box \
            --label com.docker.compose.container-number=1 --label com.docker.compose.oneoff=False --label com.docker.compose.config-hash=none "$2" sleep 3600 >/dev/null
        """;

    /// <summary>Runs a command inside.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <returns>What it printed.</returns>
    public string Inside(params string[] command) => Run("docker", ["exec", $"{Name}-box-1", .. command]);

    /// <summary>Removes container and image.</summary>
    public void Dispose()
    {
        Lab.Start(new Dictionary<string, string?>(), "docker", "rm", "--force", $"{Name}-box-1");
        Lab.Start(new Dictionary<string, string?>(), "docker", "image", "rm", "--force", _image);
    }

    private static string Run(string program, params string[] arguments)
    {
        var (code, output, error) = Lab.Start(new Dictionary<string, string?>(), program, arguments);
        Assert.True(code == 0, output + error);
        return output;
    }
}
