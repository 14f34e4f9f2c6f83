namespace ComposeLab.Engine.Docker;

/// <summary>
/// The Docker Engine API in this project's own words: one method per engine call, own records in and out.
/// Calls throw only <see cref="EngineException"/> and <see cref="OperationCanceledException"/>; any number may run at once.
/// </summary>
public interface IEngine :
    IContainerCalls, INetworkCalls, IVolumeCalls, IImageCalls, IExecCalls, ILogCalls, IEventCalls, IDisposable
{
    /// <summary>What the engine said about itself when it was connected.</summary>
    EngineInfo Info { get; }
}
