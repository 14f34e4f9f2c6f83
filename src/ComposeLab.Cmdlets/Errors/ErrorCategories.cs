using System.Management.Automation;

namespace ComposeLab.Errors;

/// <summary>The category that PowerShell shows with each error of the catalog.</summary>
internal static class ErrorCategories
{
    /// <summary>Finds the category of an error.</summary>
    /// <param name="id">The error.</param>
    /// <returns>A meaningful category; never <see cref="ErrorCategory.NotSpecified"/>.</returns>
    public static ErrorCategory Of(LabErrorId id) => id switch
    {
        LabErrorId.EngineUnreachable or LabErrorId.DatabaseUnreachable => ErrorCategory.ConnectionError,
        LabErrorId.ContextNotFound => ErrorCategory.ObjectNotFound,
        LabErrorId.EngineNotTrusted => ErrorCategory.SecurityError,
        LabErrorId.EngineAccessDenied => ErrorCategory.AuthenticationError,
        LabErrorId.FleetStopped => ErrorCategory.OperationStopped,
        LabErrorId.EngineTooOld or LabErrorId.EngineTooNew or LabErrorId.UnsupportedByEngine or LabErrorId.UnsupportedAttribute => ErrorCategory.NotImplemented,
        LabErrorId.EngineRefused => ErrorCategory.ProtocolError,
        LabErrorId.ComposeFileNotFound or LabErrorId.ProfileNotFound or LabErrorId.ServiceNotFound or LabErrorId.RuleNotFound or LabErrorId.EnvFileNotFound
            or LabErrorId.ImageNotFound or LabErrorId.PathNotInContext or LabErrorId.BindSourceMissing or LabErrorId.BindSourceRemote or LabErrorId.ExternalResourceMissing
            or LabErrorId.StackNotRunning or LabErrorId.ProgramNotFound or LabErrorId.UserNotFound or LabErrorId.DeviceNotFound or LabErrorId.NetworkNotFound or LabErrorId.VolumeNotFound or LabErrorId.ProviderNotFound or LabErrorId.BuildxNotFound or LabErrorId.PortNotPublished or LabErrorId.NothingToWatch or LabErrorId.PathNotFound
            or LabErrorId.DatabaseNotFound or LabErrorId.TableNotFound or LabErrorId.RoleNotFound or LabErrorId.NodeNotFound or LabErrorId.NothingToRollBack => ErrorCategory.ObjectNotFound,
        LabErrorId.ComposeFileInvalid or LabErrorId.EnvFileInvalid => ErrorCategory.ParserError,
        LabErrorId.MergeConflict or LabErrorId.DependencyCycle or LabErrorId.NotPublishable or LabErrorId.PlanInvalid or LabErrorId.BackupInvalid => ErrorCategory.InvalidData,
        LabErrorId.VariableRequired or LabErrorId.ProjectNameInvalid or LabErrorId.StackNotNamed or LabErrorId.CommandMissing or LabErrorId.BuildSectionMissing or LabErrorId.CommandAmbiguous or LabErrorId.StackAmbiguous or LabErrorId.ParameterConflict or LabErrorId.PathInvalid => ErrorCategory.InvalidArgument,
        LabErrorId.EnvFileExists or LabErrorId.NodeInSwarm or LabErrorId.ProjectNameInUse or LabErrorId.ContainerNameInUse => ErrorCategory.ResourceExists,
        LabErrorId.InputNotText => ErrorCategory.InvalidType,
        LabErrorId.FileUnreadable or LabErrorId.LogUnreadable => ErrorCategory.ReadError,
        LabErrorId.FileUnwritable => ErrorCategory.WriteError,
        LabErrorId.PortAlreadyAllocated or LabErrorId.ResourceInUse or LabErrorId.StackBusy => ErrorCategory.ResourceBusy,
        LabErrorId.RegistryFailed or LabErrorId.GitFailed or LabErrorId.NodeUnreachable or LabErrorId.ImagePullFailed or LabErrorId.ImagePushFailed or LabErrorId.ImageDigestUnknown or LabErrorId.DiskFull => ErrorCategory.ResourceUnavailable,
        LabErrorId.ImageBuildFailed or LabErrorId.ServiceUnhealthy or LabErrorId.ServiceExited or LabErrorId.ServicePaused
            or LabErrorId.CommandFailed or LabErrorId.QueryFailed or LabErrorId.ProviderFailed or LabErrorId.BackupFailed or LabErrorId.RestoreFailed or LabErrorId.RolloutFailed or LabErrorId.UpdateFailed => ErrorCategory.InvalidResult,
        LabErrorId.ConfirmationRequired => ErrorCategory.PermissionDenied,
        LabErrorId.RemoteNotAllowed or LabErrorId.RemoteNotPinned or LabErrorId.PolicyViolated or LabErrorId.ArchiveUnsafe => ErrorCategory.SecurityError,
        LabErrorId.TimedOut => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidOperation,
    };
}
