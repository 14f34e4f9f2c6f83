using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>A health probe says how its command is to be run.</summary>
internal static class HealthcheckCheck
{
    /// <summary>Checks a service.</summary>
    /// <param name="project">Its project.</param>
    /// <param name="service">The service.</param>
    public static void Check(CheckedProject project, ServiceDefinition service)
    {
        if (service.Healthcheck?.Test is [{ } first, ..] && first is not ("CMD" or "CMD-SHELL" or "NONE"))
        {
            throw Fault.In(
                service,
                "healthcheck.test",
                $"must begin with CMD, CMD-SHELL or NONE, found '{Secrets.SecretMask.Standard.MaskText(first)}'",
                "Write 'test: [\"CMD\", \"program\", \"argument\"]', or a text, which a shell runs.",
                service.Healthcheck.Node["test"]?.Origin);
        }
    }
}
