namespace ComposeLab.Engine.Docker;

/// <summary>A command that runs inside a container. Disposing it lets go of it without ending it.</summary>
public interface IExecSession : IDisposable
{
    /// <summary>Copies what the command prints until it ends.</summary>
    /// <param name="output">Gets standard output; everything when there is a terminal.</param>
    /// <param name="error">Gets standard error.</param>
    /// <param name="token">Stops copying; the command goes on.</param>
    /// <returns>Completes when the command has closed its output.</returns>
    Task CopyOutputAsync(Stream output, Stream error, CancellationToken token);

    /// <summary>Sends input to the command.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the bytes are sent.</returns>
    Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken token);

    /// <summary>Tells the command that no more input comes.</summary>
    void CloseInput();

    /// <summary>Tells the command's terminal its size.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="token">Cancels the call.</param>
    /// <returns>Completes when the size is set.</returns>
    Task ResizeAsync(int width, int height, CancellationToken token);

    /// <summary>Reads how the command ended.</summary>
    /// <param name="token">Cancels the call.</param>
    /// <returns>The exit code, or null while it runs.</returns>
    Task<int?> ReadExitCodeAsync(CancellationToken token);
}
