using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Adds the steps that start a container after those it waits for, and that wait until it is ready.</summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class ContainerStart(StartScope scope)
{
    /// <summary>Adds the steps that start a container.</summary>
    /// <param name="service">The service.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="before">The previous steps, in addition to those of the services it depends on.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">Whether another step contains the cause.</param>
    /// <param name="paused">Whether it is only resumed.</param>
    public void Plan(ServiceDefinition service, string container, IReadOnlyList<string> before, string cause, bool detail, bool paused = false)
    {
        string started = scope.Draft.Add(
            new StartContainerOperation(container, paused)
            {
                Id = "start " + container,
                Resource = ResourceId.Container(container),
                Service = service.Name,
                Cause = cause,
                IsDetail = detail,
                Required = !scope.IsOptional(service),
            },
            [.. before, .. Dependencies(service)]);
        int number = 0;
        foreach (HookDefinition hook in paused ? [] : service.PostStart)
        {
            started = scope.Draft.Add(
                new HookOperation(container, InlineFiles.Hook(hook))
                {
                    Id = $"post_start {container} {++number}",
                    Resource = ResourceId.Container(container),
                    Service = service.Name,
                    Cause = "post_start",
                    IsDetail = true,
                    Required = !scope.IsOptional(service),
                },
                [started]);
        }

        scope.Services[service.Name].Started.Add(started);
        if (!scope.Options.NoWait)
        {
            Wait(service, container, [started], "until it is ready", detail: true);
        }
    }

    /// <summary>Adds a step that waits until a container is ready.</summary>
    /// <param name="service">The service.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="before">The steps before.</param>
    /// <param name="cause">Why.</param>
    /// <param name="detail">Whether another step contains the cause.</param>
    public void Wait(ServiceDefinition service, string container, IReadOnlyList<string> before, string cause, bool detail) =>
        scope.Draft.Add(ReadyWait.Make(container, service.Name, cause, detail, scope.Options.ReadyLimit, probe: !scope.Options.NoProbe, required: !scope.IsOptional(service)), before);

    /// <summary>The steps after which a service's dependencies are ready; missing waits are added.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The steps.</returns>
    public IReadOnlyList<string> Dependencies(ServiceDefinition service)
    {
        List<string> before = [];
        foreach (DependencyDefinition dependency in scope.Options.NoDependencies ? [] : service.DependsOn.Values)
        {
            if (!scope.Services.TryGetValue(dependency.Service, out PlannedService? planned))
            {
                continue;
            }

            before.AddRange(planned.Started);
            if (dependency.Condition != DependencyCondition.ServiceStarted)
            {
                before.AddRange(planned.Containers.Select(container => DependencyWait.Add(
                    scope.Draft, container.Name, dependency.Service, dependency.Condition, dependency.Required, scope.Options.ReadyLimit, !scope.Options.NoProbe, planned.Started)));
            }
        }

        return before;
    }
}
