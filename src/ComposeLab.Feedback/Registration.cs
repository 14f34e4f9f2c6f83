using System.Management.Automation.Subsystem;
using System.Management.Automation.Subsystem.Feedback;
using System.Management.Automation.Subsystem.Prediction;

namespace ComposeLab.Feedback;

/// <summary>Registers the provider and the predictor with PowerShell, once per process.</summary>
public static class Registration
{
    /// <summary>Registers both. The implementations belong to the process, so the second of two runspaces registers nothing.</summary>
    public static void Register()
    {
        var feedback = new LabFeedback();
        SubsystemManager.RegisterSubsystem<ICommandPredictor, LabFeedback>(feedback);
        SubsystemManager.RegisterSubsystem<IFeedbackProvider, LabFeedback>(feedback);
    }

    /// <summary>Removes both.</summary>
    public static void Unregister()
    {
        SubsystemManager.UnregisterSubsystem<IFeedbackProvider>(LabFeedback.ProviderId);
        SubsystemManager.UnregisterSubsystem<ICommandPredictor>(LabFeedback.ProviderId);
    }
}
