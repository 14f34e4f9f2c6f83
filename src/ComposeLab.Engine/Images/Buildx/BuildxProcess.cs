using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ComposeLab.Compose.Files;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>Runs the docker-buildx plugin.</summary>
/// <param name="program">The plugin's file.</param>
/// <param name="environment">The OS environment.</param>
/// <param name="endpoint">The variables that select the engine; a null value means that one must not be set.</param>
internal sealed class BuildxProcess(string program, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string?> endpoint)
{
    private const int LongestAnswer = 8 * 1024 * 1024;

    /// <summary>Runs the plugin.</summary>
    /// <param name="command">The call.</param>
    /// <param name="read">Receives each line of standard error.</param>
    /// <param name="token">Cancels it: the plugin is ended, and with it the build.</param>
    /// <returns>The exit code and the standard output.</returns>
    /// <exception cref="Win32Exception">The plugin cannot be run.</exception>
    public async Task<(int Code, string Output)> RunAsync(BuildxCommand command, Action<string> read, CancellationToken token)
    {
        using var process = new Process { StartInfo = Start(command) };
        process.Start();
        try
        {
            Task writing = WriteAsync(process.StandardInput, command.Input, token);
            Task<string> answer = ReadAsync(process.StandardOutput, token);
            while (await process.StandardError.ReadLineAsync(token).ConfigureAwait(false) is { } line)
            {
                read(line);
            }

            await process.WaitForExitAsync(token).ConfigureAwait(false);
            await writing.ConfigureAwait(false);
            return (process.ExitCode, await answer.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo Start(BuildxCommand command)
    {
        ProcessStartInfo start = InstalledProgram.Redirected(program, command.Arguments);
        start.Environment.Clear();
        foreach ((string name, string? value) in environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)).Concat(endpoint).Concat(command.Environment))
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }

    private static async Task WriteAsync(StreamWriter input, string? text, CancellationToken token)
    {
        try
        {
            await input.WriteAsync((text ?? "").AsMemory(), token).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // The plugin has ended without reading its input, and says why.
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, CancellationToken token)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        while (await output.ReadAsync(buffer, token).ConfigureAwait(false) is > 0 and var read)
        {
            text.Append(buffer, 0, Math.Min(read, LongestAnswer - text.Length));
        }

        return text.ToString();
    }
}

/// <summary>The files of one call of the plugin: a changed Dockerfile, and the id of the image.</summary>
internal sealed class BuildxFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-buildx-");

    /// <summary>The file to which the plugin writes the image's id.</summary>
    public string ImageIdFile => Path.Combine(_folder.FullName, "id");

    /// <summary>Writes the Dockerfile if it has to be changed: names of further contexts become those of images.</summary>
    /// <param name="spec">What is built.</param>
    /// <returns>The file; null if the Dockerfile is used as it is.</returns>
    /// <exception cref="IOException">The folder is not writable.</exception>
    public string? Dockerfile(BuildSpec spec)
    {
        if (spec.ContextImages.Count == 0 || spec.HasRemoteContext)
        {
            return null;
        }

        string file = Path.Combine(_folder.FullName, "Dockerfile");
        File.WriteAllText(file, Context.BuildContext.DockerfileText(spec));
        string rules = Path.Combine(spec.Context, spec.Dockerfile) + ".dockerignore";
        if (spec.DockerfileInline is null && File.Exists(rules))
        {
            File.Copy(rules, file + ".dockerignore");
        }

        return file;
    }

    /// <summary>Reads the image's id.</summary>
    /// <returns>The id; null if the plugin wrote none.</returns>
    public string? ImageId() => File.Exists(ImageIdFile) && File.ReadAllText(ImageIdFile).Trim() is { Length: > 0 } id ? id : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The folder contains no secret; the system removes temporary folders.
        }
    }
}
