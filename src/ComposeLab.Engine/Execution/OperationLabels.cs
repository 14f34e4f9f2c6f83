using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>The progress text of a step.</summary>
internal static class OperationLabels
{
    /// <summary>The text while a step is running.</summary>
    /// <param name="operation">The step.</param>
    /// <returns><c>creating</c>.</returns>
    public static string Running(Operation operation) => operation.Kind switch
    {
        OperationKind.BuildImage => "building",
        OperationKind.PullImage => "pulling",
        OperationKind.WaitContainer => "waiting",
        OperationKind.RunHook => "running a hook",
        OperationKind.RunContainer or OperationKind.RunProvider => "running",
        OperationKind.StopContainer => "stopping",
        OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.CreateContainer or OperationKind.CreateDirectory => "creating",
        OperationKind.RemoveNetwork or OperationKind.RemoveVolume or OperationKind.RemoveContainer or OperationKind.RemoveImage => "removing",
        OperationKind.CreateService or OperationKind.CreateConfig or OperationKind.CreateSecret => "creating",
        OperationKind.UpdateService or OperationKind.UpdateSecret => "updating",
        OperationKind.RollbackService => "rolling back",
        OperationKind.RemoveService or OperationKind.RemoveConfig or OperationKind.RemoveSecret => "removing",
        OperationKind.RenameContainer => "renaming",
        OperationKind.ConnectNetwork => "connecting",
        OperationKind.DisconnectNetwork => "disconnecting",
        OperationKind.CopyFiles => "filling",
        OperationKind.UnpauseContainer => "unpausing",
        OperationKind.PauseContainer => "pausing",
        OperationKind.SignalContainer => "signaling",
        _ => "starting",
    };

    /// <summary>The text when a step has succeeded.</summary>
    /// <param name="operation">The step.</param>
    /// <returns><c>created</c>.</returns>
    public static string Done(Operation operation) => operation.Kind switch
    {
        OperationKind.BuildImage => "built",
        OperationKind.PullImage => "pulled",
        OperationKind.WaitContainer when operation is WaitServiceOperation => "converged",
        OperationKind.WaitContainer when operation is WaitTasksGoneOperation => "ended",
        OperationKind.WaitContainer => operation is WaitOperation { Condition: WaitCondition.Completed } ? "completed" : "ready",
        OperationKind.RunHook => "hook done",
        OperationKind.RunContainer or OperationKind.RunProvider => "completed",
        OperationKind.StopContainer => "stopped",
        OperationKind.CreateNetwork or OperationKind.CreateVolume or OperationKind.CreateContainer or OperationKind.CreateDirectory => "created",
        OperationKind.RemoveNetwork or OperationKind.RemoveVolume or OperationKind.RemoveContainer or OperationKind.RemoveImage => "removed",
        OperationKind.CreateService or OperationKind.CreateConfig or OperationKind.CreateSecret => "created",
        OperationKind.UpdateService or OperationKind.UpdateSecret => "updated",
        OperationKind.RollbackService => "rolled back",
        OperationKind.RemoveService or OperationKind.RemoveConfig or OperationKind.RemoveSecret => "removed",
        OperationKind.RenameContainer => "renamed",
        OperationKind.ConnectNetwork => "connected",
        OperationKind.DisconnectNetwork => "disconnected",
        OperationKind.CopyFiles => "filled",
        OperationKind.UnpauseContainer => "unpaused",
        OperationKind.PauseContainer => "paused",
        OperationKind.SignalContainer => "signaled",
        _ => "started",
    };
}
